package io.cronlink.database;

import io.cronlink.startup.CannotStart;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What stands between the service and the server and hands out the server's sessions. One that hands out another session for each
 * transaction or statement will not do: what the scheduler sets and locks would be left in the sessions of others, and its cancels
 * would hit them. One that keeps a session for each connection does no harm.
 */
public final class Pooler {

    private static final Logger LOG = LoggerFactory.getLogger(Pooler.class);

    private Pooler() {}

    /**
     * Refuses a pooler of the first kind. Nothing is set or locked to find out.
     *
     * @param connection the first one, on which nothing else was done yet
     * @param login what it was made with
     */
    public static void refuse(Connection connection, Login login) throws SQLException {
        // Who hands out sessions of others needs keys of his own, by which he knows what to cancel.
        int key = connection.unwrap(PGConnection.class).getBackendPID();
        if (key == backend(connection)) {
            return;
        }
        Properties plain = new Properties();
        // Named statements, which the driver would make, would be left behind, too.
        plain.setProperty("preferQueryMode", "simple");
        boolean shares;
        try (Connection one = login.connect(plain);
                Connection other = login.connect(plain)) {
            shares = shares(one, other);
        }
        if (shares) {
            throw new CannotStart(
                    "there is a connection pooler at " + login.displayUrl()
                            + " that hands out another session of the server for each transaction",
                    "The scheduler is one session that never ends: let SPRING_DATASOURCE_URL name the server itself, or a port"
                            + " at which the pooler works in session mode. Nothing was changed.",
                    null);
        }
        LOG.info(
                "A pooler or proxy at {} keeps one session of the server for each connection: that will do, as long as it does",
                login.displayUrl());
    }

    /** The process id of the session that answers. */
    public static int backend(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_catalog.pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }

    /** Two connections have two sessions, each its own, as long as nobody shares them. */
    private static boolean shares(Connection one, Connection other) throws SQLException {
        // The last one to become free is handed out first, or the one that is free for longest: either way somebody
        // gets the other's.
        return backend(one) == backend(other) || isGivenAnother(one, one, other) || isGivenAnother(other, one, other);
    }

    /** Whether {@code asked} has another session than in its last transaction, once that of {@code other} became free after that of {@code one}. */
    private static boolean isGivenAnother(Connection asked, Connection one, Connection other) throws SQLException {
        one.setAutoCommit(false);
        other.setAutoCommit(false);
        int ones = backend(one);
        int others = backend(other);
        one.setAutoCommit(true);
        other.setAutoCommit(true);
        return ones == others || backend(asked) != (asked == one ? ones : others);
    }
}
