package io.cronlink.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.cronlink.database.CronlinkDatabase;
import io.cronlink.database.TestDatabase;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is counted of runs, and what is logged of them and of jobs; without a daemon. */
@Tag("engine")
@CronlinkDatabase
class RunCountTests {

    private static final OffsetDateTime NOON = OffsetDateTime.of(2027, 5, 5, 12, 0, 0, 0, ZoneOffset.UTC);

    private final TestDatabase database;
    private final TestJobs jobs;
    private final TestClock clock;

    RunCountTests(TestDatabase database) {
        this.database = database;
        this.jobs = new TestJobs(database);
        this.clock = new TestClock(database);
    }

    @BeforeEach
    void forget() {
        tellChanges();
        execute("DELETE FROM cron_engine.run_count");
        execute("DELETE FROM cron_engine.event");
        execute("UPDATE cron_engine.count_point SET event = 0");
    }

    @AfterEach
    void clear() {
        clock.close();
        jobs.clear();
        execute("UPDATE cron.settings SET keep_runs_per_job = NULL");
    }

    private void execute(String sql) {
        database.owner().sql(sql).update();
    }

    private void tellChanges() {
        jobs.value("SELECT cron_engine.run_step('notify of starts', clock_timestamp())");
    }

    private long hourly(String options) {
        long jobid = jobs.schedule("0 * * * *", "SELECT 1");
        jobs.set(jobid, options);
        clock.startTimer(jobid, NOON.minusMinutes(30));
        return jobid;
    }

    private void runAll(OffsetDateTime now) {
        clock.tick(now);
        clock.work();
        clock.tick(now);
    }

    private String counts() {
        return jobs.value("""
                SELECT string_agg(format('%s %s %s %s', kind, label, trigger, runs), ', ' ORDER BY kind, label, trigger)
                FROM (SELECT kind, label, trigger, sum(runs) AS runs FROM cron_engine.run_count GROUP BY 1, 2, 3) AS c
                """);
    }

    private String events() {
        return jobs.value("SELECT string_agg(format('%s %s', kind, statuses), ', ' ORDER BY id) FROM cron_engine.event"
                + " WHERE kind <> 'jobs'");
    }

    @Test
    void countsEachRunOnceByWhatBecameOfItAndWhy() {
        hourly("priority => 1");
        runAll(NOON);
        jobs.start(jobs.create("SELECT 1/0"));
        runAll(NOON);

        clock.sweep(NOON);
        clock.sweep(NOON);

        assertThat(counts())
                .isEqualTo("delay   1, duration failed  1, duration succeeded  1, run failed manual 1,"
                        + " run succeeded schedule 1");
        assertThat(events()).endsWith("runs {failed}");
    }

    @Test
    void countsWhatTheHistoryDoesNotKeep() {
        hourly("log_level => 'none'");
        runAll(NOON);
        execute("UPDATE cron.settings SET keep_runs_per_job = 1");
        long jobid = jobs.create("SELECT 1");
        for (int run = 0; run < 3; run++) {
            jobs.start(jobid);
            runAll(NOON);
        }

        clock.sweep(NOON);

        assertThat(jobs.value("SELECT count(*) FROM cron.job_run_details")).isEqualTo("1");
        assertThat(counts())
                .isEqualTo("delay   1, duration succeeded  4, run succeeded manual 3, run succeeded schedule 1");
    }

    /** Whether it is in the history or not. */
    @Test
    void countsAndTellsOfFiresThatLedToNoRun() {
        for (String level : new String[] {"all", "failures"}) {
            long jobid = hourly("overlap => 'skip', log_level => '" + level + "'");
            jobs.start(jobid);
        }

        clock.tick(NOON);
        clock.sweep(NOON);

        assertThat(counts()).isEqualTo("run skipped schedule 2, skip still_running  2");
        assertThat(events()).isEqualTo("skips {skipped,skipped}");
    }

    @Test
    void countsWhatWasSkippedWhileItWaitedAndWhatNeverBegan() {
        long waits = jobs.create("SELECT 1");
        jobs.start(waits);
        jobs.cancel(jobs.start(jobs.create("SELECT 1")));
        jobs.unschedule(waits);

        clock.tick(NOON);
        clock.sweep(NOON);

        assertThat(counts()).isEqualTo("run failed manual 1, run skipped manual 1, skip job_gone  1");
    }

