package io.cronlink.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cronlink.database.CronlinkDatabase;
import io.cronlink.database.SqlFailure;
import io.cronlink.database.TestDatabase;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is alarmed on, once for each event, and when that is over. */
@Tag("engine")
@CronlinkDatabase
class AlarmTests {

    private static final OffsetDateTime NOON = OffsetDateTime.of(2031, 5, 5, 12, 0, 0, 0, ZoneOffset.UTC);

    private final TestDatabase database;
    private final TestJobs jobs;
    private final TestClock clock;

    AlarmTests(TestDatabase database) {
        this.database = database;
        this.jobs = new TestJobs(database);
        this.clock = new TestClock(database);
        execute("CREATE SCHEMA IF NOT EXISTS test");
        execute("CREATE TABLE IF NOT EXISTS test.broken (is_broken boolean)");
    }

    @AfterEach
    void clear() {
        clock.close();
        jobs.clear();
        for (String table : List.of(
                "cron.alarm",
                "cron.job_alarms",
                "cron_engine.success_watch",
                "cron_engine.alarm_condition",
                "test.broken")) {
            execute("DELETE FROM " + table);
        }
        execute("DELETE FROM cron_engine.usual_duration");
        execute("""
                UPDATE cron.alarm_settings
                   SET failed = true, recovered = true, late_after = NULL, long_after = NULL, repeat_after = '1 h', queue_over = 1000,
                       no_leader_after = '30 s', connections_over = 90
                """);
    }

    private void execute(String sql) {
        database.owner().sql(sql).update();
    }

    private void ask(String sql) {
        database.owner().sql(sql).query().listOfRows();
    }

    /** A job that fails while something is broken. */
    private long fragile(String options) {
        long jobid = jobs.create(
                "DO 'BEGIN IF EXISTS (SELECT FROM test.broken) THEN RAISE division_by_zero USING MESSAGE = ''secret''''s out''; END IF; END'");
        jobs.set(jobid, options);
        return jobid;
    }

    private void setBroken(boolean broken) {
        execute(broken ? "INSERT INTO test.broken VALUES (true)" : "DELETE FROM test.broken");
    }

    private long run(long jobid, OffsetDateTime at) {
        long runid = jobs.start(jobid);
        settle(at);
        return runid;
    }

    private void settle(OffsetDateTime at) {
        clock.tick(at);
        clock.work();
        clock.tick(at);
    }

    private void watch(String step, OffsetDateTime now) {
        database.owner()
                .sql("SELECT cron_engine.watch_" + step + "(?)")
                .param(now)
                .query()
                .listOfRows();
    }

    private void watchScheduler(String drift, OffsetDateTime now) {
        database.owner()
                .sql("SELECT cron_engine.watch_scheduler(?::interval, ?)")
                .param(drift)
                .param(now)
                .query()
                .listOfRows();
    }

    /** Kind and whether it goes on, in the order in which they were raised. */
    private List<String> alarms() {
        return database.owner()
                .sql(
                        "SELECT concat(kind, CASE WHEN ended_at IS NULL THEN '…' END) FROM cron.alarm WHERE kind NOT IN ('no_leader') ORDER BY alarmid")
                .query(String.class)
                .list();
    }

    private String last(String expression) {
        return jobs.value("SELECT " + expression + " FROM cron.alarm ORDER BY alarmid DESC LIMIT 1");
    }

    /** Of the last one, but for the job's name, which tells nothing. */
    private String message() {
        return last("message").replaceAll(" \"job \\d+\"", "");
    }

