package io.cronlink.embedded;

import io.cronlink.database.Connections;
import io.cronlink.database.Login;
import io.cronlink.startup.CannotStart;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The time that running jobs get before their server stops. Nothing new starts in it; what becomes of each is told. */
final class WindDown {

    private static final Logger LOG = LoggerFactory.getLogger(WindDown.class);
    private static final int PAUSE_MILLIS = 100;
    private static final String UNDEFINED_FUNCTION = "42883";
    private static final String UNDEFINED_SCHEMA = "3F000";

    private WindDown() {}

    static void await(Login owner, Duration grace) {
        try (Connection connection = owner.connect()) {
            Connections.pinSearchPath(connection);
            await(connection, grace);
        } catch (SQLException failure) {
            // A database that was never migrated has no jobs.
            if (!UNDEFINED_FUNCTION.equals(failure.getSQLState()) && !UNDEFINED_SCHEMA.equals(failure.getSQLState())) {
                LOG.warn("Whether jobs are running could not be asked: {}", CannotStart.line(failure));
            }
        }
    }

    private static void await(Connection connection, Duration grace) throws SQLException {
        Instant deadline = Instant.now().plus(grace);
        Map<Long, String> running = running(connection);
        if (running.isEmpty()) {
            return;
        }
        LOG.info(
                "Waiting up to {} s for {} before PostgreSQL stops: {}",
                grace.toSeconds(),
                running.size() == 1 ? "1 run" : running.size() + " runs",
                String.join(", ", running.values()));
        Map<Long, String> left = running;
        while (!left.isEmpty() && Instant.now().isBefore(deadline) && pause()) {
            left = running(connection);
            // A run may be claimed in the moment in which the others are held back.
            running.putAll(left);
        }
        for (Map.Entry<Long, String> run : running.entrySet()) {
            if (left.containsKey(run.getKey())) {
                LOG.warn(
                        "{} is broken off after {} s; the next start recovers it",
                        capital(run.getValue()),
                        grace.toSeconds());
            } else {
                LOG.info(
                        "{} has ended: {}",
                        capital(run.getValue()),
                        status(connection, run.getKey()).orElse("not recorded"));
            }
        }
    }

    private static Map<Long, String> running(Connection connection) throws SQLException {
        Map<Long, String> runs = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT runid, jobid, jobname FROM cron_engine.wind_down()")) {
            while (rows.next()) {
                runs.put(rows.getLong(1), description(rows.getLong(1), rows.getString(2), rows.getString(3)));
            }
        }
        return runs;
    }

    private static String description(long runid, @Nullable String jobid, @Nullable String jobname) {
        return "run " + runid + (jobid == null ? "" : " of job " + jobid)
                + (jobname == null ? "" : " \"" + jobname.replaceAll("[\\p{Cntrl}\\s]+", " ") + "\"");
    }

    private static Optional<String> status(Connection connection, long runid) throws SQLException {
        try (PreparedStatement question =
                connection.prepareStatement("SELECT status FROM cron.job_run_details WHERE runid = ?")) {
            question.setLong(1, runid);
            try (ResultSet row = question.executeQuery()) {
                return row.next() ? Optional.ofNullable(row.getString(1)) : Optional.empty();
            }
        }
    }

    private static String capital(String sentence) {
        return Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
    }

    /** False: it was interrupted, and is not to wait any more. */
    private static boolean pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
