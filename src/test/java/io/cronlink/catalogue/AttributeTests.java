package io.cronlink.catalogue;

import static io.cronlink.catalogue.Sessions.refusal;
import static io.cronlink.database.TestDatabase.identifier;
import static org.assertj.core.api.Assertions.assertThat;

import io.cronlink.database.CronlinkDatabase;
import io.cronlink.database.SqlFailure;
import io.cronlink.database.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a job has beyond pg_cron's columns, and the settings. */
@Tag("engine")
@CronlinkDatabase
class AttributeTests {

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final String EVERYTHING = """
            timezone => 'Europe/Berlin', description => 'all of it', valid_from => '2020-01-01', valid_until => '2090-01-01',
            jitter => '1 min', timeout => '2 min', max_attempts => 3, retry_delay => '4 s', overlap => 'skip', catch_up => 'all',
            start_deadline => '5 min', max_failures => 6, priority => 7, transactional => false, job_group => 'group',
            log_level => 'failures'""";
    private static final String STORED = """
            (Europe/Berlin,"all of it","2020-01-01 00:00:00+00","2090-01-01 00:00:00+00",00:01:00,00:02:00,3,00:00:04,skip,all,\
            00:05:00,6,7,f,group,failures)""";
    private static final String ATTRIBUTES = """
            SELECT ROW (timezone, description, valid_from AT TIME ZONE 'UTC' || '+00', valid_until AT TIME ZONE 'UTC' || '+00', jitter, timeout,
                        max_attempts, retry_delay, overlap, catch_up, start_deadline, max_failures, priority, transactional, job_group, log_level)::text
            FROM cron.job WHERE jobid =\s""";

    private final TestDatabase database;

    AttributeTests(TestDatabase database) {
        this.database = database;
    }

    private String text(String sql) {
        return database.owner()
                .sql("SELECT coalesce((" + sql + ")::text, '')")
                .query(String.class)
                .single();
    }

    private void call(String sql) {
        database.owner().sql(sql).query().listOfRows();
    }

    private long job(String schedule) {
        return database.owner()
                .sql("SELECT cron.schedule(?, ?, 'SELECT 1')")
                .param("attribute " + NUMBER.incrementAndGet())
                .param(schedule)
                .query(Long.class)
                .single();
    }

    private void alter(long jobid, String attributes) {
        call("SELECT cron.alter_job(" + jobid + ", " + attributes + ")");
    }

    private String timer(long jobid, String value) {
        return text("SELECT " + value + " FROM cron_engine.timer WHERE jobid = " + jobid);
    }

    private String nextFire(long jobid) {
        return timer(jobid, "to_char(next_fire AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI')");
    }

    @Test
    void areParametersOfSchedule() {
        String schedule = "SELECT cron.schedule('everything', '0 3 * * *', 'SELECT 1', ";

        String jobid = text(schedule + EVERYTHING + ")");
        assertThat(text(ATTRIBUTES + jobid)).isEqualTo(STORED);

        assertThat(text("SELECT cron.schedule('everything', '0 4 * * *', 'SELECT 2', NULL)"))
                .isEqualTo(jobid);
        assertThat(text(ATTRIBUTES + jobid)).as("kept").isEqualTo(STORED);
        assertThat(text("SELECT cron.schedule('everything', '0 4 * * *', 'SELECT 2', 'Asia/Tokyo', priority => 8)"))
                .isEqualTo(jobid);
        assertThat(text(ATTRIBUTES + jobid))
                .isEqualTo(STORED.replace("Europe/Berlin", "Asia/Tokyo").replace(",6,7,", ",6,8,"));
        assertThat(text("SELECT cron.schedule('everything', '0 4 * * *', 'SELECT 2')"))
                .isEqualTo(jobid);
        assertThat(text(ATTRIBUTES + jobid)).startsWith("(Asia/Tokyo,");
    }

