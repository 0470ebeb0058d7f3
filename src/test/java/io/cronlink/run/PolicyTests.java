package io.cronlink.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.cronlink.database.CronlinkDatabase;
import io.cronlink.database.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a job may ask for, at a clock that the test sets; without a daemon. */
@Tag("engine")
@CronlinkDatabase
class PolicyTests {

    private static final OffsetDateTime NOON = OffsetDateTime.of(2031, 5, 5, 12, 0, 0, 0, ZoneOffset.UTC);

    private final TestDatabase database;
    private final TestJobs jobs;
    private final TestClock clock;

    PolicyTests(TestDatabase database) {
        this.database = database;
        this.jobs = new TestJobs(database);
        this.clock = new TestClock(database);
    }

    @AfterEach
    void clear() {
        clock.close();
        jobs.clear();
        database.owner().sql("""
            UPDATE cron.settings
            SET (paused, timeout, max_attempts, retry_delay, max_retry_delay, overlap, catch_up, catch_up_limit, start_deadline,
                 max_failures, log_level) = (false, NULL, 1, '10 s', '1 h', 'queue', 'once', 100, NULL, NULL, 'all')
            """).update();
    }

    private long hourly(String command, String policies) {
        long jobid = jobs.schedule("0 * * * *", command);
        jobs.set(jobid, policies);
        clock.startTimer(jobid, NOON.minusMinutes(30));
        return jobid;
    }

    private void setDefaults(String policies) {
        database.owner().sql("UPDATE cron.settings SET " + policies).update();
    }

    private List<String> statuses(long jobid) {
        return jobs.runsOf(jobid).stream().map(RecordedRun::status).toList();
    }

    private List<Instant> times(long jobid) {
        return jobs.runsOf(jobid).stream()
                .map(run -> Objects.requireNonNull(run.scheduledTime()).toInstant())
                .toList();
    }

    private RecordedRun last(long jobid) {
        List<RecordedRun> runs = jobs.runsOf(jobid);
        return runs.get(runs.size() - 1);
    }

    private String nextFire(long jobid) {
        return jobs.value("SELECT next_fire AT TIME ZONE 'GMT' FROM cron_engine.timer WHERE jobid = " + jobid);
    }

    @Test
    void firesOnceForEachFire() {
        long jobid = hourly("SELECT 1", "priority = 0");

        clock.tick(NOON.minusNanos(1000));
        assertThat(jobs.runsOf(jobid)).isEmpty();
        clock.tick(NOON);
        clock.tick(NOON.plusSeconds(1));
        clock.work();

        assertThat(statuses(jobid)).containsExactly("succeeded");
        assertThat(times(jobid)).containsExactly(NOON.toInstant());
        assertThat(last(jobid).trigger()).isEqualTo("schedule");
        assertThat(nextFire(jobid)).isEqualTo("2031-05-05 13:00:00");
    }

    @Test
    void catchesUpOnceForAllThatWasMissed() {
        long jobid = hourly("SELECT 1", "catch_up = 'once'");

        clock.tick(NOON.plusMinutes(330));

        assertThat(statuses(jobid)).containsExactly("queued");
        assertThat(last(jobid).trigger()).isEqualTo("catch-up");
        assertThat(nextFire(jobid)).isEqualTo("2031-05-05 18:00:00");
    }

