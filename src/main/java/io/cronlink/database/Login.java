package io.cronlink.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

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
}
