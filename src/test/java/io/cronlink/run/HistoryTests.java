package io.cronlink.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.cronlink.database.CronlinkDatabase;
import io.cronlink.database.TestDatabase;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is kept of the past, for how long, and how it is found. Without a daemon. */
@Tag("engine")
@CronlinkDatabase
class HistoryTests {

    private final TestDatabase database;
    private final TestJobs jobs;
    private final TestClock clock;

    HistoryTests(TestDatabase database) {
        this.database = database;
        this.jobs = new TestJobs(database);
        this.clock = new TestClock(database);
    }

    @AfterEach
    void clear() {
        clock.close();
        jobs.clear();
        database.owner().sql("""
            UPDATE cron.settings SET (keep_runs, keep_failed_runs, keep_runs_per_job, log_level) = ('30 days', '90 days', NULL, 'all')
            """).update();
    }

    private void settings(String changes) {
        database.owner().sql("UPDATE cron.settings SET " + changes).update();
    }

    private int purge() {
        return database.owner()
                .sql("SELECT cron_engine.purge_history(now())")
                .query(Integer.class)
                .single();
    }

    /** One past run a day, the last one now; each tenth failed. */
    private void past(int count) {
        database.owner().sql("""
                        INSERT INTO cron.job_run_details (jobid, username, command, status, sqlstate, queued_time, start_time, end_time)
                        SELECT i % 7, current_user, '', CASE WHEN i % 10 = 0 THEN 'failed' ELSE 'succeeded' END,
                               CASE WHEN i % 10 = 0 THEN '22012' END, t, t, t
                        FROM generate_series(? - 1, 0, -1) AS i, LATERAL (SELECT now() - make_interval(days => i)) AS p (t)
                        """).param(count).update();
    }

    private List<String> kept() {
        return database.owner().sql("""
                        SELECT status || ' ' || count(*) || ' ' || max(extract(day FROM now() - queued_time))::integer
                        FROM cron.job_run_details GROUP BY status ORDER BY status
                        """).query(String.class).list();
    }

    @Test
    void keepsFailuresLonger() {
        past(200);

        assertThat(purge()).isEqualTo(200 - 27 - 9);

        // Of the last 30 days all, of the last 90 the failures: every tenth day from today on.
        assertThat(kept()).containsExactly("failed 9 80", "succeeded 27 29");
        assertThat(purge()).isZero();
    }

    @Test
    void keepsEverythingWhereNoAgeIsSet() {
        settings("keep_runs = NULL, keep_failed_runs = NULL");
        past(200);

        assertThat(purge()).isZero();
    }

    @Test
    void removesAThousandOfEachKindAtATime() {
        settings("keep_runs = '10 days', keep_failed_runs = '10 days'");
        past(15_000);

        assertThat(purge()).isEqualTo(2_000);
        assertThat(purge()).isBetween(1_000, 2_000);
        assertThat(kept().toString()).contains("succeeded");
    }

    @Test
    void keepsOldRunsThatHaveNotEnded() {
        past(200);
        long runid = jobs.start(jobs.create("SELECT 1"));
        database.owner()
                .sql("UPDATE cron.job_run_details SET queued_time = now() - interval '1 year' WHERE runid = ?")
                .param(runid)
                .update();

        purge();

        assertThat(jobs.find(runid).status()).isEqualTo("queued");
    }

    @Test
    void keepsTheLatestOfEachJob() {
        settings("keep_runs_per_job = 3");
        long jobid = jobs.create("SELECT 1");
        long other = jobs.create("SELECT 2");
        runNow(other);
        for (int i = 0; i < 5; i++) {
            runNow(jobid);
        }

        List<RecordedRun> runs = jobs.runsOf(jobid);

        assertThat(runs).hasSize(3);
        assertThat(jobs.value("SELECT max(runid) FROM cron.job_run_details"))
                .isEqualTo(String.valueOf(runs.get(2).runid()));
        assertThat(jobs.runsOf(other)).hasSize(1);
    }