    @Test
    void areParametersOfAlterJob() {
        long jobid = job("0 3 * * *");

        alter(jobid, EVERYTHING);
        assertThat(text(ATTRIBUTES + jobid)).isEqualTo(STORED);

        alter(jobid, "description => 'another', schedule => '0 4 * * *'");
        assertThat(text(ATTRIBUTES + jobid)).isEqualTo(STORED.replace("\"all of it\"", "another"));
        assertThat(text("SELECT schedule FROM cron.job WHERE jobid = " + jobid)).isEqualTo("0 4 * * *");
    }

    @Test
    void ofAUsersOwnJobAreForTheUserToChange() {
        String user = database.createUser("changer");
        database.owner()
                .sql("GRANT EXECUTE ON FUNCTION cron.alter_job TO " + identifier(user))
                .update();
        long own = database.as(user)
                .sql("SELECT cron.schedule('own', '0 3 * * *', 'SELECT 1', 'Asia/Tokyo', job_group => 'g')")
                .query(Long.class)
                .single();
        long foreign = job("0 3 * * *");

        database.as(user)
                .sql("SELECT cron.alter_job(" + own + ", max_attempts => 2)")
                .query()
                .singleRow();

        assertThat(text("SELECT max_attempts FROM cron.job WHERE jobid = " + own))
                .isEqualTo("2");
        assertThat(refusal(database, user, "SELECT cron.alter_job(" + foreign + ", max_attempts => 2)")
                        .message())
                .isEqualTo("Job " + foreign + " does not exist or you don't own it");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            timezone => 'Mars/Base'                                     | 22023 | time zone "Mars/Base" not recognized
            timezone => 'FOO+5'                                         | 22023 | time zone "FOO+5" not recognized
            timezone => ''                                              | 22023 | time zone "" not recognized
            valid_from => '2030-01-01', valid_until => '2030-01-01'     | 23514 | -
            valid_from => '2030-01-02', valid_until => '2030-01-01'     | 23514 | -
            valid_from => 'soon'                                        | 22007 | -
            jitter => '-1 s'                                            | 23514 | -
            jitter => '1 day 1 s'                                       | 23514 | -
            timeout => '0'                                              | 23514 | -
            timeout => '-1 s'                                           | 23514 | -
            max_attempts => 0                                           | 23514 | -
            max_attempts => 101                                         | 23514 | -
            retry_delay => '-1 s'                                       | 23514 | -
            overlap => 'sometimes'                                      | 23514 | -
            overlap => ''                                               | 23514 | -
            catch_up => 'twice'                                         | 23514 | -
            start_deadline => '0'                                       | 23514 | -
            max_failures => 0                                           | 23514 | -
            job_group => ''                                             | 23514 | -
            log_level => 'some'                                         | 23514 | -
            """)
    void areChecked(String attributes, String sqlState, @Nullable String message) {
        long jobid = job("0 3 * * *");
        String before = text("SELECT j FROM cron.job AS j WHERE jobid = " + jobid);

        for (String sql : List.of(
                "SELECT cron.alter_job(%d, active => false, %s)".formatted(jobid, attributes),
                "SELECT cron.schedule(job_name => 'checked', schedule => '0 3 * * *', command => '', %s)"
                        .formatted(
                                attributes.startsWith("timezone") ? attributes : "timezone => NULL, " + attributes))) {
            SqlFailure refusal = refusal(database, database.ownerName(), sql);
            assertThat(refusal.sqlState()).as(refusal.message()).isEqualTo(sqlState);
            if (message != null) {
                assertThat(refusal.message()).isEqualTo(message);
            }
        }

        assertThat(text("SELECT j FROM cron.job AS j WHERE jobid = " + jobid)).isEqualTo(before);
        assertThat(text("SELECT count(*) FROM cron.job WHERE jobname = 'checked'"))
                .isEqualTo("0");
    }

    @Test
    void timezoneMovesTheTimer() {
        long jobid = job("30 3 1 1 *");
        assertThat(nextFire(jobid)).endsWith("-01-01 03:30");

        alter(jobid, "timezone => 'asia/tokyo'");
        assertThat(nextFire(jobid)).endsWith("-12-31 18:30");

        database.owner()
                .sql("UPDATE cron.job SET timezone = NULL WHERE jobid = ?")
                .param(jobid)
                .update();
        assertThat(nextFire(jobid)).endsWith("-01-01 03:30");
    }

    @Test
    void validityLimitsTheTimer() {
        long jobid = job("0 3 * * *");

        alter(jobid, "valid_from => '2080-05-01 03:00+00'");
        assertThat(nextFire(jobid)).as("at its beginning").isEqualTo("2080-05-01 03:00");
        alter(jobid, "valid_from => '2080-05-01 03:00:00.000001+00'");
        assertThat(nextFire(jobid)).isEqualTo("2080-05-02 03:00");
        alter(jobid, "valid_until => '2080-05-02 03:00:00.000001+00'");
        assertThat(nextFire(jobid)).isEqualTo("2080-05-02 03:00");
        alter(jobid, "valid_until => '2080-05-02 03:00+00'");
        assertThat(nextFire(jobid)).as("not at its end").isEmpty();

        database.owner()
                .sql("UPDATE cron.job SET valid_from = NULL, valid_until = NULL WHERE jobid = ?")
                .param(jobid)
                .update();
        assertThat(nextFire(jobid)).startsWith("20").endsWith("03:00");
    }

    @Test
    void validityThatIsOverLeavesNoFire() {
        long jobid = job("* * * * *");

        alter(jobid, "valid_until => '2020-01-01'");

        assertThat(nextFire(jobid)).isEmpty();
    }

    @Test
    void validityIsTheOriginOfAnIntervalsGrid() {
        long jobid = job("@every 7 hours");

        alter(jobid, "valid_from => '2080-05-01 03:00+00'");

        assertThat(nextFire(jobid)).isEqualTo("2080-05-01 10:00");
    }

    @Test
    void jitterIsAFixedShareOfEachJob() {
        String late = "extract(epoch FROM next_fire - scheduled_time) / 86400";
        List<Long> jobs = List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10).stream()
                .map(i -> job("0 3 * * *"))
                .toList();
        jobs.forEach(jobid -> alter(jobid, "jitter => '1 day'"));

        List<Double> shares =
                jobs.stream().map(jobid -> Double.valueOf(timer(jobid, late))).toList();
        assertThat(shares).allMatch(share -> share >= 0 && share < 1).doesNotHaveDuplicates();

        jobs.forEach(jobid -> alter(jobid, "schedule => '17 4 * * mon', timezone => 'Asia/Tokyo'"));
        assertThat(jobs.stream()
                        .map(jobid -> Double.valueOf(timer(jobid, late)))
                        .toList())
                .isEqualTo(shares);

        jobs.forEach(jobid -> alter(jobid, "jitter => '0'"));
        assertThat(jobs.stream()
                        .map(jobid -> timer(jobid, "next_fire = scheduled_time"))
                        .distinct()
                        .toList())
                .containsExactly("true");
    }

    @Test
    void ofAnInactiveJobSetNoTimer() {
        long jobid = job("0 3 * * *");

        alter(jobid, "active => false");
        assertThat(nextFire(jobid)).isEmpty();
        alter(jobid, "timezone => 'Asia/Tokyo'");
        assertThat(nextFire(jobid)).isEmpty();
        alter(jobid, "active => true");
        assertThat(nextFire(jobid)).endsWith("18:00");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "command => 'SELECT 2'",
                "description => 'x'",
                "max_attempts => 3",
                "priority => 1",
                "job_group => 'g'"
            })
    void thatSayNothingOfTimesLeaveAnIntervalsGrid(String attribute) {
        long jobid = job("@every 7 hours");
        String before = timer(jobid, "timer");

        alter(jobid, attribute);

        assertThat(timer(jobid, "timer")).isEqualTo(before);
    }

    @Test
    void timezoneOfTheSettingsMovesTheJobsThatHaveNone() {
        long without = job("0 3 1 7 *");
        long own = job("0 3 1 7 *");
        long interval = job("@every 7 hours");
        alter(own, "timezone => 'UTC'");
        String grid = timer(interval, "concat_ws(' ', anchor, scheduled_time, next_fire)");
        try {
            database.owner()
                    .sql("UPDATE cron.settings SET timezone = 'Asia/Tokyo'")
                    .update();

            assertThat(nextFire(without)).endsWith("-06-30 18:00");
            assertThat(nextFire(own)).endsWith("-07-01 03:00");
            assertThat(timer(interval, "concat_ws(' ', anchor, scheduled_time, next_fire)"))
                    .as("an interval knows no zone")
                    .isEqualTo(grid);
        } finally {
            database.owner().sql("UPDATE cron.settings SET timezone = 'GMT'").update();
        }
        assertThat(nextFire(without)).endsWith("-07-01 03:00");
    }

    @Test
    void settingsAreOneRowThatStays() {
        String owner = database.ownerName();
        SqlFailure stays = new SqlFailure("23001", "cron.settings has one row, which stays", null, "Use UPDATE.");

        assertThat(refusal(database, owner, "DELETE FROM cron.settings RETURNING 1"))
                .isEqualTo(stays);
        assertThat(SqlFailure.of(
                        () -> database.owner().sql("TRUNCATE cron.settings").update()))
                .isEqualTo(stays);
        assertThat(refusal(database, owner, "INSERT INTO cron.settings DEFAULT VALUES RETURNING 1")
                        .sqlState())
                .isEqualTo("23505");
        assertThat(refusal(database, owner, "INSERT INTO cron.settings (id) VALUES (false) RETURNING 1")
                        .sqlState())
                .isEqualTo("23514");
        assertThat(refusal(database, owner, "UPDATE cron.settings SET id = false RETURNING 1")
                        .sqlState())
                .isEqualTo("23514");
        assertThat(text("SELECT count(*) FROM cron.settings")).isEqualTo("1");
    }

    @Test
    void settingsBeginWithTheDefaultsOfPgCron() {
        assertThat(database.owner().sql("SELECT * FROM cron.settings").query().singleRow())
                .containsAllEntriesOf(Map.of(
                        "timezone", "GMT", "max_running_jobs", 32, "enable_superuser_jobs", true, "paused", false));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            timezone = 'Mars/Base'       | 22023
            timezone = NULL              | 23502
            max_running_jobs = 0         | 23514
            max_running_jobs = 1001      | 23514
            port = 0                     | 23514
            port = 65536                 | 23514
            sslmode = 'perhaps'          | 23514
            connect_timeout = '1 s'      | 23514
            timeout = '0'                | 23514
            max_attempts = 0             | 23514
            retry_delay = '-1 s'         | 23514
            max_retry_delay = '-1 s'     | 23514
            overlap = 'sometimes'        | 23514
            catch_up = 'twice'           | 23514
            catch_up_limit = 0           | 23514
            start_deadline = '0'         | 23514
            max_failures = 0             | 23514
            log_level = 'some'           | 23514
            cancel_grace = '-1 s'        | 23514
            worker_idle_timeout = '-1 s' | 23514
            worker_max_age = '0'         | 23514
            keep_runs = '-1 s'           | 23514
            keep_failed_runs = '-1 s'    | 23514
            keep_runs_per_job = 0        | 23514
            """)
    void settingsAreChecked(String change, String sqlState) {
        SqlFailure refusal =
                refusal(database, database.ownerName(), "UPDATE cron.settings SET " + change + " RETURNING 1");

        assertThat(refusal.sqlState()).as(refusal.message()).isEqualTo(sqlState);
    }
}
