package io.cronlink.database;

import io.cronlink.startup.CannotStart;
import io.cronlink.startup.StopWhileWaiting;
import io.cronlink.startup.StoppedAtStart;
import java.io.FileNotFoundException;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** First connections, to a server that may still be on its way up. */
public final class Connections {

    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(1);
    private static final int ENDED_BY_SIGTERM = 128 + 15;

    // cannot_connect_now: the server starts or recovers; too_many_connections: somebody will leave.
    private static final Set<String> PASSING = Set.of("57P03", "53300");

    // What the driver says of a broken connection, and of a server that cannot do what it was asked for.
    private static final String BROKEN = "08006";
    private static final String REFUSED = "08004";

    // What we say of a server that only follows another one, as long as it does.
    private static final String STANDBY = "25006";

    private static final String DATABASE = "the database";

    private Connections() {}

    /** Connects as the owner, trying again for as long as the server might still appear, or until the service is told to stop. */
    public static Connection await(Login login, Duration patience) {
        return await(login, LoginSettings.DATASOURCE, patience);
    }

    /** The same with a login that was read from {@code settings}, which is what is at fault if anything is. */
    public static Connection await(Login login, LoginSettings settings, Duration patience) {
        DatabaseUrl.requireUsable(login.url(), settings);
        Thread waiting = Thread.currentThread();
        Connection connection;
        try (StopWhileWaiting ignored = new StopWhileWaiting(DATABASE, stop -> end(waiting, stop))) {
            connection = connect(login, settings, patience);
        }
        if (Thread.currentThread().isInterrupted()) {
            close(connection);
            throw new StoppedAtStart(DATABASE);
        }
        return connection;
    }

    /** While it waits for its first connection the service has done nothing yet that would have to be undone. */
    private static void end(Thread waiting, StopWhileWaiting stop) {
        waiting.interrupt();
        if (!stop.isOverWithin(STOP_PATIENCE)) {
            // It is connecting, which no interrupt ends.
            Runtime.getRuntime().halt(ENDED_BY_SIGTERM);
        }
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException failure) {
            LOG.debug("Closed a connection that was not wanted any more", failure);
        }
    }

    private static Connection connect(Login login, LoginSettings settings, Duration patience) {
        Instant deadline = Instant.now().plus(patience);
        boolean told = false;
        while (true) {
            try {
                return connectToPrimary(login);
            } catch (SQLException failure) {
                if (isAboutTls(failure)) {
                    throw new CannotStart(
                            "cannot log in to the database as " + login + " over TLS: " + withoutTypes(failure),
                            "Check sslmode and sslrootcert in " + settings.url()
                                    + ": sslrootcert must be a file on this machine with"
                                    + " the root certificate, and the server's certificate must name the URL's host.",
                            failure);
                }
                if (!mayPass(failure)) {
                    throw new CannotStart(
                            "cannot log in to the database as " + login + ": " + CannotStart.line(failure),
                            remedy(failure, settings),
                            failure);
                }
                if (Instant.now().isAfter(deadline)) {
                    throw new CannotStart(
                            "no database at " + login.displayUrl() + " within " + patience.toSeconds() + " s: "
                                    + CannotStart.line(failure),
                            STANDBY.equals(failure.getSQLState())
                                    ? "Let " + settings.url()
                                            + " name the primary; of several hosts targetServerType=primary finds it."
                                    : "Check " + settings.url()
                                            + " and that the server is running and reachable from here.",
                            failure);
                }
                if (!told) {
                    LOG.warn(
                            "Waiting up to {} s for the database at {}: {}",
                            patience.toSeconds(),
                            login.displayUrl(),
                            CannotStart.line(failure));
                    told = true;
                }
                pause();
            }
        }
    }

    /** A standby can be asked, but not migrated. It may be about to become the primary. */
    private static Connection connectToPrimary(Login login) throws SQLException {
        Connection connection = login.connect();
        try {
            requirePrimary(connection);
            return connection;
        } catch (SQLException failure) {
            close(connection);
            throw failure;
        }
    }

    /**
     * Whoever may create an operator or a function in a schema of the search path could have it executed as the service's role: one
     * for just the types of a parameter is preferred to PostgreSQL's own. pg_catalog comes first without being named.
     */
    public static void pinSearchPath(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET search_path = pg_temp");
        }
    }

    /** Asks, rather than to be told by an error, which the server would write into its log each time. */
    public static void requirePrimary(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_catalog.pg_is_in_recovery()")) {
            row.next();
            if (row.getBoolean(1)) {
                throw new SQLException("the server is a standby", STANDBY);
            }
        }
    }

    private static String remedy(SQLException failure, LoginSettings settings) {
        String message = CannotStart.line(failure);
        if (message.contains("no encryption")) {
            return "Add sslmode=require to the parameters of " + settings.url()
                    + ", or let the server's pg_hba.conf admit this" + " user without TLS.";
        }
        if (message.contains("pg_hba.conf")) {
            return "Let the server's pg_hba.conf admit this user from here.";
        }
        return "Check " + settings.url() + ", " + settings.username() + " and " + settings.password() + ".";
    }

    private static boolean mayPass(SQLException failure) {
        @Nullable String state = failure.getSQLState();
        return state != null
                && (state.startsWith("08") && !REFUSED.equals(state)
                        || PASSING.contains(state)
                        || STANDBY.equals(state));
    }

    /** Whether the two cannot agree on TLS, which waiting does not mend: the driver gives this the state of a broken connection. */
    private static boolean isAboutTls(SQLException failure) {
        if (!BROKEN.equals(failure.getSQLState()) || CannotStart.serverMessage(failure) != null) {
            return false;
        }
        // A broken connection has an IOException as its cause; a host that the certificate does not name, none at all.
        boolean about = failure.getCause() == null;
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            about |= cause instanceof GeneralSecurityException
                    || cause instanceof ReflectiveOperationException
                    || cause instanceof FileNotFoundException
                    || (cause instanceof SSLHandshakeException && cause.getCause() == null);
        }
        return about;
    }

    private static String withoutTypes(SQLException failure) {
        return CannotStart.line(failure).replaceAll("(?:\\w+\\.)+\\w+(?:Exception|Error): ", "");
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StoppedAtStart(DATABASE);
        }
    }
}
