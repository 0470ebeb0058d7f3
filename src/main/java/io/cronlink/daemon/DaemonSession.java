package io.cronlink.daemon;

import io.cronlink.database.CannotStart;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Keeps one session inside the database's daemon procedure, or stands by for it. Starts last and stops first: a service that
 * cannot start must not have fired anything.
 */
@Component
@ConditionalOnBooleanProperty(name = "cronlink.daemon.enabled", matchIfMissing = true)
class DaemonSession implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(DaemonSession.class);

    private static final String ANOTHER_LEADS = "55006";
    private static final String CANCELLED = "57014";

    private static final Duration FIRST_BACKOFF = Duration.ofMillis(250);
    private static final Duration CANCEL_PAUSE = Duration.ofMillis(100);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);

    private final DaemonConnection connections;
    private final DaemonProperties properties;

    private volatile DaemonState state = DaemonState.STOPPED;
    private volatile CountDownLatch stop = new CountDownLatch(0);
    private volatile @Nullable Statement call;
    private volatile @Nullable Thread thread;

    private boolean readOnly;

    DaemonSession(DaemonConnection connections, DaemonProperties properties) {
        this.connections = connections;
        this.properties = properties;
    }

    DaemonState state() {
        return state;
    }

    /** The first connection is made here: what is wrong with it from the start is told at the start. */
    @Override
    public void start() {
        Connection first = connect();
        stop = new CountDownLatch(1);
        Thread keeper = new Thread(() -> keep(first), "daemon-session");
        thread = keeper;
        keeper.start();
    }

    private Connection connect() {
        try {
            return connections.open();
        } catch (SQLException failure) {
            throw CannotStart.because(failure);
        }
    }

    /** Cancels the call, since a backend inside a procedure does not notice that its connection was closed. */
    @Override
    public void stop() {
        stop.countDown();
        Thread keeper = thread;
        if (keeper == null) {
            return;
        }
        long deadline = System.nanoTime() + STOP_PATIENCE.toNanos();
        try {
            // Again and again: a cancel that arrives between two calls has nothing to cancel.
            while (keeper.isAlive() && System.nanoTime() < deadline) {
                cancel();
                keeper.join(CANCEL_PAUSE.toMillis());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        thread = null;
        become(DaemonState.STOPPED, "");
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    private void cancel() {
        Statement current = call;
        try {
            if (current != null) {
                current.cancel();
            }
        } catch (SQLException gone) {
            LOG.debug("Nothing to cancel", gone);
        }
    }

    private boolean stopping() {
        return stop.getCount() == 0;
    }

    private void keep(Connection first) {
        Connection next = first;
        int failures = 0;
        while (!stopping()) {
            try (Connection connection = next == null ? connections.open() : next) {
                next = null;
                failures = 0;
                serve(connection);
            } catch (SQLException failure) {
                if (!stopping()) {
                    become(DaemonState.DISCONNECTED, CannotStart.line(failure));
                    pause(backoff(failures++));
                }
            }
        }
    }

    /** Calls until the session breaks or the service stops. */
    private void serve(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            call = statement;
            // The first call returns at once, and so tells whether this session leads.
            Duration lasting = Duration.ZERO;
            while (!stopping()) {
                if (run(statement, lasting)) {
                    become(DaemonState.LEADING, "");
                    watchReadOnly(statement);
                    lasting = properties.round();
                } else {
                    lasting = Duration.ZERO;
                    pause(properties.standbyPause());
                }
            }
        } finally {
            call = null;
        }
    }

    /** The scheduler writes its records all the same, so nobody would notice but by the jobs that fail. */
    private void watchReadOnly(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT cron_engine.is_read_only()")) {
            row.next();
            boolean now = row.getBoolean(1);
            if (now && !readOnly) {
                LOG.warn(DaemonHealth.READ_ONLY);
            } else if (!now && readOnly) {
                LOG.info("The server takes writes again");
            }
            readOnly = now;
        }
    }

    /** Whether this session leads. */
    private boolean run(Statement statement, Duration lasting) throws SQLException {
        try {
            statement.execute("CALL cron_engine.run_daemon('" + lasting.toMillis() + " ms')");
            return true;
        } catch (SQLException failure) {
            if (ANOTHER_LEADS.equals(failure.getSQLState())) {
                become(DaemonState.STANDBY, "");
                return false;
            }
            if (CANCELLED.equals(failure.getSQLState()) && !stopping()) {
                LOG.warn("The daemon's call was cancelled by somebody; calling again");
                return true;
            }
            throw failure;
        }
    }

    private void become(DaemonState next, String why) {
        if (state == next) {
            return;
        }
        state = next;
        switch (next) {
            case LEADING -> LOG.info("Leading: this service's session runs the scheduler");
            case STANDBY -> LOG.info("Standing by: another session runs the scheduler");
            case DISCONNECTED -> LOG.warn("Disconnected, trying again for ever: {}", why);
            case STOPPED -> LOG.info("Stopped the daemon's session; jobs that are running go on");
        }
    }

    private Duration backoff(int failures) {
        long longest = Math.min(
                FIRST_BACKOFF.toMillis() << Math.min(failures, 16),
                properties.maxBackoff().toMillis());
        // Replicas that lost the same database must not come back in step.
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(longest / 2, longest + 1));
    }

    private void pause(Duration duration) {
        try {
            stop.await(duration.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            stop.countDown();
        }
    }
}
