package io.cronlink.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One migration at a time: replicas that start together would trip over each other's grants, as Flyway's own lock covers its
 * migrations only. It is a transaction's lock, which nobody can leave behind.
 */
final class MigrationLock implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MigrationLock.class);
    private static final Duration PAUSE = Duration.ofMillis(200);

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(2);

    private static final String NUMBER = "1129467470";
    private static final String TRY = "SELECT pg_catalog.pg_try_advisory_xact_lock(" + NUMBER + ")";

    /** The transaction has nothing to do for as long as the migration takes. Settings that a server does not know are not here. */
    private static final String ALLOW_IDLENESS = """
            SELECT pg_catalog.set_config(s.name, '0', true)
            FROM pg_catalog.pg_settings AS s
            WHERE s.name IN ('statement_timeout', 'idle_in_transaction_session_timeout', 'transaction_timeout')
            """;

    private static final String HOLDER = """
            SELECT l.pid
            FROM pg_catalog.pg_locks AS l
            WHERE l.locktype = 'advisory' AND l.classid = 0 AND l.objid = %s AND l.objsubid = 1 AND l.granted
                  AND l.database = (SELECT d.oid FROM pg_catalog.pg_database AS d WHERE d.datname = pg_catalog.current_database())
            """.formatted(NUMBER);

    private final Connection connection;

    private MigrationLock(Connection connection) {
        this.connection = connection;
    }

    /** Waits for whoever has it, but not longer than {@code patience}, and not when the service is told to stop. */
    static MigrationLock take(Connection connection, Duration patience) throws SQLException {
        connection.setAutoCommit(false);
        Instant deadline = Instant.now().plus(patience);
        boolean told = false;
        try (StopWhileWaiting stop = new StopWhileWaiting(
                "another start, which migrates the database", s -> s.isOverWithin(STOP_PATIENCE))) {
            while (!isTaken(connection)) {
                Optional<Session> holder = Session.find(connection, HOLDER);
                if (Instant.now().isAfter(deadline)) {
                    throw new CannotStart(
                            "another start has been migrating the database for more than " + patience.toSeconds() + " s"
                                    + holder.map(session -> ": " + session).orElse(""),
                            holder.map(Session::remedy).orElse(""),
                            null);
                }
                if (!told && holder.isPresent()) {
                    LOG.info(
                            "Waiting up to {} s for another start, which migrates the database: {}",
                            patience.toSeconds(),
                            holder.get());
                    told = true;
                }
                // Nothing is to be held while it waits, no snapshot and no number of a transaction.
                connection.rollback();
                pause(stop);
            }
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute(ALLOW_IDLENESS);
        }
        return new MigrationLock(connection);
    }

    private static boolean isTaken(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(TRY)) {
            row.next();
            return row.getBoolean(1);
        }
    }

    private static void pause(StopWhileWaiting stop) {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        if (stop.isWanted() || Thread.currentThread().isInterrupted()) {
            throw stop.failure();
        }
    }

    @Override
    public void close() throws SQLException {
        connection.rollback();
    }
}
