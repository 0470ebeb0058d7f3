package io.cronlink.catalogue;

import static io.cronlink.catalogue.Sessions.refusal;
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
class OptionTests {

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final String EVERYTHING = """
            timezone => 'Europe/Berlin', description => 'all of it', valid_from => '2020-01-01', valid_until => '2090-01-01',
            jitter => '1 min', timeout => '2 min', max_attempts => 3, retry_delay => '4 s', overlap => 'skip', catch_up => 'all',
            start_deadline => '5 min', max_failures => 6, priority => 7, transactional => false, job_group => 'group',
            log_level => 'failures'""";
    private static final String STORED = """
            (Europe/Berlin,"all of it","2020-01-01 00:00:00+00","2090-01-01 00:00:00+00",00:01:00,00:02:00,3,00:00:04,skip,all,\
            00:05:00,6,7,f,group,failures)""";
    private static final String OPTIONS = """
            SELECT ROW (timezone, description, valid_from AT TIME ZONE 'UTC' || '+00', valid_until AT TIME ZONE 'UTC' || '+00', jitter, timeout,
                        max_attempts, retry_delay, overlap, catch_up, start_deadline, max_failures, priority, transactional, job_group, log_level)::text
            FROM cron.job_options WHERE jobid =\s""";

    private final TestDatabase database;

    OptionTests(TestDatabase database) {
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
                .param("options " + NUMBER.incrementAndGet())
                .param(schedule)
                .query(Long.class)
                .single();
    }

    private void set(long jobid, String options) {
        call("SELECT cron.set_options(" + jobid + ", " + options + ")");
    }

    private void alter(long jobid, String columns) {
        call("SELECT cron.alter_job(" + jobid + ", " + columns + ")");
    }

    private String timer(long jobid, String value) {
        return text("SELECT " + value + " FROM cron_engine.timer WHERE jobid = " + jobid);
    }

    private String nextFire(long jobid) {
        return timer(jobid, "to_char(next_fire AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI')");
    }

    @Test
    void areSetAroundTheCallThatSchedules() {
        String schedule = "SELECT cron.set_options(cron.schedule('everything', '0 3 * * *', 'SELECT 1'), ";

        String jobid = text(schedule + EVERYTHING + ")");
        assertThat(text(OPTIONS + jobid)).isEqualTo(STORED);

        assertThat(text("SELECT cron.schedule('everything', '0 4 * * *', 'SELECT 2')"))
                .isEqualTo(jobid);
        assertThat(text(OPTIONS + jobid)).as("kept").isEqualTo(STORED);
        assertThat(text(schedule + "timezone => 'Asia/Tokyo', priority => 8, description => NULL)"))
                .isEqualTo(jobid);
        assertThat(text(OPTIONS + jobid))
                .isEqualTo(STORED.replace("Europe/Berlin", "Asia/Tokyo").replace(",6,7,", ",6,8,"));
    }

    @Test
    void areARowThatIsWrittenAndClearedByPlainStatements() {
        String user = database.createUser("clearer");
        long own = database.as(user)
                .sql("SELECT cron.schedule('own', '0 3 * * *', 'SELECT 1')")
                .query(Long.class)
                .single();

        database.as(user)
                .sql("INSERT INTO cron.job_options (jobid, timezone, timeout) VALUES (?, 'Asia/Tokyo', '1 min')")
                .param(own)
                .update();
        assertThat(nextFire(own)).endsWith("18:00");
        database.as(user).sql("UPDATE cron.job_options SET timeout = NULL").update();
        assertThat(text("SELECT concat(timezone, timeout) FROM cron.job_options WHERE jobid = " + own))
                .isEqualTo("Asia/Tokyo");
        database.as(user).sql("UPDATE cron.job_options SET timezone = NULL").update();
        assertThat(nextFire(own)).endsWith("03:00");
    }

