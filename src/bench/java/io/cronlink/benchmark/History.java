package io.cronlink.benchmark;

import io.cronlink.database.BenchmarkServer;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Punctuality and ticks of a scheduler whose history is long. It is written once. */
record History(BenchmarkServer server, int seconds, boolean quick) implements Scenario {

    @Override
    public String name() {
        return "history";
    }

    @Override
    public boolean suits(Scheduler scheduler) {
        return scheduler.isCronlink();
    }

    @Override
    public boolean isRepeated() {
        return false;
    }

    @Override
    public void run(Scheduler scheduler, Results results) {
        if (!(scheduler instanceof Cronlink cronlink)) {
            return;
        }
        cronlink.stopService();
        int runs = quick ? 100_000 : 10_000_000;
        int jobs = 0;
        for (int size : List.of(2_000, quick ? 10_000 : 100_000)) {
            cronlink.add(size - jobs, Scheduler.NEVER, Scheduler.NOTHING);
            if (jobs == 0) {
                fill(cronlink, runs);
            }
            jobs = size;
            String what = "%,d jobs, %,d runs of history".formatted(jobs, runs);
            TickCost.measure(name(), what, cronlink, results);
            cronlink.reconnect(server);
            cronlink.startService(server);
            new Punctuality(20, Punctuality.Added.TOGETHER, seconds, name()).run(cronlink, results, what + "; ");
            cronlink.sql().sql("DELETE FROM cron.job WHERE schedule = '1 second'").update();
            cronlink.stopService();
            cronlink.sql().sql("TRUNCATE hit").update();
        }
    }

    /** The indexes are made afterwards, which takes a third of the time. */
    private void fill(Cronlink cronlink, int runs) {
        List<String> indexes = cronlink.sql()
                .sql("SELECT indexdef FROM pg_indexes WHERE schemaname = 'cron' AND tablename = 'job_run_details' AND indexname <> 'job_run_details_pkey'")
                .query(String.class)
                .list();
        cronlink.sql().sql("""
                DO $body$
                DECLARE
                    v_index text;
                BEGIN
                    FOR v_index IN SELECT indexname FROM pg_indexes WHERE schemaname = 'cron' AND tablename = 'job_run_details' AND indexname <> 'job_run_details_pkey' LOOP
                        EXECUTE format('DROP INDEX cron.%I', v_index);
                    END LOOP;
                    ALTER TABLE cron.job_run_details DROP CONSTRAINT job_run_details_pkey;
                END
                $body$
                """).update();
        cronlink.sql().sql(TickCost.RUNS).param("runs", runs).update();
        cronlink.sql().sql("ALTER TABLE cron.job_run_details ADD CONSTRAINT job_run_details_pkey PRIMARY KEY (runid)").update();
        indexes.forEach(index -> cronlink.sql().sql(index).update());
        SingleConnectionDataSource postgres = Sessions.open(server.superuser("postgres"));
        JdbcClient.create(postgres).sql("CHECKPOINT").update();
        postgres.destroy();
    }
}
