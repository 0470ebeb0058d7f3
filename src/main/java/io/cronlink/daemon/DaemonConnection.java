package io.cronlink.daemon;

import io.cronlink.database.Connections;
import io.cronlink.database.Login;
import io.cronlink.owner.DefaultOwner;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Duration;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Opens sessions that are fit to stay inside a procedure for ever. */
@Component
class DaemonConnection {

    private static final Logger LOG = LoggerFactory.getLogger(DaemonConnection.class);

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
    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final String CANCELLED = "57014";

    private static final Duration LOCK_PATIENCE = Duration.ofSeconds(5);
    // A little longer than cron.settings.connect_timeout is, unless somebody has changed it.
    private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(12);

    private final Login owner;
    private final DaemonProperties properties;
    private final LoopbackProperties loopback;
    private final DefaultOwner jobOwner;

    private volatile @Nullable Connection opening;

    DaemonConnection(Login owner, DaemonProperties properties, LoopbackProperties loopback, DefaultOwner jobOwner) {
        this.owner = owner;
        this.properties = properties;
        this.loopback = loopback;
        this.jobOwner = jobOwner;
    }

    Connection open() throws SQLException {
        Properties driver = new Properties();
        driver.setProperty("ApplicationName", APPLICATION_NAME);
        driver.setProperty("connectTimeout", "5");
        driver.setProperty("loginTimeout", "15");
        driver.setProperty("tcpKeepAlive", "true");
        driver.setProperty(
                "socketTimeout", String.valueOf(properties.round().plus(SILENCE).toSeconds()));
        Connection connection = owner.connect(driver);
        opening = connection;
        try {
            prepare(connection);
            // What follows writes, and a standby would refuse that each time.
            Connections.requirePrimary(connection);
            registerSoon(connection);
            return connection;
        } catch (SQLException failure) {
            connection.close();
            throw failure;
        } finally {
            opening = null;
        }
    }

    /** Ends an attempt that is under way, wherever it waits. */
    void abandon() {
        Connection connection = opening;
        try {
            if (connection != null) {
                connection.abort(Runnable::run);
            }
        } catch (SQLException gone) {
            LOG.debug("Nothing to abandon", gone);
        }
    }

    /**
     * Nobody keeps the daemon from starting by a lock that he has; and dblink of some versions waits for a server that does not
     * answer without a limit.
     */
    private void registerSoon(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET lock_timeout = '" + LOCK_PATIENCE.toSeconds() + "s'; SET statement_timeout = '"
                    + CONNECT_PATIENCE.toSeconds() + "s'");
            register(connection);
            statement.execute("SET lock_timeout = 0; SET statement_timeout = 0");
        } catch (SQLException failure) {
            throw explained(failure);
        }
    }

    private static SQLException explained(SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        return switch (state) {
            case LOCK_NOT_AVAILABLE ->
                new SQLException(
                        "another session has kept the server's address or a login locked for "
                                + LOCK_PATIENCE.toSeconds()
                                + " s: look for a transaction on cron.settings or on a user mapping that was left open",
                        state,
                        failure);
            case CANCELLED ->
                new SQLException(
                        "the server got no answer at its own address within " + CONNECT_PATIENCE.toSeconds()
                                + " s: check CRONLINK_LOOPBACK_HOST and CRONLINK_LOOPBACK_PORT",
                        state,
                        failure);
            default -> failure;
        };
    }

    private static void prepare(Connection connection) throws SQLException {
        Connections.pinSearchPath(connection);
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

    /** At each connection: after a fail-over the server may have another address. */
    private void register(Connection connection) throws SQLException {
        try (PreparedStatement home = connection.prepareStatement("SELECT cron_engine.set_home(?, ?, ?, ?, ?, ?)")) {
            home.setString(1, loopback.host());
            home.setObject(2, loopback.port(), Types.INTEGER);
            home.setString(3, loopback.sslmode());
            home.setString(4, loopback.sslrootcert());
            home.setString(5, owner.password());
            home.setBoolean(6, loopback.scramPassthrough());
            home.execute();
        }
        adopt(connection);
        if (jobOwner.username() != null) {
            addLogin(connection, jobOwner.username(), jobOwner.password());
        }
    }

    private void adopt(Connection connection) throws SQLException {
        if (properties.adopt() == null) {
            return;
        }
        try (PreparedStatement adopt = connection.prepareStatement(
                "SELECT cron.adopt() WHERE pg_catalog.current_database() OPERATOR(pg_catalog.=) ?::pg_catalog.name")) {
            adopt.setString(1, properties.adopt());
            try (ResultSet adopted = adopt.executeQuery()) {
                if (adopted.next() && adopted.getBoolean(1)) {
                    LOG.info("Adopted database \"{}\": its jobs fire from now on", properties.adopt());
                }
            }
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