    @Test
    void goWithTheirJob() {
        long unscheduled = job("0 3 * * *");
        long moved = job("0 3 * * *");
        set(unscheduled, "priority => 1");
        set(moved, "timezone => 'Asia/Tokyo'");

        call("SELECT cron.unschedule(" + unscheduled + ")");
        database.owner()
                .sql("UPDATE cron.job SET jobid = jobid + 1000000 WHERE jobid = ?")
                .param(moved)
                .update();

        assertThat(text("SELECT count(*) FROM cron.job_options WHERE jobid IN (%d, %d)".formatted(unscheduled, moved)))
                .isEqualTo("0");
        assertThat(text("SELECT timezone FROM cron.job_options WHERE jobid = " + (moved + 1000000)))
                .isEqualTo("Asia/Tokyo");
        assertThat(nextFire(moved + 1000000)).endsWith("18:00");
        database.owner().sql("TRUNCATE cron.job_options").update();
        assertThat(nextFire(moved + 1000000)).endsWith("03:00");
    }

    @Test
    void ofAUsersOwnJobAreForTheUserToChange() {
        String user = database.createUser("changer");
        long own = database.as(user)
                .sql("SELECT cron.set_options(cron.schedule('own', '0 3 * * *', 'SELECT 1'), job_group => 'g')")
                .query(Long.class)
                .single();
        long foreign = job("0 3 * * *");
        set(foreign, "max_attempts => 3");

        assertThat(text("SELECT job_group FROM cron.job_options WHERE jobid = " + own))
                .isEqualTo("g");
        assertThat(refusal(database, user, "SELECT cron.set_options(" + foreign + ", max_attempts => 2)")
                        .message())
                .isEqualTo("Job " + foreign + " does not exist or you don't own it");
        assertThat(refusal(database, user, "UPDATE cron.job_options SET jobid = " + foreign + " RETURNING 1")
                        .message())
                .isEqualTo("Job " + foreign + " does not exist or you don't own it");
        assertThat(database.as(user)
                        .sql("UPDATE cron.job_options SET max_attempts = 9")
                        .update())
                .as("own rows")
                .isOne();
        assertThat(text("SELECT max_attempts FROM cron.job_options WHERE jobid = " + foreign))
                .isEqualTo("3");
    }

