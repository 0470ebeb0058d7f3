package io.cronlink.daemon;

import io.cronlink.database.Login;
import io.cronlink.job.JobProperties;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Duration;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Opens sessions that are fit to stay inside a procedure for ever. */
@Component
class DaemonConnection {

    static final String APPLICATION_NAME = "cronlink daemon";

    // No answer for that long after a call should have ended: the network is gone, though nobody said so.
    private static final Duration SILENCE = Duration.ofSeconds(30);

    /**
     * Settings that this server does not have, for being older, are not in pg_settings and left out. A session that leads and
     * is not called again belongs to a service that froze, or can be reached by keep-alives only: it gives way to another.
     */
    private static final String SET_SETTINGS = """
            SELECT pg_catalog.set_config(s.name, wanted.setting, false)
            FROM pg_catalog.pg_settings AS s
            JOIN (VALUES
                    ('statement_timeout', '0'),
                    ('lock_timeout', '0'),
                    ('idle_in_transaction_session_timeout', '0'),
                    ('idle_session_timeout', '6s'),
                    ('transaction_timeout', '0'),
                    ('default_transaction_read_only', 'off'),
                    ('client_min_messages', 'error'),
                    ('tcp_keepalives_idle', '4'),
                    ('tcp_keepalives_interval', '1'),
                    ('tcp_keepalives_count', '4'),
                    ('tcp_user_timeout', '8000')) AS wanted (name, setting) USING (name)
            """;

    private static final String CHECK_CLIENT = "SET client_connection_check_interval = '1s'";
    private static final String INVALID_PARAMETER_VALUE = "22023";

    private final Login owner;
    private final DaemonProperties properties;
    private final LoopbackProperties loopback;
    private final JobProperties jobs;

    DaemonConnection(Login owner, DaemonProperties properties, LoopbackProperties loopback, JobProperties jobs) {
        this.owner = owner;
        this.properties = properties;
        this.loopback = loopback;
        this.jobs = jobs;
    }

    Connection open() throws SQLException {
        Properties driver = new Properties();
        driver.setProperty("ApplicationName", APPLICATION_NAME);
        driver.setProperty("connectTimeout", "5");
        driver.setProperty("tcpKeepAlive", "true");
        driver.setProperty(
                "socketTimeout", String.valueOf(properties.round().plus(SILENCE).toSeconds()));
        Connection connection = owner.connect(driver);
        try {
            prepare(connection);
            register(connection);
            return connection;
        } catch (SQLException failure) {
            connection.close();
            throw failure;
        }
    }

    private static void prepare(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(SET_SETTINGS);
            try {
                statement.execute(CHECK_CLIENT);
            } catch (SQLException failure) {
                // Not every system on which a server runs can tell; the keep-alives then take their few seconds.
                if (!INVALID_PARAMETER_VALUE.equals(failure.getSQLState())) {
                    throw failure;
                }
            }
        }
    }

    /** Each time anew: after a fail-over the server may have another address. */
    private void register(Connection connection) throws SQLException {
        try (PreparedStatement home = connection.prepareStatement("SELECT cron_engine.set_home(?, ?, ?, ?)")) {
            home.setString(1, loopback.host());
            home.setObject(2, loopback.port(), Types.INTEGER);
            home.setString(3, loopback.sslmode());
            home.setString(4, loopback.sslrootcert());
            home.execute();
        }
        addLogin(connection, connection.getMetaData().getUserName(), owner.password());
        if (jobs.username() != null) {
            addLogin(connection, jobs.username(), jobs.password());
        }
    }

    /** By parameters: the password is in no query's text, where others could read it. */
    private static void addLogin(Connection connection, String username, @Nullable String password)
            throws SQLException {
        try (PreparedStatement login = connection.prepareStatement("SELECT cron.add_login(?, ?)")) {
            login.setString(1, username);
            login.setString(2, password);
            login.execute();
        }
    }
}
