package io.cronlink.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.cronlink.database.CronlinkDatabase;
import io.cronlink.database.TestDatabase;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs that come of others: for which time they run, and when a retry is of no use any more. */
@Tag("engine")
@CronlinkDatabase
class RetryTests {

    private static final OffsetDateTime NOON = OffsetDateTime.of(2031, 5, 5, 12, 0, 0, 0, ZoneOffset.UTC);
    private static final String LATER = "max_attempts = 3, retry_delay = '10 h', ";

    private final TestDatabase database;
    private final TestJobs jobs;
    private final TestClock clock;

    RetryTests(TestDatabase database) {
        this.database = database;
        this.jobs = new TestJobs(database);
        this.clock = new TestClock(database);
        database.owner()
                .sql("UPDATE cron.settings SET max_retry_delay = '10 h'")
                .update();
    }

    @AfterEach
    void clear() {
        clock.close();
        jobs.clear();
    }

    private long hourly(String command, String options) {
        long jobid = jobs.schedule("0 * * * *", command);
        jobs.set(jobid, options);
        clock.startTimer(jobid, NOON.minusMinutes(30));
        return jobid;
    }

    private void round(OffsetDateTime now) {
        clock.tick(now);
        clock.work();
        clock.tick(now);
    }

    private List<String> statuses(long jobid) {
        return jobs.runsOf(jobid).stream().map(RecordedRun::status).toList();
    }

    private RecordedRun last(long jobid) {
        List<RecordedRun> runs = jobs.runsOf(jobid);
        return runs.get(runs.size() - 1);
    }

    private String failures(long jobid) {
        return jobs.value("SELECT failures FROM cron_engine.job_state WHERE jobid = " + jobid);
    }

    private long follower(long jobid, String kind, String command) {
        return jobs.schedule(
                "@" + kind + " " + jobs.value("SELECT jobname FROM cron.job WHERE jobid = " + jobid), command);
    }

    @Test
    void whatComesOfARunIsForTheTimeOfThatRun() {
        long jobid = hourly(
                "DO $$ BEGIN RAISE EXCEPTION '%', current_setting('cronlink.scheduled_time')::timestamptz AT TIME ZONE 'UTC'; END $$",
                "max_attempts = 2, retry_delay = '0'");
        long follower = follower(
                jobid,
                "after-failure",
                "SELECT current_setting('cronlink.scheduled_time')::timestamptz AT TIME ZONE 'UTC'");

        for (int i = 0; i < 3; i++) {
            round(NOON);
        }
        long rerun = database.owner()
                .sql("SELECT cron.rerun(?)")
                .param(last(follower).runid())
                .query(Long.class)
                .single();
        round(NOON.plusMinutes(5));

        assertThat(statuses(jobid)).containsExactly("failed", "failed");
        assertThat(jobs.runsOf(jobid)).allSatisfy(run -> {
            assertThat(run.scheduledTime()).isEqualTo(NOON);
            assertThat(run.returnMessage()).contains("2031-05-05 12:00:00");
        });
        assertThat(jobs.runsOf(follower)).hasSize(2).allSatisfy(run -> {
            assertThat(run.scheduledTime()).isEqualTo(NOON);
            assertThat(run.result()).isEqualTo("2031-05-05 12:00:00");
        });
        assertThat(jobs.find(rerun).trigger()).isEqualTo("manual");
    }

