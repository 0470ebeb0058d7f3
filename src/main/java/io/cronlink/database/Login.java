package io.cronlink.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.jdbc.SslMode;
import org.postgresql.util.PSQLException;

/** Where and as whom to connect. */
public record Login(
        String url, @Nullable String username, @Nullable String password) {

    public Connection connect() throws SQLException {
        return connect(new Properties());
    }

    /** Driver properties given here yield to those in the URL. */
    public Connection connect(Properties extra) throws SQLException {
        Properties properties = new Properties();
        properties.putAll(extra);
        if (username != null) {
            properties.setProperty("user", username);
        }
        if (password != null) {
            properties.setProperty("password", password);
        }
        return DriverManager.getConnection(url, properties);
    }

    /** The password must not reach a log by way of a record's text. */
    @Override
    public String toString() {
        return username == null ? displayUrl() : username + " at " + displayUrl();
    }

    /** The URL without its parameters, or a user before its host: either may carry a password. */
    public String displayUrl() {
        int parameters = url.indexOf('?');
        return (parameters < 0 ? url : url.substring(0, parameters)).replaceFirst("//.*@", "//…@");
    }

    /** Refuses in our own words what the driver would refuse, or misunderstand, with the whole URL in its message. */
    void requireUsableUrl() {
        if (displayUrl().contains("//…@")) {
            throw new CannotStart(
                    "the database's URL has a user in it: " + displayUrl(),
                    "Set SPRING_DATASOURCE_URL to jdbc:postgresql://host:5432/database, and the rest by SPRING_DATASOURCE_USERNAME"
                            + " and SPRING_DATASOURCE_PASSWORD.",
                    null);
        }
        Properties parts = Driver.parseURL(url, null);
        if (parts == null) {
            throw new CannotStart(
                    "the database's URL cannot be read: " + displayUrl(),
                    "Write SPRING_DATASOURCE_URL as jdbc:postgresql://host:5432/database?sslmode=require, other characters than"
                            + " letters, digits and dashes percent-encoded.",
                    null);
        }
        try {
            SslMode.of(parts);
        } catch (PSQLException unknown) {
            throw new CannotStart(
                    "the database's URL has an sslmode that there is not",
                    "In SPRING_DATASOURCE_URL write disable, allow, prefer, require, verify-ca or verify-full.",
                    unknown);
        }
    }
}
