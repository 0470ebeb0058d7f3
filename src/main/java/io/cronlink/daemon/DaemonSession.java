package io.cronlink.daemon;

import io.cronlink.startup.CannotStart;
import io.cronlink.startup.StopWhileWaiting;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
    private static final String DISK_FULL = "53100";
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private static final Duration FIRST_BACKOFF = Duration.ofMillis(250);
    private static final Duration CANCEL_PAUSE = Duration.ofMillis(100);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);

    private final DaemonConnection connections;
    private final DaemonProperties properties;
    private final FailureLog failures;

    /** Why it has been disconnected since it was connected last, without numbers, which may be another one's each time. */
    private final Set<String> reasons = ConcurrentHashMap.newKeySet();

    private volatile String reason = "";
    private volatile DaemonState state = DaemonState.STOPPED;
    private volatile CountDownLatch stop = new CountDownLatch(0);
    private volatile @Nullable Statement call;
    private volatile @Nullable Thread thread;

    private boolean readOnly;
    private boolean diskWasFull;

    DaemonSession(DaemonConnection connections, DaemonProperties properties, FailureLog failures) {
        this.connections = connections;
        this.properties = properties;
        this.failures = failures;
    }

    DaemonState state() {
        return state;
    }

    /** Why it is disconnected, or does not lead. */
    String reason() {
        return reason;
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
        try (StopWhileWaiting stop = new StopWhileWaiting("the database", ignored -> connections.abandon())) {
            try {
                return connections.open();
            } catch (SQLException failure) {
                throw stop.isWanted() ? stop.failure() : CannotStart.because(failure);
            }
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
        become(DaemonState.STOPPED);
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
        int attempts = 0;
        while (!stopping()) {
            long begin = System.nanoTime();
            try (Connection connection = next == null ? connections.open() : next) {
                next = null;
                serve(connection);
            } catch (SQLException failure) {
                if (!stopping()) {
                    diskWasFull |= DISK_FULL.equals(failure.getSQLState());
                    // A session that breaks at once every time is no better than none.
                    attempts =
                            System.nanoTime() - begin > properties.maxBackoff().toNanos() ? 0 : attempts;
                    disconnected(CannotStart.line(failure));
                    pause(backoff(attempts++));
                }
            }
        }
    }

    /** Calls until the session breaks or the service stops. */
    private void serve(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            call = statement;
            failures.order(statement);
            requireDisk(statement);
            // The first call returns at once, and so tells whether this session leads.
            Duration lasting = Duration.ZERO;
            while (!stopping()) {
                if (lasting.isZero() && isCopy(statement)) {
                    pause(properties.standbyPause());
                } else if (lasting.isZero() && anotherLeads(statement)) {
                    become(DaemonState.STANDBY);
                    pause(properties.standbyPause());
                } else if (run(statement, lasting)) {
                    become(DaemonState.LEADING);
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

    /** Asked before the call, which would fail: that would be an error in the server's log every two seconds. */
    private boolean isCopy(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery("SELECT cron_engine.copy_notice()")) {
            String notice = rows.next() ? rows.getString(1) : null;
            if (notice == null) {
                return false;
            }
            if (state != DaemonState.COPY) {
                LOG.warn("Not leading: {}", notice);
            }
            reasons.clear();
            reason = notice;
            state = DaemonState.COPY;
            return true;
        }
    }

    /** With nothing to record it would seem to lead, until the next fire: it stays away until there is room for some. */
    private void requireDisk(Statement statement) throws SQLException {
        if (diskWasFull) {
            statement.execute("SELECT cron_engine.require_disk()");
            diskWasFull = false;
        }
    }

    private static boolean anotherLeads(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT cron_engine.leader_pid() <> pg_catalog.pg_backend_pid()")) {
            row.next();
            return row.getBoolean(1);
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
            failures.execute(statement, "CALL cron_engine.run_daemon('" + lasting.toMillis() + " ms')");
            return true;
        } catch (SQLException failure) {
            if (ANOTHER_LEADS.equals(failure.getSQLState())) {
                become(DaemonState.STANDBY);
                return false;
            }
            if (CANCELLED.equals(failure.getSQLState()) && !stopping()) {
                LOG.warn("The daemon's call was canceled by somebody; calling again");
                return true;
            }
            if (LOCK_NOT_AVAILABLE.equals(failure.getSQLState())) {
                // With the session it would lose its workers, and start anything that is to run at each start.
                LOG.info("Tables of the scheduler were locked, as by an upgrade; calling again");
                return !lasting.isZero();
            }
            throw failure;
        }
    }

    private void become(DaemonState next) {
        reasons.clear();
        if (state == next) {
            return;
        }
        state = next;
        switch (next) {
            case LEADING -> LOG.info("Leading: this service's session runs the scheduler");
            case STANDBY -> LOG.info("Standing by: another session runs the scheduler");
            case COPY, DISCONNECTED -> throw new IllegalArgumentException("a reason is needed");
            case STOPPED -> LOG.info("Stopped the daemon's session; jobs that are running go on");
        }
    }

    /** Each reason is told once: the first may have been a restart, and another one, like a wrong password, be what keeps it away. */
    private void disconnected(String why) {
        reason = why;
        if (reasons.add(why.replaceAll("\\d+", "#"))) {
            LOG.warn(
                    state == DaemonState.DISCONNECTED
                            ? "Still not connected, for another reason: {}"
                            : "Disconnected, trying again for ever: {}",
                    why);
        }
        state = DaemonState.DISCONNECTED;
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
