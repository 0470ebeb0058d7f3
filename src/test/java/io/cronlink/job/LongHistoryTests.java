package io.cronlink.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.cronlink.database.CronlinkDatabase;
import io.cronlink.database.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;

@CronlinkDatabase
class LongHistoryTests {

    /** Read backwards until one is found, the history would be read as a whole for each job that has never run. */
    @Test
    void isNotReadForTheLastRunOfEachJob(TestDatabase database) {
        database.owner().sql("""
                        INSERT INTO cron.job_run_details (jobid, username, status, start_time, end_time)
                        SELECT i % 50, CURRENT_USER, 'succeeded', now(), now() FROM generate_series(1, 20000) AS i
                        """).update();
        database.owner().sql("""
                        INSERT INTO cron.job (schedule, command) SELECT '0 3 * * *', 'SELECT 1' FROM generate_series(1, 100)
                        """).update();
        database.owner().sql("ANALYZE cron.job, cron.job_run_details").update();

        List<String> plan = database.owner()
                .sql("EXPLAIN SELECT * FROM cron.job_details WHERE jobid > 0 ORDER BY jobid LIMIT 100")
                .query(String.class)
                .list();

        assertThat(String.join("\n", plan))
                .contains("job_run_details_job_idx")
                .doesNotContain("Backward using job_run_details_pkey", "Seq Scan on job_run_details");
    }
}