    @Test
    void failureIsAlarmedOnOnceAndItsEndOnce() {
        long jobid = fragile("log_level = 'all'");
        setBroken(true);

        long failed = run(jobid, NOON);
        run(jobid, NOON.plusMinutes(1));

        assertThat(alarms()).containsExactly("failed…");
        assertThat(last("concat_ws(' ', jobid, runid, severity, username = CURRENT_USER)"))
                .isEqualTo(jobid + " " + failed + " error t");
        assertThat(message()).startsWith("Job " + jobid + " failed (22012): secret's out");

        setBroken(false);
        long succeeded = run(jobid, NOON.plusMinutes(2));
        run(jobid, NOON.plusMinutes(3));

        assertThat(alarms()).containsExactly("failed", "recovered");
        assertThat(last("runid")).isEqualTo(String.valueOf(succeeded));
        assertThat(message()).isEqualTo("Job " + jobid + " succeeded again after 2 min");

        setBroken(true);
        run(jobid, NOON.plusMinutes(4));

        assertThat(alarms()).containsExactly("failed", "recovered", "failed…");
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "failures"})
    void failureIsAlarmedOnAfterTheLastAttemptWhateverTheHistoryKeeps(String logLevel) {
        long jobid = fragile("log_level = '" + logLevel + "', max_attempts = 2, retry_delay = '0'");
        setBroken(true);

        jobs.start(jobid);
        clock.tick(NOON);
        clock.work();
        clock.tick(NOON);
        assertThat(alarms()).as("another attempt is to come").isEmpty();
        settle(NOON);

        assertThat(alarms()).containsExactly("failed…");
        assertThat(message()).contains("secret's out").endsWith("; that was attempt 2");
        setBroken(false);
        run(jobid, NOON);
        assertThat(alarms()).containsExactly("failed", "recovered");
    }

    @Test
    void whatHasOtherRulesIsLeftOut() {
        long silent = fragile("log_level = 'all'");
        long unended = fragile("log_level = 'all'");
        ask("SELECT cron.set_alarms(" + silent + ", failed => false)");
        ask("SELECT cron.set_alarms(" + unended + ", recovered => false, severity => 'critical')");
        setBroken(true);
        run(silent, NOON);
        run(unended, NOON);
        long canceled = jobs.start(silent);
        jobs.cancel(canceled);
        settle(NOON);
        setBroken(false);
        run(unended, NOON);

        assertThat(alarms()).containsExactly("failed");
        assertThat(last("severity")).isEqualTo("critical");
    }

    @Test
    void canceledRunHasNotFailed() {
        long jobid = jobs.create("SELECT 1");
        jobs.cancel(jobs.start(jobid));
        settle(NOON);

        assertThat(alarms()).isEmpty();
    }

    @Test
    void jobThatIsDeactivatedForItsFailuresIsAlarmedOnUntilItIsActiveAgain() {
        long jobid = fragile("max_failures = 1");
        setBroken(true);
        run(jobid, NOON);

        assertThat(alarms()).containsExactly("failed…", "deactivated…");
        assertThat(message()).isEqualTo("Job " + jobid + " was deactivated: failed 1 times in a row");

        jobs.alter(jobid, "active = true");
        ask("SELECT cron_engine.end_job_alarms(now())");
        assertThat(alarms()).containsExactly("failed…", "deactivated", "recovered");

        jobs.unschedule(jobid);
        ask("SELECT cron_engine.end_job_alarms(now())");
        assertThat(alarms()).as("gone without a word").containsExactly("failed", "deactivated", "recovered");
    }

    @Test
    void pauseByAPersonIsNoAlarm() {
        long jobid = jobs.create("SELECT 1");
        jobs.alter(jobid, "active = false");
        ask("SELECT cron_engine.end_job_alarms(now())");

        assertThat(alarms()).isEmpty();
    }

    @Test
    void lateRunIsAlarmedOnUntilItStarts() {
        OffsetDateTime now = jobs.now();
        long jobid = jobs.create("SELECT 1");
        ask("SELECT cron.set_alarms(" + jobid + ", late_after => '5 min')");
        long runid = jobs.start(jobid);

        watch("starts", now.plusMinutes(4));
        assertThat(alarms()).isEmpty();
        watch("starts", now.plusMinutes(6));
        watch("starts", now.plusMinutes(7));
        assertThat(alarms()).containsExactly("late…");
        assertThat(last("concat_ws(' ', runid, severity)")).isEqualTo(runid + " warning");
        assertThat(message()).startsWith("Job " + jobid + " has not started, 6 min");

        settle(now);
        watch("starts", now.plusMinutes(8));
        assertThat(alarms()).containsExactly("late", "recovered");
        jobs.start(jobid);
        watch("starts", now.plusMinutes(20));
        assertThat(alarms()).as("within repeat_after").containsExactly("late", "recovered");
        watch("starts", now.plusMinutes(80));
        assertThat(alarms()).containsExactly("late", "recovered", "late…");
    }

    @Test
    void lateStartIsSeenAfterTheRunHasEndedToo() {
        long jobid = jobs.create("SELECT 1");
        execute("UPDATE cron.alarm_settings SET late_after = '5 min', repeat_after = '0'");
        long runid = run(jobid, jobs.now());
        execute("UPDATE cron.job_run_details SET queued_time = queued_time - interval '10 min' WHERE runid = " + runid);

        watch("starts", jobs.now());
        watch("starts", jobs.now());

        assertThat(alarms()).containsExactly("late");
        assertThat(message()).startsWith("Job " + jobid + " started 10 min");
    }

    @Test
    void whileAllIsPausedNothingIsLate() {
        jobs.start(jobs.create("SELECT 1"));
        execute("UPDATE cron.alarm_settings SET late_after = '1 s'");
        execute("UPDATE cron.settings SET paused = true");
        try {
            watch("starts", jobs.now().plusMinutes(1));
            assertThat(alarms()).isEmpty();
        } finally {
            execute("UPDATE cron.settings SET paused = false");
        }
    }

    @Test
    void longRunIsAlarmedOnWhileItRunsAndWhenItHas() throws Exception {
        long jobid = jobs.create("SELECT pg_sleep(60)");
        long quick = jobs.create("SELECT 1");
        execute("UPDATE cron.alarm_settings SET long_after = '10 min'");
        ask("SELECT cron.set_alarms(" + quick + ", long_after => '0')");
        long runid = jobs.start(jobid);
        clock.tick(jobs.now());
        TestClock.Worker worker = clock.startWork();
        jobs.running(runid);

        watch("durations", jobs.now().plusMinutes(9));
        assertThat(alarms()).isEmpty();
        watch("durations", jobs.now().plusMinutes(11));
        assertThat(alarms()).containsExactly("long…");
        assertThat(message())
                .startsWith("Job " + jobid + " has been running for 11 min")
                .endsWith("the limit is 10 min");

        jobs.cancel(runid);
        clock.markStops(jobs.now());
        clock.sweep(jobs.now());
        worker.join();
        settle(jobs.now());
        watch("durations", jobs.now());
        assertThat(alarms()).containsExactly("long", "recovered");

        long ended = run(quick, jobs.now());
        execute("UPDATE cron.job_run_details SET start_time = end_time - interval '1 h' WHERE runid = " + ended);
        watch("durations", jobs.now());
        assertThat(alarms()).as("0 switches the default off").containsExactly("long", "recovered");
        execute("UPDATE cron.job_alarms SET long_after = NULL");
        watch("durations", jobs.now());
        watch("durations", jobs.now());
        assertThat(alarms()).containsExactly("long", "recovered", "long");
    }

    @Test
    void runIsLongByWhatIsUsual() {
        long jobid = jobs.create("SELECT 1");
        ask("SELECT cron.set_alarms(" + jobid + ", long_factor => 3)");
        database.owner().sql("""
                        INSERT INTO cron.job_run_details (jobid, status, queued_time, start_time, end_time, trigger)
                        SELECT ?, 'succeeded', t, t, t + interval '10 s', 'schedule'
                          FROM generate_series(now() - interval '19 h', now() - interval '1 h', '1 h') t
                        """).param(jobid).update();
        watch("durations", jobs.now());
        assertThat(jobs.value("SELECT p95 FROM cron_engine.usual_duration"))
                .as("19 are too few")
                .isEmpty();

        long runid = run(jobid, jobs.now());
        execute("UPDATE cron.job_run_details SET start_time = end_time - interval '29 s' WHERE runid = " + runid);
        watch("durations", jobs.now().plusHours(2));
        execute("UPDATE cron_engine.usual_duration SET counted_at = now()");
        watch("durations", jobs.now());
        assertThat(alarms()).isEmpty();
        execute("UPDATE cron.job_run_details SET start_time = end_time - interval '31 s' WHERE runid = " + runid);
        watch("durations", jobs.now());

        assertThat(message()).isEqualTo("Job " + jobid + " ran for 31 s; the limit is 30 s");
        assertThat(last("details ->> 'p95'")).startsWith("10");
    }

    @ParameterizedTest
    @ValueSource(strings = {"all", "none"})
    void jobThatHasNotSucceededForLongIsAlarmedOn(String logLevel) {
        long jobid = fragile("log_level = '" + logLevel + "'");
        ask("SELECT cron.set_alarms(" + jobid + ", no_success_for => '1 day', failed => false)");
        watch("successes", NOON);
        watch("successes", NOON.plusHours(23));
        assertThat(alarms()).isEmpty();
        setBroken(true);
        run(jobid, NOON.plusHours(24));
        watch("successes", NOON.plusHours(25));
        watch("successes", NOON.plusHours(26));
        assertThat(alarms()).containsExactly("no_success…");
        assertThat(message()).isEqualTo("Job " + jobid + " has not succeeded for 1 d 1 h");

        setBroken(false);
        run(jobid, NOON.plusHours(27));
        watch("successes", NOON.plusHours(28));
        watch("successes", NOON.plusHours(50));
        assertThat(alarms()).containsExactly("no_success", "recovered");
    }

    @Test
    void jobThatIsInactiveNeedNotSucceedAndBeginsAnew() {
        long jobid = jobs.create("SELECT 1");
        ask("SELECT cron.set_alarms(" + jobid + ", no_success_for => '1 day')");
        watch("successes", NOON);
        jobs.alter(jobid, "active = false");
        watch("successes", NOON.plusDays(3));
        jobs.alter(jobid, "active = true");
        watch("successes", NOON.plusDays(4));
        watch("successes", NOON.plusDays(4).plusHours(23));
        assertThat(alarms()).isEmpty();
        watch("successes", NOON.plusDays(6));
        assertThat(alarms()).containsExactly("no_success…");
        ask("SELECT cron.set_alarms(" + jobid + ", no_success_for => '0')");
        watch("successes", NOON.plusDays(6));

        assertThat(alarms()).as("without a word").containsExactly("no_success");
    }

    @Test
    void schedulerThatNobodyLeadsIsAlarmedOnAfterAWhile() {
        OffsetDateTime now = jobs.now();
        watchScheduler("0", now);
        watchScheduler("0", now.plusSeconds(29));
        assertThat(jobs.value("SELECT count(*) FROM cron.alarm")).isEqualTo("0");
        watchScheduler("0", now.plusSeconds(31));
        watchScheduler("0", now.plusSeconds(41));
        assertThat(last("concat_ws(' ', kind, severity, ended_at IS NULL)")).isEqualTo("no_leader critical t");

        try (var daemon = database.startDaemon()) {
            await().until(() -> !jobs.value("SELECT cron_engine.leader_pid()").isEmpty());
            watchScheduler("0", jobs.now());
            assertThat(last("concat_ws(' ', kind, message)")).startsWith("recovered The scheduler is led again after");

            watchScheduler("0", jobs.now().plusMinutes(1));
            assertThat(last("concat_ws(' ', kind, severity)")).isEqualTo("tick_old critical");
            watchScheduler("0", jobs.now());
            assertThat(message()).startsWith("The scheduler ticks again");
            assertThat(daemon.isRunning()).isTrue();
        }
        assertThat(jobs.value("SELECT count(*) FROM cron.alarm")).isEqualTo("4");
    }

    @Test
    void queueAndConnectionsAreAlarmedOnAfterAMinute() {
        OffsetDateTime now = jobs.now();
        execute("UPDATE cron.alarm_settings SET queue_over = 1, connections_over = 1, no_leader_after = NULL");
        long jobid = jobs.create("SELECT 1");
        jobs.set(jobid, "overlap = 'allow'");
        jobs.start(jobid);
        jobs.start(jobid);
        watchScheduler("0", now.plusSeconds(1));
        watchScheduler("0", now.plusSeconds(59));
        assertThat(alarms()).isEmpty();
        watchScheduler("0", now.plusSeconds(62));

        assertThat(alarms()).containsExactly("queue…", "connections…");
        assertThat(jobs.value("SELECT message FROM cron.alarm WHERE kind = 'queue'"))
                .isEqualTo("2 runs wait whose time has come");
        settle(now);
        execute("UPDATE cron.alarm_settings SET connections_over = 100");
        watchScheduler("0", now.plusSeconds(70));
        assertThat(alarms()).containsExactly("queue", "connections", "recovered", "recovered");
    }

    @Test
    void jumpOfTheClockIsAlarmedOnOnceWhoeverNotices() {
        execute("UPDATE cron.alarm_settings SET no_leader_after = NULL");
        watchScheduler("9 s", NOON);
        assertThat(alarms()).isEmpty();
        watchScheduler("-1 h", NOON);
        watchScheduler("-1 h", NOON.plusSeconds(8));

        assertThat(alarms()).containsExactly("clock_jump…");
        assertThat(message()).isEqualTo("The server's clock has jumped back by 1 h");
        watchScheduler("0", NOON.plusMinutes(2));
        assertThat(alarms()).containsExactly("clock_jump");
        watchScheduler("11 s", NOON.plusMinutes(3));
        assertThat(message()).isEqualTo("The server's clock has jumped ahead by 11 s");
    }

    @Test
    void alarmsAreSeenByTheirOwnersAndByAdministrators() {
        String user = database.createUser("alarmed");
        long jobid = jobs.create(user, "SELECT 1");
        database.as(user)
                .sql("SELECT cron.set_alarms(?, late_after => '1 min')")
                .param(jobid)
                .query()
                .listOfRows();
        jobs.start(jobid);
        watch("starts", jobs.now().plusMinutes(2));
        watchScheduler("-1 h", NOON);

        assertThat(database.as(user)
                        .sql("SELECT string_agg(kind, ' ') FROM cron.alarm")
                        .query(String.class)
                        .single())
                .isEqualTo("late");
        assertThat(database.as(user)
                        .sql("SELECT count(*) FROM cron.alarm_details")
                        .query(Integer.class)
                        .single())
                .isOne();
        assertThat(database.as(user)
                        .sql("SELECT late_after = '1 min' AND failed FROM cron.alarm_rules")
                        .query(Boolean.class)
                        .single())
                .isTrue();
        assertThat(jobs.value("SELECT count(*) FROM cron.alarm_details WHERE kind <> 'no_leader'"))
                .isEqualTo("2");
    }

    @Test
    void rulesOfOthersAndWrongOnesAreRefused() {
        String user = database.createUser("curious");
        long jobid = jobs.create("SELECT 1");

        assertThat(refusal(user, "SELECT cron.set_alarms(" + jobid + ", failed => false)"))
                .isEqualTo("P0002");
        assertThat(refusal(user, "INSERT INTO cron.job_alarms (jobid) VALUES (" + jobid + ")"))
                .isEqualTo("P0002");
        assertThat(refusal(user, "UPDATE cron.alarm_settings SET failed = false"))
                .isEqualTo("42501");
        assertThat(
                        refusal(
                                user,
                                "INSERT INTO cron.alarm (kind, severity, raised_at, message) VALUES ('failed', 'error', now(), '')"))
                .isEqualTo("42501");
        for (String wrong : List.of(
                "late_after => '-1 s'", "long_factor => 0.5", "severity => 'bad'", "no_success_for => '101 years'")) {
            assertThat(refusal(database.ownerName(), "SELECT cron.set_alarms(" + jobid + ", " + wrong + ")"))
                    .isEqualTo("23514");
        }
        assertThat(refusal(database.ownerName(), "UPDATE cron.alarm_settings SET quiet_from = '22:00'"))
                .isEqualTo("23514");
        assertThat(refusal(database.ownerName(), "UPDATE cron.alarm_settings SET quiet_timezone = 'Europe/Nowhere'"))
                .isEqualTo("22023");
        assertThat(refusal(database.ownerName(), "DELETE FROM cron.alarm_settings"))
                .isEqualTo("23001");
        assertThat(jobs.value("SELECT count(*) FROM cron.job_alarms")).isEqualTo("0");
    }

    @Test
    void rulesGoWithTheirJob() {
        long jobid = jobs.create("SELECT 1");
        ask("SELECT cron.set_alarms(" + jobid + ", late_after => '1 min')");
        execute("UPDATE cron.job SET jobid = 4242 WHERE jobid = " + jobid);
        assertThat(jobs.value("SELECT jobid FROM cron.job_alarms")).isEqualTo("4242");
        jobs.unschedule(4242);

        assertThat(jobs.value("SELECT count(*) FROM cron.job_alarms")).isEqualTo("0");
    }

    private String refusal(String role, String sql) {
        return String.valueOf(
                SqlFailure.of(() -> database.as(role).sql(sql).query().listOfRows())
                        .sqlState());
    }
}
