package io.cronlink.event;

import io.cronlink.database.Connections;
import io.cronlink.database.Login;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import tools.jackson.databind.json.JsonMapper;

/** The session that hears the database's notifications, and reads what they are about. */
final class EventConnection implements AutoCloseable {

    private static final String APPLICATION_NAME = "cronlink events";

    private final Connection connection;
    private final EventLog log;

    private EventConnection(Connection connection, JsonMapper json) {
        this.connection = connection;
        log = new EventLog(JdbcClient.create(new SingleConnectionDataSource(connection, true)), json);
    }

    static EventConnection open(Login owner, JsonMapper json) throws SQLException {
        Properties driver = new Properties();
        driver.setProperty("ApplicationName", APPLICATION_NAME);
        driver.setProperty("connectTimeout", "5");
        driver.setProperty("loginTimeout", "10");
        driver.setProperty("socketTimeout", "10");
        driver.setProperty("tcpKeepAlive", "true");
        Connection connection = owner.connect(driver);
        try (Statement statement = connection.createStatement()) {
            Connections.pinSearchPath(connection);
            Connections.requirePrimary(connection);
            // By their indexes, whatever the statistics of a log that fills and empties.
            statement.execute(
                    "SET enable_seqscan = off; SET jit = off; SET statement_timeout = '5s'; SET default_transaction_isolation = 'read committed'");
            statement.execute("LISTEN cron_run; LISTEN cron_job");
            return new EventConnection(connection, json);
        } catch (SQLException failure) {
            connection.close();
            throw failure;
        }
    }

    EventLog log() {
        return log;
    }

    /** Whether there was a notification within that time. */
    boolean awaitNews(int millis) throws SQLException {
        Object @Nullable [] notifications =
                connection.unwrap(PGConnection.class).getNotifications(millis);
        return notifications != null && notifications.length > 0;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
