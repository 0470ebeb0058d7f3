package io.cronlink.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.cronlink.Api;
import io.cronlink.CronlinkTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What is asked often is found by an index, however much there is, and that is what the server itself counts: of the very statements
 * that the service sends, and also after it has come to plan them without their values.
 */
@CronlinkTest
class IndexUseTests {

    private static final int TIMES = 12;
    private static final int JOBS = 2_000;
    private static final int RUNS = 40_000;

    @Autowired
    private MockMvcTester http;

    @Autowired
    private JdbcClient database;

    @Autowired
    private PlatformTransactionManager transactions;

    /** Requests are served by this thread, and so in this transaction. */
    @Test
    void boundsWhatIsLookedAt() {
        new TransactionTemplate(transactions).executeWithoutResult(transaction -> {
            transaction.setRollbackOnly();
            fill();
            long job = one("SELECT max(jobid) - 1000 FROM cron.job");
            long run = one("SELECT max(runid) - 1000 FROM cron.job_run_details");

            // Names and counts take a look at each job; so may a page of jobs, as long as they are few.
            for (String path :
                    List.of("/jobs?limit=50&after=" + job, "/jobs?limit=50&sort=nextFire&name=*7*", "/scheduler")) {
                looksAtFewRuns(path);
            }
            for (String path : List.of(
                    "/jobs/" + job,
                    "/jobs/" + job + "/why",
                    "/runs?limit=50",
                    "/runs?limit=50&jobid=" + job,
                    "/runs?limit=50&before=" + run,
                    "/runs?limit=50&status=failed",
                    "/runs?limit=50&from=2026-01-01T00:00:00Z&jobid=" + job,
                    "/runs/" + run)) {
                Looked looked = looksAtFewRuns(path);
                assertThat(looked.allJobs())
                        .as("times that all jobs are read for %s", path)
                        .isZero();
            }
        });
    }

    private Looked looksAtFewRuns(String path) {
        Looked before = looked();
        for (int i = 0; i < TIMES; i++) {
            new Api(http).read(path);
        }
        Looked after = looked();
        assertThat(after.allRuns() - before.allRuns())
                .as("times that all runs are read for %s", path)
                .isZero();
        assertThat((after.runs() - before.runs()) / TIMES)
                .as("runs looked at for %s", path)
                .isLessThan(1_000);
        return new Looked(after.allJobs() - before.allJobs(), 0, 0);
    }

    private void fill() {
        database.sql("""
                        INSERT INTO cron.job (schedule, command, active, jobname)
                        SELECT '@yearly', 'SELECT 1', false, 'index use ' || g FROM generate_series(1, :jobs) AS g
                        """).param("jobs", JOBS).update();
        // The last of them has never run.
        database.sql("""
                        INSERT INTO cron.job_run_details (jobid, username, command, status, sqlstate, trigger, queued_time, start_time, end_time)
                        SELECT (SELECT max(jobid) FROM cron.job) - 1 - g % (:jobs - 1), CURRENT_USER, 'SELECT 1',
                               CASE WHEN g % 100 = 0 THEN 'failed' ELSE 'succeeded' END, CASE WHEN g % 100 = 0 THEN '22012' END,
                               'schedule', t.at, t.at, t.at
                        FROM generate_series(1, :runs) AS g, LATERAL (SELECT now() - (:runs - g) * interval '1 s') AS t (at)
                        """).param("jobs", JOBS).param("runs", RUNS).update();
        database.sql("ANALYZE cron.job, cron.job_run_details, cron_engine.timer")
                .update();
    }

    private long one(String sql) {
        return database.sql(sql).query(Long.class).single();
    }

    /** As often, and as much, as this transaction has so far. */
    private Looked looked() {
        return new Looked(
                one("SELECT seq_scan FROM pg_stat_xact_user_tables WHERE relid = 'cron.job'::regclass"),
                one("SELECT seq_scan FROM pg_stat_xact_user_tables WHERE relid = 'cron.job_run_details'::regclass"),
                one(
                        "SELECT seq_tup_read + idx_tup_fetch FROM pg_stat_xact_user_tables WHERE relid = 'cron.job_run_details'::regclass"));
    }

    private record Looked(long allJobs, long allRuns, long runs) {}
}