    @Test
    void whatAPersonAskedForIsForNoTime() {
        long jobid = hourly("SELECT 1 / 0", "max_attempts = 2, retry_delay = '0'");
        jobs.start(jobid);

        round(NOON.minusMinutes(20));

        assertThat(statuses(jobid)).containsExactly("failed", "queued");
        assertThat(jobs.runsOf(jobid)).extracting(RecordedRun::scheduledTime).containsOnlyNulls();
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlap = 'queue'", "overlap = 'skip'", "overlap = 'skip', catch_up = 'skip'"})
    void aWaitingRetryGivesWayToTheNextFire(String options) {
        long jobid = hourly("SELECT 1 / 0", LATER + options);
        round(NOON);
        assertThat(statuses(jobid)).containsExactly("failed", "queued");

        clock.tick(NOON.plusHours(1));

        assertThat(statuses(jobid)).containsExactly("failed", "skipped", "queued");
        assertThat(jobs.runsOf(jobid).get(1).returnMessage()).isEqualTo("gave way to the next fire");
        assertThat(last(jobid).trigger()).isEqualTo("schedule");
        // In the same tick.
        assertThat(jobs.value("SELECT ready FROM cron_engine.queue")).isEqualTo("true");
        assertThat(jobs.value("SELECT count(*) FROM cron_engine.saved_run")).isEqualTo("0");
        clock.work();
        clock.tick(NOON.plusHours(1));
        assertThat(statuses(jobid)).containsExactly("failed", "skipped", "failed", "queued");
        assertThat(last(jobid).attempt()).isEqualTo(2);
    }

    @Test
    void aRetryThatIsReadyGivesWayToo() {
        long jobid = hourly("SELECT 1 / 0", "max_attempts = 3, retry_delay = '0'");
        round(NOON);
        assertThat(jobs.value("SELECT ready FROM cron_engine.queue")).isEqualTo("true");

        clock.tick(NOON.plusHours(1));

        assertThat(statuses(jobid)).containsExactly("failed", "skipped", "queued");
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlap = 'allow'", "catch_up = 'all'", "catch_up = 'all', overlap = 'skip'"})
    void aRetryStaysWhereEachFireCounts(String options) {
        long jobid = hourly("SELECT 1 / 0", LATER + options);
        round(NOON);

        clock.tick(NOON.plusHours(1));

        assertThat(statuses(jobid)).containsExactly("failed", "queued", "queued");
        assertThat(jobs.runsOf(jobid))
                .extracting(RecordedRun::trigger)
                .containsExactly("schedule", "retry", "schedule");
    }

    @ParameterizedTest
    @CsvSource({
        "start_deadline = '10 min', start deadline passed",
        "catch_up = 'skip', missed: the scheduler was not running"
    })
    void aRetryStaysWhenTheNextFireDoesNotRun(String options, String reason) {
        long jobid = hourly("SELECT 1 / 0", LATER + options);
        round(NOON);

        clock.tick(NOON.plusMinutes(80));

        assertThat(statuses(jobid)).containsExactly("failed", "queued", "skipped");
        assertThat(last(jobid).returnMessage()).isEqualTo(reason);
    }

    @Test
    void aRetryThatRunsIsTheJobRunning() {
        try (TestLock lock = new TestLock(database)) {
            database.owner().sql("CREATE SEQUENCE IF NOT EXISTS app.retries").update();
            long jobid = hourly(
                    "DO $$ BEGIN PERFORM 1 / (nextval('app.retries') - 1); END $$; " + lock.command(),
                    "max_attempts = 2, retry_delay = '0', overlap = 'skip'");
            round(NOON);
            TestClock.Worker worker = clock.startWork();
            jobs.running(last(jobid).runid());

            clock.tick(NOON.plusHours(1));

            assertThat(statuses(jobid)).containsExactly("failed", "running", "skipped");
            assertThat(last(jobid).returnMessage()).isEqualTo("the job was still running");
            lock.open();
            worker.join();
        }
    }

    @Test
    void aRetryThatAWorkerIsJustTakingRuns() throws java.sql.SQLException {
        long jobid = hourly("SELECT 1 / 0", LATER + "overlap = 'queue'");
        round(NOON);
        try (java.sql.Connection session = database.connect(database.ownerName());
                java.sql.Statement statement = session.createStatement()) {
            session.setAutoCommit(false);
            statement.execute("SELECT FROM cron_engine.queue FOR UPDATE");

            clock.tick(NOON.plusHours(1));

            assertThat(statuses(jobid)).containsExactly("failed", "queued", "queued");
            session.rollback();
        }
        assertThat(jobs.value("SELECT bool_or(ready) FROM cron_engine.queue WHERE NOT retry"))
                .isEqualTo("true");
    }

    @Test
    void aRunWhoseRetryGaveWayHasFailed() {
        long jobid = hourly("SELECT 1 / 0", LATER + "max_failures = 2");
        long follower = follower(jobid, "after-failure", "SELECT 1");
        round(NOON);
        assertThat(failures(jobid)).isIn("", "0");

        clock.tick(NOON.plusHours(1));
        clock.tick(NOON.plusHours(1));

        assertThat(failures(jobid)).isEqualTo("1");
        assertThat(jobs.runsOf(follower)).extracting(RecordedRun::scheduledTime).containsExactly(NOON);
        clock.work();
        clock.tick(NOON.plusHours(1));
        clock.tick(NOON.plusHours(2));
        clock.tick(NOON.plusHours(2));
        assertThat(jobs.value("SELECT deactivated_reason FROM cron.job_details WHERE jobid = " + jobid))
                .isEqualTo("failed 2 times in a row");
        // The fire that it gave way to.
        assertThat(last(jobid).returnMessage()).isEqualTo("job deactivated: failed 2 times in a row");
    }
}
