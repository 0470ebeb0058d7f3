package io.cronlink.migration;

import io.cronlink.startup.CannotStart;
import io.cronlink.startup.StopWhileWaiting;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One migration at a time: replicas that start together would trip over each other. Advisory locks any role can take, and before the
 * first migration there is nothing of the owner's that could be locked. So it is a name that a session gives itself, and that counts
 * only for sessions of the owner's: whoever has set it and then sees no other that has may migrate. It ends with the session.
 */
final class MigrationLock implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MigrationLock.class);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(300);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(2);

    static final String NAME = "cronlink migration";

    /** It has nothing to do for as long as the migration takes. Settings that a server does not know are not here. */
    private static final String ALLOW_IDLENESS = """
            SELECT pg_catalog.set_config(s.name, '0', false)
            FROM pg_catalog.pg_settings AS s
            WHERE s.name IN ('statement_timeout', 'idle_session_timeout', 'transaction_timeout')
            """;

    private static final String HOLDER = """
            SELECT o.pid
            FROM pg_catalog.pg_stat_activity AS o
            JOIN pg_catalog.pg_stat_activity AS me
                ON me.pid = pg_catalog.pg_backend_pid() AND me.usesysid = o.usesysid AND me.datid = o.datid AND me.pid <> o.pid
            WHERE o.application_name = '%s'
            """.formatted(NAME);

    private final Connection connection;

    private MigrationLock(Connection connection) {
        this.connection = connection;
    }

    /** Waits for whoever has it, but not longer than {@code patience}, and not when the service is told to stop. */
    static MigrationLock take(Connection connection, Duration patience) throws SQLException {
        Instant deadline = Instant.now().plus(patience);
        boolean told = false;
        execute(connection, ALLOW_IDLENESS);
        try (StopWhileWaiting stop = new StopWhileWaiting(
                "another start, which migrates the database", s -> s.isOverWithin(STOP_PATIENCE))) {
            Optional<Session> holder = tryToTake(connection);
            while (holder.isPresent()) {
                if (Instant.now().isAfter(deadline)) {
                    throw new CannotStart(
                            "another start has been migrating the database for more than " + patience.toSeconds()
                                    + " s: " + holder.get(),
                            holder.get().remedy(),
                            null);
                }
                if (!told) {
                    LOG.info(
                            "Waiting up to {} s for another start, which migrates the database: {}",
                            patience.toSeconds(),
                            holder.get());
                    told = true;
                }
                pause(stop);
                holder = tryToTake(connection);
            }
        }
        return new MigrationLock(connection);
    }

    /** Empty if it is had now. Of two that try at the same moment neither has it: each sees the other. */
    private static Optional<Session> tryToTake(Connection connection) throws SQLException {
        Optional<Session> holder = Session.find(connection, HOLDER);
        if (holder.isEmpty()) {
            execute(connection, "SET application_name = '" + NAME + "'");
            holder = Session.find(connection, HOLDER);
            if (holder.isPresent()) {
                execute(connection, "RESET application_name");
            }
        }
        return holder;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void pause(StopWhileWaiting stop) {
        try {
            // Of different lengths, or two would always try at the same moment.
            Thread.sleep(ThreadLocalRandom.current().nextLong(LONGEST_PAUSE.toMillis() / 3, LONGEST_PAUSE.toMillis()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        if (stop.isWanted() || Thread.currentThread().isInterrupted()) {
            throw stop.failure();
        }
    }

    @Override
    public void close() throws SQLException {
        execute(connection, "RESET application_name");
    }
}