    @Test
    void removesALongHistoryOfAJobBitByBit() {
        long jobid = jobs.create("SELECT 1");
        database.owner().sql("""
                        INSERT INTO cron.job_run_details (jobid, username, command, status, queued_time, end_time)
                        SELECT ?, current_user, '', 'succeeded', now(), now() FROM generate_series(1, 5000)
                        """).param(jobid).update();
        settings("keep_runs_per_job = 10");

        runNow(jobid);

        assertThat(jobs.value("SELECT count(*) FROM cron.job_run_details WHERE jobid = " + jobid))
                .isEqualTo("4001");
    }

    private void runNow(long jobid) {
        jobs.start(jobid);
        OffsetDateTime now = jobs.now();
        clock.tick(now);
        clock.work();
        clock.tick(now);
    }

    @ParameterizedTest
    @CsvSource({"all, 2, succeeded failed", "failures, 1, failed", "none, 0, ''"})
    void recordsWhatTheLogLevelSays(String level, int count, String statuses) {
        long jobid = jobs.create("SELECT 1");
        jobs.set(jobid, "log_level = '" + level + "'");
        runNow(jobid);
        jobs.alter(jobid, "command = 'SELECT 1 / 0'");
        runNow(jobid);

        assertThat(jobs.runsOf(jobid)).hasSize(count);
        assertThat(String.join(
                        " ",
                        jobs.runsOf(jobid).stream().map(RecordedRun::status).toList()))
                .isEqualTo(statuses);
        assertThat(jobs.value("SELECT failures FROM cron_engine.job_state WHERE jobid = " + jobid))
                .isEqualTo("1");
    }

    @ParameterizedTest
    @CsvSource({"all, 1", "failures, 0", "none, 0"})
    void recordsSkippedFiresOnlyWhereAllIsRecorded(String level, int count) {
        long jobid = jobs.schedule("0 * * * *", "SELECT 1");
        jobs.set(jobid, "catch_up = 'skip', log_level = '" + level + "'");
        OffsetDateTime now = jobs.now();
        clock.startTimer(jobid, now.minusHours(3));

        clock.tick(now);

        assertThat(jobs.runsOf(jobid)).hasSize(count);
        assertThat(jobs.value("SELECT next_fire > now() FROM cron_engine.timer WHERE jobid = " + jobid))
                .isEqualTo("true");
    }

    @Test
    void knowsTheFirstRunSinceATime() {
        past(100);
        for (int days : new int[] {0, 1, 50, 98, 99}) {
            assertThat(jobs.value("""
                            SELECT cron_engine.first_run_since(t) = (SELECT min(runid) FROM cron.job_run_details WHERE queued_time >= t)
                            FROM (SELECT now() - interval '%s days 12 hours') AS s (t)
                            """.formatted(days))).as(String.valueOf(days)).isIn("true", "");
        }
        assertThat(jobs.value("SELECT cron_engine.first_run_since('-infinity') = min(runid) FROM cron.job_run_details"))
                .isEqualTo("true");
        database.owner().sql("DELETE FROM cron.job_run_details").update();
        assertThat(jobs.value("SELECT cron_engine.first_run_since(now())")).isEmpty();
    }

