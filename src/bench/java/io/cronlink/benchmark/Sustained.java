package io.cronlink.benchmark;

import io.cronlink.database.BenchmarkServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** As many runs a second as can be held, what they cost, and what is left of them in memory. */
record Sustained(BenchmarkServer server, int seconds, boolean quick) implements Scenario {

    private static final List<Integer> LADDER = List.of(1000, 2000, 2500, 3000, 3250, 3500, 4000, 4500);
    private static final int MANY_RUNS = 100_000;

    @Override
    public String name() {
        return "sustained";
    }

    @Override
    public void run(Scheduler scheduler, Results results) {
        if (scheduler.hasSeconds()) {
            everySecond(scheduler, results);
            double limit = Pgbench.transactionsPerSecond(server, scheduler, Math.max(10, seconds / 3));
            results.add(name(), "pgbench doing the same writes", "runs/s", scheduler, limit);
        } else {
            backlog(scheduler, results);
        }
    }

    /** Rising, until not all of what is due is done. */
    private void everySecond(Scheduler scheduler, Results results) {
        int held = 0;
        int jobs = 0;
        for (int offered : LADDER) {
            scheduler.addSpread(offered - jobs, Scheduler.NOTHING);
            jobs = offered;
            Scheduler.pause(Duration.ofSeconds(3));
            if (doneOfAll(scheduler, quick ? 3 : 6) < 0.99) {
                break;
            }
            held = offered;
        }
        scheduler.sql().sql("DELETE FROM cron.job WHERE jobid NOT IN (SELECT jobid FROM cron.job ORDER BY jobid LIMIT :held)")
                .param("held", Math.max(held, LADDER.get(0)))
                .update();
        Scheduler.pause(Duration.ofSeconds(3));
        measure(scheduler, results, Duration.ofSeconds(seconds));
        results.add(name(), "runs a second held", "runs/s", scheduler, held);
        results.add(name(), "waiting or running at the end", "runs", scheduler, scheduler.count("SELECT count(*) FROM cron_engine.queue"));
        results.add(name(), "size of the queue with its indexes", "MB", scheduler,
                scheduler.count("SELECT pg_total_relation_size('cron_engine.queue')") / 1048576.0);
        results.add(name(), "size of the timers with their indexes", "MB", scheduler,
                scheduler.count("SELECT pg_total_relation_size('cron_engine.timer')") / 1048576.0);
        if (!quick) {
            Scheduler.await(Duration.ofSeconds(120), () -> ended(scheduler) >= MANY_RUNS);
        }
        memory(scheduler, results);
    }

    /** More is due in a minute than can be done in it. */
    private void backlog(Scheduler scheduler, Results results) {
        Burst.addJobs(scheduler, 10_000, Scheduler.NOTHING);
        Scheduler.pause(Duration.ofSeconds(3));
        // In its best case all is done sooner.
        measure(scheduler, results, Duration.ofSeconds(Math.min(seconds, 30)));
        memory(scheduler, results);
    }

    private static double doneOfAll(Scheduler scheduler, int seconds) {
        String from = scheduler.sql().sql("SELECT clock_timestamp()::text").query(String.class).single();
        Scheduler.pause(Duration.ofSeconds(seconds + 1L));
        return scheduler.number("""
                SELECT avg((status = 'succeeded')::integer)::float8
                  FROM cron.job_run_details
                 WHERE scheduled_time >= '%1$s' AND scheduled_time < '%1$s'::timestamptz + '%2$d s'
                """.formatted(from, seconds));
    }

    private void measure(Scheduler scheduler, Results results, Duration time) {
        double wal = scheduler.walPosition();
        long runs = ended(scheduler);
        Instant start = Instant.now();
        Scheduler.pause(time);
        double took = Duration.between(start, Instant.now()).toMillis() / 1000.0;
        double done = ended(scheduler) - runs;
        results.add(name(), "runs a second", "runs/s", scheduler, done / took);
        results.add(name(), "WAL per run", "bytes", scheduler, (scheduler.walPosition() - wal) / done);
        results.plot("Runs a second over time", scheduler, scheduler.numbers("""
                SELECT count(d.runid)::float8
                  FROM generate_series(0, %d) s
                  LEFT JOIN (SELECT runid, floor(extract(epoch FROM end_time) - %d) AS second
                               FROM cron.job_run_details
                              WHERE status = 'succeeded') d ON d.second = s
                 GROUP BY s
                 ORDER BY s
                """.formatted((int) took - 1, start.getEpochSecond() + 1)));
    }

    private static long ended(Scheduler scheduler) {
        return scheduler.count("SELECT count(*) FROM cron.job_run_details WHERE status = 'succeeded'");
    }

    private void memory(Scheduler scheduler, Results results) {
        results.add(name(), "runs so far", "runs", scheduler, ended(scheduler));
        results.add(name(), "then: the daemon's own memory", "MB", scheduler, Proc.ownMemory(scheduler.daemon()));
        List<Integer> workers = scheduler.workers();
        results.add(name(), "then: a worker's own memory, the largest", "MB", scheduler,
                workers.stream().mapToDouble(Proc::ownMemory).filter(memory -> !Double.isNaN(memory)).max().orElse(Double.NaN));
        results.add(name(), "then: connections of workers", "", scheduler, workers.size());
    }
}
