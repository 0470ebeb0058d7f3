package io.cronlink.database;

import java.io.FileNotFoundException;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** First connections, to a server that may still be on its way up. */
public final class Connections {

    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);
    private static final Duration PAUSE = Duration.ofMillis(500);

    // cannot_connect_now: the server starts or recovers; too_many_connections: somebody will leave.
    private static final Set<String> PASSING = Set.of("57P03", "53300");

    // invalid_authorization_specification: no line of pg_hba.conf, or one that rejects. A wrong password is another
    // state.
    private static final String NOT_ADMITTED = "28000";

    // What the driver says of a broken connection, and of a server that cannot do what it was asked for.
    private static final String BROKEN = "08006";
    private static final String REFUSED = "08004";

    private Connections() {}

    /** Connects, trying again for as long as the server might still appear. */
    public static Connection await(Login login, Duration patience) {
        Instant deadline = Instant.now().plus(patience);
        boolean told = false;
        while (true) {
            try {
                return login.connect();
            } catch (SQLException failure) {
                if (isAboutTls(failure)) {
                    throw new CannotStart(
                            "cannot log in to the database as " + login + " by TLS: " + withoutTypes(failure),
                            "Check sslmode and sslrootcert in SPRING_DATASOURCE_URL: a file here with the root of the"
                                    + " server's certificate, in which the URL's host has to be named.",
                            failure);
                }
                if (!mayPass(failure.getSQLState())) {
                    throw new CannotStart(
                            "cannot log in to the database as " + login + ": " + CannotStart.line(failure),
                            NOT_ADMITTED.equals(failure.getSQLState())
                                    ? "If the server wants TLS, end SPRING_DATASOURCE_URL with ?sslmode=require; otherwise its"
                                            + " pg_hba.conf does not admit this user from here."
                                    : "Check SPRING_DATASOURCE_URL, SPRING_DATASOURCE_USERNAME and SPRING_DATASOURCE_PASSWORD.",
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

    private static boolean mayPass(@Nullable String state) {
        return state != null && (state.startsWith("08") && !REFUSED.equals(state) || PASSING.contains(state));
    }

    /** Whether certificates are wrong, which waiting does not mend: the driver gives this the state of a broken connection. */
    private static boolean isAboutTls(SQLException failure) {
        if (!BROKEN.equals(failure.getSQLState())) {
            return false;
        }
        // Of a connection that broke an IOException tells; that the host is another one's is told by nothing.
        boolean about = failure.getCause() == null;
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            about |= cause instanceof GeneralSecurityException || cause instanceof FileNotFoundException;
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
            throw new CannotStart("stopped while waiting for the database", "", interrupted);
        }
    }
}
