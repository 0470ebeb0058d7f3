package io.cronlink.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.cronlink.database.CronlinkDatabase;
import io.cronlink.database.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a run of a job is to run stands in its row of the queue, whichever routine has written it: what one of them forgets shows here. */
@Tag("engine")
@CronlinkDatabase
class QueueEntryTests {

    private final TestDatabase database;
    private final TestJobs jobs;
    private final TestClock clock;

    QueueEntryTests(TestDatabase database) {
        this.database = database;
        this.jobs = new TestJobs(database);
        this.clock = new TestClock(database);
    }

    @AfterEach
    void stop() {
        clock.close();
        database.owner().sql("DELETE FROM cron.job").update();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "priority = 0",
                "timeout = '5 min', priority = 7, job_group = 'heavy', start_deadline = '1 hour', transactional = false",
                "overlap = 'allow', log_level = 'failures', transactional = true",
                "catch_up = 'all', overlap = 'skip', max_attempts = 3, jitter = '1 s'",
            })
    void isTheSameHoweverItCameAbout(String options) {
        long jobid = jobs.schedule("@every 1 hour", "SELECT 1");
        jobs.set(jobid, options);
        clock.startTimer(jobid, jobs.now().minusHours(1).minusSeconds(1));
        clock.tick(jobs.now());
        long fired = jobs.runsOf(jobid).get(0).runid();
        String entry = entry(fired);

        long started = jobs.start(jobid);
        long rerun = Long.parseLong(jobs.value("SELECT cron.rerun(" + fired + ")"));
        assertThat(entry(started)).as("run_job").isEqualTo(entry);
        assertThat(entry(rerun)).as("rerun").isEqualTo(entry);

        for (String table : new String[] {"queue", "saved_run", "working_set_complete"}) {
            database.owner().sql("DELETE FROM cron_engine." + table).update();
        }
        clock.restoreWorkingSet(jobs.now());
        assertThat(entry(fired)).as("restored").isEqualTo(entry);
    }

    /** All but what is the run's own, not its job's. */
    private String entry(long runid) {
        return jobs.value("""
                SELECT to_jsonb(q) - '{runid,ready,waits_for,not_before,start_before,retry,careful}'::text[]
                  FROM cron_engine.queue q WHERE q.runid =\
                """ + runid);
    }
}
