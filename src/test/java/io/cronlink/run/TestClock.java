package io.cronlink.run;

import io.cronlink.database.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.concurrent.CompletableFuture;
import org.postgresql.PGConnection;

/** The daemon's steps and its workers, one by one, at times of the test's choosing. No daemon must run beside it. */
final class TestClock implements AutoCloseable {

    private final TestDatabase database;
    private final Connection session;

    TestClock(TestDatabase database) {
        this.database = database;
        this.session = database.connect(database.ownerName());
    }

    /** Sets a job's timer as if it were this time now. */
    void startTimer(long jobid, OffsetDateTime now) {
        // Or a fire that its timer names by then would be owed.
        database.owner()
                .sql("DELETE FROM cron_engine.timer WHERE jobid = ?")
                .param(jobid)
                .update();
        execute("SELECT cron_engine.set_timer(" + jobid + ", ?::timestamptz)", now);
    }

    void tick(OffsetDateTime now) {
        execute("SELECT cron_engine.tick(?::timestamptz)", now);
    }

    /** As the daemon ticks: with the fires of the next five milliseconds. */
    void tickAhead(OffsetDateTime now) {
        execute("SELECT cron_engine.tick(?::timestamptz, cron_engine.head_start())", now);
    }

    /** What the daemon does now and then, from the stops on. */
    void sweep(OffsetDateTime now) {
        markStops(now);
        execute("SELECT cron_engine.sweep(?::timestamptz)", now);
    }

    void markStops(OffsetDateTime now) {
        execute("SELECT cron_engine.mark_stops(?::timestamptz)", now);
    }

    /** What a daemon begins with. */
    void restoreWorkingSet(OffsetDateTime now) {
        execute("SELECT cron_engine.restore_working_set(?::timestamptz)", now);
    }

    void recoverLostRuns(OffsetDateTime now) {
        execute("SELECT cron_engine.recover_lost_runs(?::timestamptz)", now);
    }

    /** Runs what is ready of the owner's, one after the other. */
    void work() {
        startWork().join();
    }

    /** The same beside the test: a worker. */
    Worker startWork() {
        return startWork(database.ownerName());
    }

    Worker startWork(String role) {
        Connection connection = database.connect(role);
        return new Worker(pid(connection), CompletableFuture.runAsync(() -> {
            try (connection;
                    Statement statement = connection.createStatement()) {
                statement.execute("SET client_min_messages = error");
                statement.execute("CALL cron_engine.work('10 s')");
            } catch (SQLException failure) {
                throw new IllegalStateException(failure);
            }
        }));
    }

    record Worker(int pid, CompletableFuture<Void> end) {

        void join() {
            end.join();
        }
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static int pid(Connection connection) {
        try {
            return connection.unwrap(PGConnection.class).getBackendPID();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private void execute(String sql, OffsetDateTime now) {
        try (PreparedStatement statement = session.prepareStatement(sql)) {
            statement.setObject(1, now);
            statement.execute();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
