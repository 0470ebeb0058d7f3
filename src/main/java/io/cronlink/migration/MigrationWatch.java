package io.cronlink.migration;

import io.cronlink.database.Pooler;
import io.cronlink.startup.CannotStart;
import io.cronlink.startup.StopWhileWaiting;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the sessions that migrate. One that waits for a lock of somebody's is told about, and is canceled when it has waited
 * for too long, or when the service is told to stop; one that works is left alone.
 */
final class MigrationWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MigrationWatch.class);
    private static final Duration PAUSE = Duration.ofMillis(500);
    /** Between two attempts to get its locks it waits for nobody. */
    private static final Duration LONGEST_GAP = Duration.ofSeconds(2);

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);

    private final Connection observer;
    private final Duration patience;
    private final Map<Integer, Connection> sessions = new ConcurrentHashMap<>();
    private final CountDownLatch over = new CountDownLatch(1);
    // What migrates now is not torn to pieces; Spring does not always wait for it.
    private final StopWhileWaiting stop = new StopWhileWaiting("the migration", s -> s.isOverWithin(STOP_PATIENCE));
    private final Thread thread = new Thread(this::watch, "migration-watch");

    private volatile @Nullable CannotStart canceled;

    /** From now on, until it is closed; {@code observer} is used by nobody else meanwhile. */
    MigrationWatch(Connection observer, Duration patience) {
        this.observer = observer;
        this.patience = patience;
        thread.setDaemon(true);
        thread.start();
    }

    /** Has this session looked after, too. */
    Connection watched(Connection connection) throws SQLException {
        sessions.put(Pooler.backend(connection), connection);
        return connection;
    }

    /** Fails if a session was canceled, by which whatever else failed is explained, or if the service is to stop. */
    void requireUndisturbed() {
        CannotStart reason = canceled;
        if (reason != null) {
            throw reason;
        }
        if (stop.isWanted()) {
            throw stop.failure();
        }
    }

    private void watch() {
        Instant blockedSince = Instant.MIN;
        Instant lastBlocked = Instant.MIN;
        boolean told = false;
        try {
            while (!over.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                Optional<Session> blocker = blocker();
                if (blocker.isEmpty()) {
                    continue;
                }
                Instant now = Instant.now();
                if (lastBlocked.isBefore(now.minus(LONGEST_GAP))) {
                    blockedSince = now;
                }
                lastBlocked = now;
                if (stop.isWanted()) {
                    cancel(stop.failure());
                } else if (now.isAfter(blockedSince.plus(patience))) {
                    cancel(new CannotStart(
                            "the migration has waited " + patience.toSeconds() + " s for a lock of " + blocker.get(),
                            blocker.get().remedy(),
                            null));
                } else if (!told) {
                    LOG.warn("Waiting up to {} s for a lock of {}", patience.toSeconds(), blocker.get());
                    told = true;
                }
            }
        } catch (SQLException failure) {
            // The session that has the migration's lock is gone: the migration will notice, or has ended.
            LOG.debug("The migration is not watched any more", failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<Session> blocker() throws SQLException {
        String all = sessions.keySet().stream().map(String::valueOf).collect(Collectors.joining(","));
        return Session.find(
                observer,
                "SELECT pg_catalog.unnest(pg_catalog.pg_blocking_pids(w.pid))" + " FROM pg_catalog.unnest('{" + all
                        + "}'::pg_catalog.int4[]) AS w (pid)");
    }

    private void cancel(CannotStart reason) throws SQLException {
        canceled = reason;
        for (Connection session : sessions.values()) {
            if (!session.isClosed()) {
                session.unwrap(PGConnection.class).cancelQuery();
            }
        }
    }

    @Override
    public void close() {
        over.countDown();
        stop.close();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