    @Test
    void areShownAsTheyAreInForce() {
        long jobid = job("0 3 * * *");
        set(jobid, "timeout => '3 min'");

        assertThat(text(
                        "SELECT concat_ws(' ', d.timezone, timeout, max_attempts, overlap, priority, t.next_fire = d.next_fire)"
                                + " FROM cron.job_details AS d JOIN cron_engine.timer AS t USING (jobid) WHERE jobid = "
                                + jobid))
                .isEqualTo("GMT 00:03:00 1 queue 0 t");
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
            max_failures => 1000001                                     | 23514 | -
            priority => 1000001                                         | 23514 | -
            priority => -1000001                                        | 23514 | -
            timeout => '101 years'                                      | 23514 | -
            timeout => '70000000 months -2100000000 days'               | 23514 | -
            retry_delay => '101 years'                                  | 23514 | -
            retry_delay => '-70000000 months 2100000000 days'           | 23514 | -
            start_deadline => '178000000 years'                         | 23514 | -
            start_deadline => '200 years -40000 days'                   | 23514 | -
            jitter => '5000 years -1800000 days'                        | 23514 | -
            description => repeat('x', 1001)                            | 23514 | -
            job_group => repeat('x', 201)                               | 23514 | -
            valid_from => '0001-01-01 00:00+00 BC'                      | 23514 | -
            valid_until => '10000-01-01 00:00+00'                       | 23514 | -
            job_group => ''                                             | 23514 | -
            log_level => 'some'                                         | 23514 | -
            """)
    void areChecked(String options, String sqlState, @Nullable String message) {
        long jobid = job("0 3 * * *");
        set(jobid, "priority => 1");
        String before = text("SELECT o FROM cron.job_options AS o WHERE jobid = " + jobid);

        for (String sql : List.of(
                "SELECT cron.set_options(%d, %s)".formatted(jobid, options),
                "SELECT cron.set_options(cron.schedule('checked', '0 3 * * *', ''), %s)".formatted(options),
                "UPDATE cron.job_options SET %s WHERE jobid = %d RETURNING 1"
                        .formatted(options.replace("=>", "="), jobid))) {
            SqlFailure refusal = refusal(database, database.ownerName(), sql);
            assertThat(refusal.sqlState()).as(refusal.message()).isEqualTo(sqlState);
            if (message != null) {
                assertThat(refusal.message()).isEqualTo(message);
            }
        }

        assertThat(text("SELECT o FROM cron.job_options AS o WHERE jobid = " + jobid))
                .isEqualTo(before);
        assertThat(text("SELECT count(*) FROM cron.job WHERE jobname = 'checked'"))
                .isEqualTo("0");
    }

    @Test
    void timezoneMovesTheTimer() {
        long jobid = job("30 3 1 1 *");
        assertThat(nextFire(jobid)).endsWith("-01-01 03:30");

        set(jobid, "timezone => 'asia/tokyo'");
        assertThat(nextFire(jobid)).endsWith("-12-31 18:30");

        database.owner()
                .sql("UPDATE cron.job_options SET timezone = NULL WHERE jobid = ?")
                .param(jobid)
                .update();
        assertThat(nextFire(jobid)).endsWith("-01-01 03:30");
    }

    @Test
    void validityLimitsTheTimer() {
        long jobid = job("0 3 * * *");

        set(jobid, "valid_from => '2080-05-01 03:00+00'");
        assertThat(nextFire(jobid)).as("at its beginning").isEqualTo("2080-05-01 03:00");
        set(jobid, "valid_from => '2080-05-01 03:00:00.000001+00'");
        assertThat(nextFire(jobid)).isEqualTo("2080-05-02 03:00");
        set(jobid, "valid_until => '2080-05-02 03:00:00.000001+00'");
        assertThat(nextFire(jobid)).isEqualTo("2080-05-02 03:00");
        set(jobid, "valid_until => '2080-05-02 03:00+00'");
        assertThat(nextFire(jobid)).as("not at its end").isEmpty();

        database.owner()
                .sql("UPDATE cron.job_options SET valid_from = NULL, valid_until = NULL WHERE jobid = ?")
                .param(jobid)
                .update();
        assertThat(nextFire(jobid)).startsWith("20").endsWith("03:00");
    }

    @Test
    void validityThatIsOverLeavesNoFire() {
        long jobid = job("* * * * *");

        set(jobid, "valid_until => '2020-01-01'");

        assertThat(nextFire(jobid)).isEmpty();
    }

    @Test
    void validityIsTheOriginOfAnIntervalsGrid() {
        long jobid = job("@every 7 hours");

        set(jobid, "valid_from => '2080-05-01 03:00+00'");

        assertThat(nextFire(jobid)).isEqualTo("2080-05-01 10:00");
    }

    @Test
    void jitterIsAFixedShareOfEachJob() {
        String late = "extract(epoch FROM next_fire - scheduled_time) / 86400";
        List<Long> jobs = List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10).stream()
                .map(i -> job("0 3 * * *"))
                .toList();
        jobs.forEach(jobid -> set(jobid, "jitter => '1 day'"));

        List<Double> shares =
                jobs.stream().map(jobid -> Double.valueOf(timer(jobid, late))).toList();
        assertThat(shares).allMatch(share -> share >= 0 && share < 1).doesNotHaveDuplicates();

        jobs.forEach(jobid -> alter(jobid, "schedule => '17 4 * * mon'"));
        jobs.forEach(jobid -> set(jobid, "timezone => 'Asia/Tokyo'"));
        assertThat(jobs.stream()
                        .map(jobid -> Double.valueOf(timer(jobid, late)))
                        .toList())
                .isEqualTo(shares);

        jobs.forEach(jobid -> set(jobid, "jitter => '0'"));
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
        set(jobid, "timezone => 'Asia/Tokyo'");
        assertThat(nextFire(jobid)).isEmpty();
        alter(jobid, "active => true");
        assertThat(nextFire(jobid)).endsWith("18:00");
    }

    @ParameterizedTest
    @ValueSource(strings = {"description => 'x'", "max_attempts => 3", "priority => 1", "job_group => 'g'"})
    void thatSayNothingOfTimesLeaveAnIntervalsGrid(String option) {
        long jobid = job("@every 7 hours");
        String before = timer(jobid, "timer");

        set(jobid, option);
        alter(jobid, "command => 'SELECT 2'");

        assertThat(timer(jobid, "timer")).isEqualTo(before);
    }

    @Test
    void timezoneOfTheSettingsMovesTheJobsThatHaveNone() {
        long without = job("0 3 1 7 *");
        long own = job("0 3 1 7 *");
        long interval = job("@every 7 hours");
        set(own, "timezone => 'UTC'");
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
        SqlFailure stays = new SqlFailure("23001", "cron.settings must keep its one row", null, "Use UPDATE.");

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

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            cron.job_group (name) VALUES ('')
            cron.job_group (name) VALUES (repeat('x', 201))
            cron.job_group (name, max_running) VALUES ('g', -1)
            cron.job_group (name, max_running) VALUES ('g', 1001)
            cron.job_group (name, description) VALUES ('g', repeat('x', 1001))
            cron.job (schedule, command, nodename) VALUES ('* * * * *', '', repeat('x', 256))
            cron.job (schedule, command, nodeport) VALUES ('* * * * *', '', 0)
            cron.job (schedule, command, nodeport) VALUES ('* * * * *', '', 65536)
            cron.job (schedule, command, nodename, database) VALUES ('* * * * *', '', 'elsewhere', repeat('x', 64))
            cron.job (schedule, command) VALUES ('* * * * *', repeat('x', 1048577))
            """)
    void otherTablesAreCheckedToo(String row) {
        SqlFailure refusal = refusal(database, database.ownerName(), "INSERT INTO " + row + " RETURNING 1");

        assertThat(refusal.sqlState()).as(refusal.message()).isEqualTo("23514");
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
            keep_runs_per_job = 1000000001 | 23514
            max_failures = 1000001       | 23514
            keep_runs = '101 years'      | 23514
            keep_failed_runs = '101 years' | 23514
            keep_runs = '70000000 months -2100000000 days' | 23514
            cancel_grace = '70000000 months -2100000000 days' | 23514
            """)
    void settingsAreChecked(String change, String sqlState) {
        SqlFailure refusal =
                refusal(database, database.ownerName(), "UPDATE cron.settings SET " + change + " RETURNING 1");

        assertThat(refusal.sqlState()).as(refusal.message()).isEqualTo(sqlState);
    }

    /** Those of a region and a place are not looked up in the list, which takes long to make. */
    @Test
    void knowEachZoneByItsNameAndNoOther() {
        assertThat(database.owner().sql("""
                                SELECT name FROM pg_timezone_names
                                 WHERE name ~ '^[A-Za-z_]+(/[A-Za-z_]+)+$'
                                       AND NOT (cron_engine.is_timezone(name) AND cron_engine.is_timezone(upper(name)))
                                """).query(String.class).list()).isEmpty();
        assertThat(database.owner().sql("""
                                SELECT name
                                  FROM unnest(ARRAY['Europe/Berlim', 'Europe/Berlin5', 'posix/Europe/Berlin', 'Europe/', '/Berlin', 'Europe/../UTC',
                                                    'Foo/Bar-3', 'Europe', 'CEST']) AS name
                                 WHERE cron_engine.is_timezone(name)
                                """).query(String.class).list()).isEmpty();
    }
}
