package io.cronlink.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.cronlink.database.CronlinkDatabase;
import io.cronlink.database.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the scheduler says of failed runs to the session that it runs in. */
@Tag("engine")
@CronlinkDatabase
class FailureNewsTests {

    private final TestDatabase database;

    FailureNewsTests(TestDatabase database) {
        this.database = database;
    }

    private static List<String> said(Statement statement) throws SQLException {
        List<String> said = new ArrayList<>();
        for (SQLWarning warning = statement.getWarnings(); warning != null; warning = warning.getNextWarning()) {
            said.add(warning.getMessage());
        }
        return said;
    }

    /** Ends so many runs of the job as failed, of which the scheduler hears at that time. */
    private static List<String> fail(Statement statement, int runs, String when) throws SQLException {
        statement.execute("""
                WITH failed AS (
                    INSERT INTO cron.job_run_details (jobid, status, return_message, sqlstate, attempt)
                    SELECT j.jobid, 'failed', E'ERROR:  it is broken\nDETAIL:  Very.', 'P0001', 2
                    FROM cron.job AS j, generate_series(1, %d)
                    RETURNING runid, jobid)
                INSERT INTO cron_engine.ended_run (runid, jobid, status) SELECT runid, jobid, 'failed' FROM failed
                """.formatted(runs));
        return at(statement, when);
    }

    private static List<String> at(Statement statement, String when) throws SQLException {
        statement.execute("SELECT cron_engine.settle_ended_runs('%1$s'), cron_engine.sweep('%1$s')".formatted(when));
        return said(statement);
    }

    private Connection connect() throws SQLException {
        Connection connection = database.connect(database.ownerName());
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT cron.schedule('nightly', '0 3 * * *', 'SELECT 1')");
        }
        return connection;
    }

    @Test
    void isWhichRunsOfWhichJobsFailedAndWhy() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET LOCAL cronlink.log_failed_runs = 10");

            assertThat(fail(statement, 1, "2030-01-01 00:00:10+00"))
                    .singleElement()
                    .asString()
                    .matches("Run \\d+ of job \\d+ \"nightly\" failed, attempt 2 \\(P0001\\): it is broken");
        }
    }

    @Test
    void isNotMoreThanWasOrdered() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET LOCAL cronlink.log_failed_runs = 2");

            assertThat(fail(statement, 1, "2030-01-01 00:00:10+00")).hasSize(1);
            assertThat(fail(statement, 50, "2030-01-01 00:00:20+00")).hasSize(1);
            assertThat(fail(statement, 5, "2030-01-01 00:00:59+00")).isEmpty();
            assertThat(at(statement, "2030-01-01 00:01:00+00"))
                    .containsExactly("54 more runs failed in the last minute, see cron.job_run_details");
            assertThat(at(statement, "2030-01-01 00:02:00+00")).isEmpty();
            assertThat(fail(statement, 2, "2030-01-01 00:02:00+00")).hasSize(2);
        }
    }

    @Test
    void isWhatHasBecomeOfTheJob() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET LOCAL cronlink.log_failed_runs = 10");
            statement.execute("SELECT cron.set_options(max(jobid), max_failures => 1) FROM cron.job");

            assertThat(fail(statement, 1, "2030-01-01 00:00:10+00"))
                    .singleElement()
                    .asString()
                    .endsWith(": it is broken; the job is inactive now: failed 1 times in a row");
        }
    }

    @Test
    void isNothingUnlessItWasOrdered() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            assertThat(fail(statement, 3, "2030-01-01 00:00:10+00")).isEmpty();
        }
    }
}
