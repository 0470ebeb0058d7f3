package io.cronlink.database;

import java.io.FileNotFoundException;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.SQLException;
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

    // cannot_connect_now: the server starts or recovers; too_many_connections: somebody will leave.
    private static final Set<String> PASSING = Set.of("57P03", "53300");

    // What the driver says of a broken connection, and of a server that cannot do what it was asked for.
    private static final String BROKEN = "08006";
    private static final String REFUSED = "08004";

    private Connections() {}

    /** Connects, trying again for as long as the server might still appear, or until the service is told to stop. */
    public static Connection await(Login login, Duration patience) {
        login.requireUsableUrl();
        Connection connection;
        try (StopWhileWaiting ignored = new StopWhileWaiting()) {
            connection = connect(login, patience);
        }
        if (Thread.currentThread().isInterrupted()) {
            close(connection);
            throw stopped(null);
        }
        return connection;
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException failure) {
            LOG.debug("Closed a connection that was not wanted any more", failure);
        }
    }

    private static CannotStart stopped(@Nullable InterruptedException cause) {
        return new CannotStart("stopped while waiting for the database", "", cause);
    }

    private static Connection connect(Login login, Duration patience) {
        Instant deadline = Instant.now().plus(patience);
        boolean told = false;
        while (true) {
            try {
                return login.connect();
            } catch (SQLException failure) {
                if (isAboutTls(failure)) {
                    throw new CannotStart(
                            "cannot log in to the database as " + login + " over TLS: " + withoutTypes(failure),
                            "Check sslmode and sslrootcert in SPRING_DATASOURCE_URL: sslrootcert must be a file on this machine with"
                                    + " the root certificate, and the server's certificate must name the URL's host.",
                            failure);
                }
                if (!mayPass(failure.getSQLState())) {
                    throw new CannotStart(
                            "cannot log in to the database as " + login + ": " + CannotStart.line(failure),
                            remedy(CannotStart.line(failure)),
                            failure);
                }
                if (Instant.now().isAfter(deadline)) {
                    throw new CannotStart(
                            "no database at " + login.displayUrl() + " within " + patience.toSeconds() + " s: "
                                    + CannotStart.line(failure),
                            "Check SPRING_DATASOURCE_URL and that the server is running and reachable from here.",
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

    private static String remedy(String message) {
        if (message.contains("no encryption")) {
            return "Add sslmode=require to the parameters of SPRING_DATASOURCE_URL, or let the server's pg_hba.conf admit this"
                    + " user without TLS.";
        }
        if (message.contains("pg_hba.conf")) {
            return "Let the server's pg_hba.conf admit this user from here.";
        }
        return "Check SPRING_DATASOURCE_URL, SPRING_DATASOURCE_USERNAME and SPRING_DATASOURCE_PASSWORD.";
    }

    private static boolean mayPass(@Nullable String state) {
        return state != null && (state.startsWith("08") && !REFUSED.equals(state) || PASSING.contains(state));
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
            throw stopped(interrupted);
        }
    }
}