    /** As Prometheus has it: le. */
    @Test
    void putsWhatTookJustAsLongAsABoundBelowIt() {
        execute("""
                INSERT INTO cron.job_run_details (runid, status, trigger, job_pid, scheduled_time, start_time, end_time)
                SELECT 1000000 + s, 'succeeded', 'schedule', 1, timestamptz '2031-01-01', timestamptz '2031-01-01', timestamptz '2031-01-01' + s * interval '0.500001 s'
                FROM generate_series(0, 2) AS s
                UNION ALL
                SELECT 1000003, 'succeeded', 'schedule', 1, timestamptz '2031-01-01', timestamptz '2031-01-01', timestamptz '2031-01-01' + interval '0.5 s'
                """);

        jobs.value("SELECT cron_engine.add_counts('{1000000,1000001,1000002,1000003}')");

        assertThat(jobs.value("""
                SELECT string_agg(format('%s: %s', (cron_engine.bucket_bounds())[bucket + 1], runs), ', ' ORDER BY bucket)
                FROM cron_engine.run_count WHERE kind = 'duration'
                """)).isEqualTo("0.005: 1, 0.5: 1, 1: 1, 2.5: 1");
        assertThat(jobs.value("SELECT seconds FROM cron_engine.run_count WHERE kind = 'delay'"))
                .isEqualTo("0");
    }

    @Test
    void tellsOnceWhatBecameOfAJobAndItsOptions() {
        long jobid = jobs.create("SELECT 1");
        jobs.set(jobid, "priority => 1");
        tellChanges();
        execute("UPDATE cron.job SET active = active");
        execute("UPDATE cron.settings SET paused = paused");
        tellChanges();
        jobs.set(jobid, "priority => 2");
        long other = jobs.create("SELECT 1");
        jobs.unschedule(other);
        execute("UPDATE cron.settings SET keep_runs_per_job = 5");
        tellChanges();

        assertThat(
                        jobs.value(
                                "SELECT string_agg(format('%s %s %s', kind, jobids, statuses), ', ' ORDER BY id) FROM cron_engine.event"))
                .isEqualTo("jobs {%1$d} {changed}, settings  , jobs {%1$d,%2$d} {changed,removed}"
                        .formatted(jobid, other));
    }

    @Test
    void tellsOfAllJobsWhenTheirTableIsEmptied() {
        long jobid = jobs.create("SELECT 1");
        jobs.alter(jobid, "active = false");
        tellChanges();

        execute("TRUNCATE cron.job");
        tellChanges();

        assertThat(jobs.value(
                        "SELECT format('%s %s', jobids, statuses) FROM cron_engine.event ORDER BY id DESC LIMIT 1"))
                .isEqualTo("{%d} {removed}".formatted(jobid));
    }

    /** But for the last one, by which whoever has read it knows that nothing is missing. */
    @Test
    void keepsItsLogForAnHour() {
        long jobid = jobs.create("SELECT 1");
        for (int run = 0; run < 3; run++) {
            jobs.start(jobid);
            runAll(NOON);
        }
        OffsetDateTime now = jobs.now();

        clock.sweep(now);
        assertThat(events()).isEqualTo("runs {succeeded}, runs {succeeded}, runs {succeeded}");
        jobs.start(jobid);
        runAll(NOON);
        clock.sweep(now.plusHours(2));

        assertThat(events()).isEqualTo("runs {succeeded}");
    }

    @Test
    void keepsItsLogShort() {
        execute("""
                INSERT INTO cron_engine.event (id, kind, total)
                SELECT (extract(epoch FROM now()) * 1000000)::bigint + s, 'settings', s * 100000 FROM generate_series(1, 20) AS s
                """);

        jobs.value("SELECT cron_engine.count_runs(now())");

        assertThat(jobs.value("SELECT format('%s %s', min(total), count(*)) FROM cron_engine.event"))
                .isEqualTo("1500000 6");
    }
}