    @Test
    void catchesUpAllThatWasMissedOneAfterTheOther() {
        long jobid = hourly("SELECT 1", "catch_up = 'all'");

        clock.tick(NOON.plusMinutes(150));

        assertThat(times(jobid))
                .containsExactly(
                        NOON.toInstant(),
                        NOON.plusHours(1).toInstant(),
                        NOON.plusHours(2).toInstant());
        assertThat(jobs.value("SELECT count(*) FROM cron_engine.queue WHERE ready"))
                .isEqualTo("1");
        for (int i = 0; i < 3; i++) {
            clock.work();
            clock.tick(NOON.plusMinutes(151));
        }
        assertThat(statuses(jobid)).containsOnly("succeeded");
        assertThat(jobs.runsOf(jobid)).extracting(RecordedRun::trigger).containsOnly("catch-up");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"0 * * * *,1", "*/7 3 * * *,1440", "30 seconds,1", "0 0 29 2 *,6000", "@every 17 minutes,5"})
    void catchesUpTheLatestWhereTheLimitIsReached(String schedule, int hours) {
        setDefaults("catch_up_limit = 4");
        long jobid = jobs.schedule(schedule, "SELECT 1");
        jobs.set(jobid, "catch_up = 'all'");
        clock.startTimer(jobid, NOON);
        OffsetDateTime now = NOON.plusHours(100L * hours);

        clock.tick(now);

        // By definition: the fires after each are those that follow it.
        List<Instant> fires = times(jobid);
        assertThat(fires).hasSize(4);
        for (int i = 0; i < 4; i++) {
            Instant next = database.owner()
                    .sql("""
                            SELECT cron_engine.next_fire(schedule, timezone, ?::timestamptz, anchor)
                            FROM cron_engine.timer WHERE jobid = ?
                            """)
                    .param(fires.get(i).atOffset(ZoneOffset.UTC))
                    .param(jobid)
                    .query(OffsetDateTime.class)
                    .single()
                    .toInstant();
            if (i < 3) {
                assertThat(next).isEqualTo(fires.get(i + 1));
            } else {
                assertThat(next).isAfter(now.toInstant());
            }
        }
    }

    @Test
    void skipsWhatWasMissedAndSaysSo() {
        long jobid = hourly("SELECT 1", "catch_up = 'skip'");

        clock.tick(NOON.plusMinutes(150));
        clock.tick(NOON.plusHours(3));

        assertThat(statuses(jobid)).containsExactly("skipped", "queued");
        assertThat(jobs.runsOf(jobid).get(0).returnMessage()).isEqualTo("missed: the scheduler was not running");
    }

    @Test
    void skipsAFireThatComesAfterItsStartDeadline() {
        long jobid = hourly("SELECT 1", "start_deadline = '5 min'");

        clock.tick(NOON.plusMinutes(5));

        assertThat(statuses(jobid)).containsExactly("skipped");
        assertThat(last(jobid).returnMessage()).isEqualTo("start deadline passed");
    }

    @Test
    void skipsARunThatWaitsBeyondItsStartDeadline() {
        long jobid = hourly("SELECT 1", "start_deadline = '5 min'");
        clock.tick(NOON);

        clock.sweep(NOON.plusMinutes(5).minusSeconds(1));
        assertThat(statuses(jobid)).containsExactly("queued");
        clock.sweep(NOON.plusMinutes(5));

        assertThat(statuses(jobid)).containsExactly("skipped");
        assertThat(last(jobid).returnMessage()).isEqualTo("start deadline passed");
        assertThat(last(jobid).sqlstate()).isNull();
        assertThat(jobs.value("SELECT count(*) FROM cron_engine.queue")).isEqualTo("0");
    }

    @Test
    void doesNotStartARunAfterItsStartDeadlineEvenBeforeItIsSkipped() {
        OffsetDateTime past = NOON.minusYears(20);
        long jobid = hourly("SELECT 1", "start_deadline = '5 min'");
        clock.startTimer(jobid, past.minusMinutes(30));
        clock.tick(past);

        clock.work();

        assertThat(statuses(jobid)).containsExactly("queued");
    }

    @Test
    void letsOneRunWaitForTheOneThatRuns() {
        try (TestLock lock = new TestLock(database)) {
            long jobid = hourly(lock.command(), "overlap = 'queue'");
            clock.tick(NOON);
            TestClock.Worker worker = clock.startWork();
            jobs.running(last(jobid).runid());

            clock.tick(NOON.plusHours(1));
            clock.tick(NOON.plusHours(2));

            assertThat(statuses(jobid)).containsExactly("running", "queued", "skipped");
            assertThat(last(jobid).returnMessage()).isEqualTo("another run of the job was waiting");
            clock.work();
            assertThat(statuses(jobid)).startsWith("running", "queued");
            lock.open();
            worker.join();
            clock.tick(NOON.plusMinutes(121));
            clock.work();
            assertThat(statuses(jobid)).containsExactly("succeeded", "succeeded", "skipped");
        }
    }

    @Test
    void skipsAFireWhileItRuns() {
        try (TestLock lock = new TestLock(database)) {
            long jobid = hourly(lock.command(), "overlap = 'skip'");
            clock.tick(NOON);
            TestClock.Worker worker = clock.startWork();
            jobs.running(last(jobid).runid());

            clock.tick(NOON.plusHours(1));

            assertThat(statuses(jobid)).containsExactly("running", "skipped");
            assertThat(last(jobid).returnMessage()).isEqualTo("the job was still running");
            lock.open();
            worker.join();
            clock.tick(NOON.plusHours(2));
            clock.work();
            assertThat(statuses(jobid)).containsExactly("succeeded", "skipped", "succeeded");
        }
    }

    @Test
    void runsBesideItselfWhereThatIsAllowed() {
        try (TestLock lock = new TestLock(database)) {
            long jobid = hourly(lock.command(), "overlap = 'allow'");
            List<TestClock.Worker> workers = new ArrayList<>();

            for (int i = 0; i < 3; i++) {
                clock.tick(NOON.plusHours(i));
                workers.add(clock.startWork());
                jobs.running(last(jobid).runid());
            }

            assertThat(statuses(jobid)).containsExactly("running", "running", "running");
            lock.open();
            workers.forEach(TestClock.Worker::join);
            assertThat(statuses(jobid)).containsOnly("succeeded");
        }
    }

    /** Seconds from the tick that settles the failure to the next attempt. */
    private double delay(long jobid, OffsetDateTime now) {
        return Double.parseDouble(jobs.value(
                "SELECT extract(epoch FROM not_before - timestamptz '%s') FROM cron_engine.queue WHERE jobid = %s"
                        .formatted(now, jobid)));
    }

    @Test
    void triesAgainAfterADelayThatDoublesUpToALimit() {
        setDefaults("max_retry_delay = '30 s'");
        long jobid = hourly("SELECT 1 / 0", "max_attempts = 4, retry_delay = '10 s'");
        OffsetDateTime now = NOON;
        clock.tick(now);

        for (int seconds : new int[] {10, 20, 30}) {
            clock.work();
            clock.tick(now);
            double delay = delay(jobid, now);
            assertThat(delay).isBetween(seconds * 0.75, seconds * 1.25);
            clock.tick(now.plusNanos((long) (delay * 1e9) - 1_000_000));
            clock.work();
            assertThat(last(jobid).status()).isEqualTo("queued");
            now = now.plusNanos((long) (delay * 1e9) + 1_000_000);
            clock.tick(now);
        }
        clock.work();
        clock.tick(now);

        assertThat(statuses(jobid)).containsExactly("failed", "failed", "failed", "failed");
        assertThat(jobs.runsOf(jobid)).extracting(RecordedRun::attempt).containsExactly(1, 2, 3, 4);
        assertThat(jobs.runsOf(jobid))
                .extracting(RecordedRun::trigger)
                .containsExactly("schedule", "retry", "retry", "retry");
        assertThat(jobs.value("""
                        SELECT bool_and(d.origin_runid = o.runid) FROM cron.job_run_details AS d
                        JOIN cron.job_run_details AS o ON o.jobid = d.jobid AND o.attempt = d.attempt - 1
                        """)).isEqualTo("true");
        assertThat(jobs.value("SELECT count(*) FROM cron_engine.queue")).isEqualTo("0");
    }

    @Test
    void spreadsTheAttemptsOfJobsThatFailTogether() {
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            ids.add(hourly("SELECT 1 / 0", "max_attempts = 2, retry_delay = '100 s'"));
        }
        clock.tick(NOON);
        clock.work();
        clock.tick(NOON);

        assertThat(ids.stream().map(id -> Math.round(delay(id, NOON))).distinct())
                .hasSizeGreaterThan(3);
    }

    @Test
    void triesNoMoreOnceItSucceeds() {
        database.owner().sql("CREATE SEQUENCE app.tries").update();
        long jobid = hourly("SELECT 1 / (nextval('app.tries') - 1)", "max_attempts = 5, retry_delay = '0'");
        for (int i = 0; i < 4; i++) {
            clock.tick(NOON);
            clock.work();
        }

        assertThat(statuses(jobid)).containsExactly("failed", "succeeded");
        assertThat(jobs.value("SELECT failures FROM cron_engine.job_state WHERE jobid = " + jobid))
                .isIn("", "0");
    }

    private void fail(long jobid, int times) {
        for (int i = 0; i < times; i++) {
            jobs.start(jobid);
            clock.tick(NOON.minusMinutes(10));
            clock.work();
            clock.tick(NOON.minusMinutes(10));
        }
    }

    private String reason(long jobid) {
        return jobs.value(
                "SELECT active || ': ' || coalesce(deactivated_reason, '') FROM cron.job_details WHERE jobid = "
                        + jobid);
    }

    @Test
    void deactivatesAJobThatFailsTooOftenInARow() {
        long jobid = hourly("SELECT 1 / 0", "max_failures = 3");

        fail(jobid, 2);
        assertThat(reason(jobid)).isEqualTo("true: ");
        fail(jobid, 1);

        assertThat(reason(jobid)).isEqualTo("false: failed 3 times in a row");
        assertThat(nextFire(jobid)).isEmpty();
        clock.tick(NOON.plusHours(2));
        assertThat(jobs.runsOf(jobid)).hasSize(3);
    }

    @Test
    void countsAnewWhenItIsActivatedAgain() {
        long jobid = hourly("SELECT 1 / 0", "max_failures = 2");
        fail(jobid, 2);

        jobs.alter(jobid, "active = true");
        assertThat(reason(jobid)).isEqualTo("true: ");
        fail(jobid, 1);
        assertThat(reason(jobid)).isEqualTo("true: ");
        fail(jobid, 1);

        assertThat(reason(jobid)).isEqualTo("false: failed 2 times in a row");
    }

    @Test
    void countsOnlyFailuresInARow() {
        long jobid = hourly("SELECT 1 / 0", "max_failures = 2");
        fail(jobid, 1);
        jobs.alter(jobid, "command = 'SELECT 1'");
        fail(jobid, 1);
        jobs.alter(jobid, "command = 'SELECT 1 / 0'");
        fail(jobid, 1);

        assertThat(reason(jobid)).isEqualTo("true: ");
    }

    @Test
    void countsARunThatIsTriedAgainOnce() {
        long jobid = hourly("SELECT 1 / 0", "max_failures = 2, max_attempts = 3, retry_delay = '0'");
        for (int i = 0; i < 3; i++) {
            clock.tick(NOON);
            clock.work();
        }
        clock.tick(NOON);

        assertThat(jobs.runsOf(jobid)).hasSize(3);
        assertThat(reason(jobid)).isEqualTo("true: ");
        assertThat(jobs.value("SELECT failures FROM cron_engine.job_state WHERE jobid = " + jobid))
                .isEqualTo("1");
    }

    @Test
    void startsTheOneOfHigherPriorityFirst() {
        long low = hourly("SELECT 1", "priority = -5");
        long middle = hourly("SELECT 1", "priority = 0");
        long high = hourly("SELECT 1", "priority = 7");
        clock.tick(NOON);

        clock.work();

        assertThat(database.owner()
                        .sql("SELECT jobid FROM cron.job_run_details ORDER BY start_time")
                        .query(Long.class)
                        .list())
                .containsExactly(high, middle, low);
    }

    @ParameterizedTest
    @CsvSource({"-1, 1", "1, 1", "2, 2", "0, 0", "5, 3"})
    void runsNoMoreOfAGroupThanItsLimit(int limit, int running) {
        if (limit >= 0) {
            database.owner()
                    .sql("INSERT INTO cron.job_group (name, max_running) VALUES ('loads', ?)")
                    .param(limit)
                    .update();
        }
        for (int i = 0; i < 3; i++) {
            hourly("SELECT 1", "job_group = 'loads'");
        }

        clock.tick(NOON);

        assertThat(jobs.value("SELECT count(*) FROM cron_engine.queue WHERE ready"))
                .isEqualTo(String.valueOf(running));
        clock.work();
        clock.tick(NOON);
        assertThat(jobs.value("SELECT count(*) FROM cron_engine.queue WHERE ready"))
                .isEqualTo(String.valueOf(Math.min(running, 3 - running)));
    }

    @Test
    void letsTheHighestPriorityOfAGroupGoFirst() {
        hourly("SELECT 1", "job_group = 'loads'");
        long urgent = hourly("SELECT 1", "job_group = 'loads', priority = 1");

        clock.tick(NOON);

        assertThat(jobs.value("SELECT jobid FROM cron_engine.queue WHERE ready"))
                .isEqualTo(String.valueOf(urgent));
    }

    @Test
    void takesItsDefaultsFromTheSettings() {
        long plain = hourly("SELECT 1", "priority = 0");
        long own = hourly("SELECT 1", """
                timeout = '1 min', max_attempts = 2, retry_delay = '2 s', overlap = 'allow', catch_up = 'all',
                start_deadline = '3 min', max_failures = 4, log_level = 'none'
                """);
        setDefaults("""
                timeout = '7 min', max_attempts = 7, retry_delay = '7 s', overlap = 'skip', catch_up = 'skip',
                start_deadline = '8 min', max_failures = 9, log_level = 'failures'
                """);

        String policies = """
                SELECT concat_ws(' ', timeout, max_attempts, retry_delay, overlap, catch_up, start_deadline, max_failures, log_level)
                FROM cron_engine.effective_job WHERE jobid =\s""";
        assertThat(jobs.value(policies + plain)).isEqualTo("00:07:00 7 00:00:07 skip skip 00:08:00 9 failures");
        assertThat(jobs.value(policies + own)).isEqualTo("00:01:00 2 00:00:02 allow all 00:03:00 4 none");
        clock.tick(NOON);
        assertThat(database.owner()
                        .sql("SELECT jobid, timeout::text FROM cron_engine.queue ORDER BY jobid")
                        .query()
                        .listOfRows())
                .containsExactly(
                        Map.of("jobid", plain, "timeout", "00:07:00"), Map.of("jobid", own, "timeout", "00:01:00"));
    }

    @Test
    void startsNothingWhilePausedAndCatchesUpLater() {
        long waiting = hourly("SELECT 1", "valid_until = '2031-05-01'");
        jobs.start(waiting);
        long jobid = hourly("SELECT 1", "priority = 0");
        setDefaults("paused = true");

        clock.tick(NOON);
        clock.work();
        assertThat(jobs.runsOf(jobid)).isEmpty();
        assertThat(statuses(waiting)).containsExactly("queued");
        setDefaults("paused = false");
        clock.tick(NOON.plusMinutes(10));
        clock.work();

        assertThat(statuses(jobid)).containsExactly("succeeded");
        assertThat(last(jobid).trigger()).isEqualTo("catch-up");
        assertThat(statuses(waiting)).containsExactly("succeeded");
    }

    @ParameterizedTest
    @CsvSource({"true, true", "false, false", "NULL, true"})
    void runsInItsWorkersOwnSessionUnlessItIsNotTransactional(String transactional, boolean inside) {
        long jobid = hourly("SELECT pg_backend_pid()", "transactional = " + transactional);
        clock.tick(NOON);

        clock.work();

        RecordedRun run = last(jobid);
        assertThat(String.valueOf(run.jobPid()).equals(run.result())).isEqualTo(inside);
    }

    @Test
    void firesLateByAFixedShareOfItsJitter() {
        long jobid = jobs.schedule("0 * * * *", "SELECT 1");
        jobs.set(jobid, "jitter = '10 min'");
        clock.startTimer(jobid, NOON.minusMinutes(30));
        Duration late = Duration.between(
                NOON,
                database.owner()
                        .sql("SELECT next_fire FROM cron_engine.timer WHERE jobid = ?")
                        .param(jobid)
                        .query(OffsetDateTime.class)
                        .single());

        clock.tick(NOON.plus(late).minusNanos(1_000_000));
        assertThat(jobs.runsOf(jobid)).isEmpty();
        clock.tick(NOON.plus(late));

        assertThat(late).isBetween(Duration.ZERO, Duration.ofMinutes(10));
        assertThat(times(jobid)).containsExactly(NOON.toInstant());
        assertThat(jobs.value("SELECT next_fire - scheduled_time FROM cron_engine.timer WHERE jobid = " + jobid))
                .startsWith("00:0" + late.toMinutes());
        assertThat(nextFire(jobid)).startsWith("2031-05-05 13:0");
    }
}