    @Test
    void isSummedUpPerJobForItsOwner() {
        String role = database.createJobUser("counted");
        long jobid = jobs.create(role, "SELECT 1");
        jobs.create("SELECT 'of the owner'");
        database.owner().sql("""
                        INSERT INTO cron.job_run_details (jobid, username, command, status, sqlstate, queued_time, start_time, end_time)
                        SELECT ?, ?, '', s, CASE s WHEN 'failed' THEN '22012' END, t, t, t + make_interval(secs => i)
                        FROM generate_series(1, 100) AS i,
                             LATERAL (SELECT CASE WHEN i % 10 = 0 THEN 'failed' WHEN i % 25 = 1 THEN 'skipped' ELSE 'succeeded' END,
                                             timestamptz '2026-01-01' + make_interval(hours => i)) AS p (s, t)
                        """).param(jobid).param(role).update();

        List<String> seen = database.as(role).sql("""
                        SELECT concat_ws(' ', jobid, runs, succeeded, failed, skipped, duration_p50, duration_p95, duration_max,
                                         last_success AT TIME ZONE 'GMT', last_failure AT TIME ZONE 'GMT')
                        FROM cron.job_statistics
                        """).query(String.class).list();

        assertThat(seen)
                .containsExactly(jobid
                        + " 100 86 10 4 00:00:50 00:01:35 00:01:39 2026-01-05 03:01:39 2026-01-05 04:01:40"
                                .replace("00:00:50", jobs.value("""
                                        SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY end_time - start_time)
                                        FROM cron.job_run_details WHERE status = 'succeeded'"""))
                                .replace("00:01:35", jobs.value("""
                                        SELECT percentile_disc(0.95) WITHIN GROUP (ORDER BY end_time - start_time)
                                        FROM cron.job_run_details WHERE status = 'succeeded'""")));
        assertThat(jobs.value("SELECT count(*) FROM cron.job_statistics")).isEqualTo("2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT * FROM cron.job_run_details WHERE jobid = 3 ORDER BY runid DESC LIMIT 20 | job_run_details_job_idx",
                "SELECT * FROM cron.job_run_details WHERE jobid = 3 AND runid >= 99000 | job_run_details_job_idx",
                "SELECT * FROM cron.job_run_details WHERE sqlstate IS NOT NULL ORDER BY runid DESC LIMIT 20 | job_run_details_failed_idx",
                "SELECT * FROM cron.job_run_details WHERE sqlstate IS NOT NULL AND runid > 90000 | job_run_details_failed_idx",
                "SELECT * FROM cron.job_run_details ORDER BY runid DESC LIMIT 20 | job_run_details_pkey",
                "SELECT d.* FROM cron.job_run_details AS d JOIN cron_engine.queue AS q USING (runid) WHERE d.status = 'running' | job_run_details_pkey",
            })
    void isFoundByItsIndexes(String query, String index) {
        database.owner().sql("""
                        INSERT INTO cron.job_run_details (jobid, username, command, status, sqlstate, queued_time)
                        SELECT i % 100, current_user, 'SELECT 1', 'succeeded', CASE WHEN i % 1000 = 0 THEN '22012' END, now()
                        FROM generate_series(1, 50000) AS i
                        """).update();
        database.owner().sql("ANALYZE cron.job_run_details").update();

        List<String> plan =
                database.owner().sql("EXPLAIN " + query).query(String.class).list();

        assertThat(String.join("\n", plan)).contains(index).doesNotContain("Seq Scan on job_run_details");
    }

    @Test
    void aTruncateLeavesWhatWaitsOrRuns() {
        long ended = jobs.start(jobs.create("SELECT 1"));
        clock.tick(jobs.now());
        clock.work();
        try (TestLock lock = new TestLock(database)) {
            long running = jobs.start(jobs.create(lock.command()));
            clock.tick(jobs.now());
            TestClock.Worker worker = clock.startWork();
            jobs.running(running);
            long waiting = jobs.start(jobs.create("SELECT 2"));

            database.owner().sql("TRUNCATE cron.job_run_details").update();

            assertThat(database.owner()
                            .sql("SELECT runid FROM cron.job_run_details ORDER BY runid")
                            .query(Long.class)
                            .list())
                    .doesNotContain(ended)
                    .contains(running, waiting);
            lock.open();
            worker.join();
            assertThat(jobs.find(running).status()).isEqualTo("succeeded");
        }
    }

    @Test
    void aRunThatNeverStartedHasOneTimeForBoth() {
        long jobid = jobs.create("SELECT 1");
        long canceled = jobs.start(jobid);
        long forgotten = jobs.start(jobid);

        database.owner().sql("SELECT cron.cancel(?)").param(canceled).query().singleRow();
        jobs.unschedule(jobid);

        for (long runid : new long[] {canceled, forgotten}) {
            RecordedRun run = jobs.find(runid);
            assertThat(run.endTime()).isNotNull().isEqualTo(run.startTime());
        }
    }
}
