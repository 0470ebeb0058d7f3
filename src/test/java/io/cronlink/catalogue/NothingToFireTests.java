package io.cronlink.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.cronlink.database.CronlinkDatabase;
import io.cronlink.database.TestDatabase;
import io.cronlink.run.TestJobs;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A job that has nothing left to fire says so when it is made or changed. */
@Tag("engine")
@CronlinkDatabase
class NothingToFireTests {

    private final TestDatabase database;
    private final TestJobs jobs;

    NothingToFireTests(TestDatabase database) {
        this.database = database;
        this.jobs = new TestJobs(database);
    }

    @AfterEach
    void clear() {
        database.owner().sql("DELETE FROM cron.job").update();
        database.owner().sql("UPDATE cron.settings SET timezone = 'GMT'").update();
    }

    private List<String> warnings(String sql) {
        return Sessions.warnings(database, database.ownerName(), sql);
    }

    private String state() {
        return jobs.value("SELECT concat_ws(': ', active::text, deactivated_reason) FROM cron.job_details");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "SELECT cron.schedule('j', '@at 2020-01-01 00:00', 'SELECT 1')                                  | its time has passed",
                "INSERT INTO cron.job (schedule, command) VALUES ('@at 2020-01-01 00:00', 'SELECT 1')            | its time has passed",
                "SELECT cron.set_options(cron.schedule('j', '* * * * *', 'SELECT 1'), valid_until => now())     | no fire is left before valid_until",
                "SELECT cron.set_options(cron.schedule('j', '10 seconds', 'SELECT 1'), valid_until => now())    | no fire is left before valid_until",
                "SELECT cron.set_options(cron.schedule('j', '0 0 29 2 *', 'SELECT 1'), valid_until => now() + interval '1 ms') | no fire is left before valid_until",
                "SELECT cron.set_options(cron.schedule('j', '@reboot', 'SELECT 1'), valid_until => now())       | no fire is left before valid_until",
                "SELECT cron.set_options(cron.schedule('j', '@after j2', 'SELECT 1'), valid_until => now())     | no fire is left before valid_until",
                "SELECT cron.set_options(cron.schedule('j', '@at 2999-01-01 00:00', 'SELECT 1'), valid_until => '2998-01-01') | no fire is left before valid_until",
            })
    void isDeactivatedWithAWarning(String sql, String reason) {
        List<String> warnings = warnings(sql);

        String jobid = jobs.value("SELECT jobid FROM cron.job");
        assertThat(warnings).endsWith("job " + jobid + " is deactivated: " + reason);
        assertThat(state()).isEqualTo("false: " + reason);
        assertThat(warnings("SELECT cron.resume_job(" + jobid + ")"))
                .containsExactly("job " + jobid + " is deactivated: " + reason);
        assertThat(state()).isEqualTo("false: " + reason);
        assertThat(jobs.value("SELECT count(*) FROM cron_engine.due")).isEqualTo("0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "SELECT cron.schedule('j', '0 0 30 2 *', 'SELECT 1')",
                "SELECT cron.set_options(cron.schedule('j', '@at 2999-01-01 00:00', 'SELECT 1'), valid_from => '3000-01-01')",
            })
    void isWarnedOfWhereItNeverFires(String sql) {
        assertThat(warnings(sql))
                .containsExactly("job " + jobs.value("SELECT max(jobid) FROM cron.job") + " never fires");
        assertThat(state()).isEqualTo("true");
    }

    @Test
    void isDeactivatedWhereTheZoneMovesItsTimeIntoThePast() {
        long jobid = database.owner()
                .sql(
                        "SELECT cron.schedule('j', '@at ' || to_char(now() AT TIME ZONE 'UTC' + interval '2 hours', 'YYYY-MM-DD HH24:MI'), 'SELECT 1')")
                .query(Long.class)
                .single();
        assertThat(state()).isEqualTo("true");

        assertThat(warnings("UPDATE cron.settings SET timezone = 'Asia/Tokyo'"))
                .containsExactly("job " + jobid + " is deactivated: its time has passed");

        assertThat(state()).isEqualTo("false: its time has passed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "SELECT cron.schedule_in_database('j', '@at 2020-01-01 00:00', 'SELECT 1', current_database(), active => false)",
                "SELECT cron.schedule('j', '@at 2999-01-01 00:00', 'SELECT 1')",
                "SELECT cron.schedule('j', '@reboot', 'SELECT 1')",
                "SELECT cron.set_options(cron.schedule('j', '* * * * *', 'SELECT 1'), valid_until => now() + interval '1 hour')",
            })
    void isNotWarnedOfOtherwise(String sql) {
        assertThat(warnings(sql)).isEmpty();
    }
}
