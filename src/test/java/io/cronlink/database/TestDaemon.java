package io.cronlink.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** A session inside the daemon's loop, without the service. */
public final class TestDaemon implements AutoCloseable {

    private final Connection connection;
    private final Thread thread;
    private volatile boolean stopping;
    private volatile @Nullable SQLException failure;

    private TestDaemon(Connection connection) {
        this.connection = connection;
        this.thread = new Thread(this::loop, "test daemon");
    }

    static TestDaemon start(Login owner) {
        try {
            Connection connection = owner.connect();
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET application_name = 'cronlink daemon'");
                statement.execute("SET client_min_messages = error");
                statement.execute("SET client_connection_check_interval = '1s'");
            }
            TestDaemon daemon = new TestDaemon(connection);
            daemon.thread.setDaemon(true);
            daemon.thread.start();
            return daemon;
        } catch (SQLException cause) {
            throw new IllegalStateException(cause);
        }
    }

    /** The backend in which it runs. */
    public int pid() {
        try {
            return connection.unwrap(PGConnection.class).getBackendPID();
        } catch (SQLException cause) {
            throw new IllegalStateException(cause);
        }
    }

    /** Why it ended by itself, if it did. */
    public @Nullable SQLException failure() {
        return failure;
    }

    public boolean isRunning() {
        return thread.isAlive();
    }

    /** As the service stops: cancel, then close. */
    @Override
    public void close() {
        stopping = true;
        try {
            while (thread.isAlive()) {
                connection.unwrap(PGConnection.class).cancelQuery();
                thread.join(100);
            }
            connection.close();
        } catch (SQLException gone) {
            // It was killed by the test.
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void loop() {
        try (Statement statement = connection.createStatement()) {
            while (!stopping) {
                statement.execute("CALL cron_engine.run_daemon('1 min')");
            }
        } catch (SQLException cause) {
            if (!stopping) {
                failure = cause;
            }
        }
    }
}
