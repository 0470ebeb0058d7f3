package io.cronlink.benchmark;

import io.cronlink.database.BenchmarkServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** As many runs a second as can be held, what they cost, and what is left of them in memory; beside what the server can do at most. */
record Sustained(BenchmarkServer server, int seconds, boolean quick, ServerKind kind) implements Scenario {

    private static final int MANY_RUNS = 100_000;

    @Override
    public String name() {
        return kind == ServerKind.SLOW_DISK ? "slowdisk" : "sustained";
    }

    @Override
    public boolean suits(Scheduler scheduler) {
        return kind == ServerKind.SLOW_DISK ? scheduler.isCronlink() : scheduler.mostJobs() >= 10_000;
    }

    @Override
    public void run(Scheduler scheduler, Results results) {
        if (scheduler instanceof Cronlink cronlink) {
            double held = everySecond(cronlink, results);
            double limit = 0;
            for (int clients : quick ? List.of(8) : kind == ServerKind.SLOW_DISK ? List.of(16, 32, 64, 128) : List.of(4, 8, 16, 32)) {
                double rate = Pgbench.runsPerSecond(server, scheduler, clients, quick ? 5 : 10);
                limit = Math.max(limit, rate);
                results.add(name(), "pgbench writing the same rows, %d clients".formatted(clients), "runs/s", scheduler, rate);
            }
            results.add(name(), "pgbench writing the same rows, best", "runs/s", scheduler, limit);
            results.add(name(), "runs a second, of pgbench's best", "%", scheduler, held / limit * 100);
        } else {
            backlog(scheduler, results);
        }
    }

    /** Rising, until not all of what is due is done; then half of the last step, and a quarter. Answers the runs a second measured. */
    private double everySecond(Cronlink scheduler, Results results) {
        int step = kind == ServerKind.SLOW_DISK ? 250 : 500;
        int held = 0;
        while (holds(scheduler, held, step)) {
            held += step;
        }
        for (int half = step / 2; half >= step / 4; half /= 2) {
            held += holds(scheduler, held, half) ? half : 0;
        }
        Scheduler.pause(Duration.ofSeconds(3));
        double rate = measure(scheduler, results, Duration.ofSeconds(seconds));
        results.add(name(), "jobs each second of which 99 % are done", "jobs", scheduler, held);
        results.add(name(), "waiting or running at the end", "runs", scheduler, scheduler.count("SELECT count(*) FROM cron_engine.queue"));
        results.add(name(), "size of the queue with its indexes", "MB", scheduler,
                scheduler.count("SELECT pg_total_relation_size('cron_engine.queue')") / 1048576.0);
        results.add(name(), "size of the timers with their indexes", "MB", scheduler,
                scheduler.count("SELECT pg_total_relation_size('cron_engine.timer')") / 1048576.0);
        if (!quick) {
            Scheduler.await(Duration.ofSeconds(120), () -> scheduler.succeeded() >= MANY_RUNS);
        }
        memory(scheduler, results);
        return rate;
    }

    /** Whether so many more are held; if not, they are taken back. */
    private boolean holds(Cronlink scheduler, int held, int more) {
        scheduler.addSpread(more, Scheduler.NOTHING);
        Scheduler.pause(Duration.ofSeconds(3));
        if (doneOfAll(scheduler, quick ? 3 : 5) >= 0.99) {
            return true;
        }
        scheduler.sql().sql("DELETE FROM cron.job WHERE jobid NOT IN (SELECT jobid FROM cron.job ORDER BY jobid LIMIT :held)")
                .param("held", held)
                .update();
        Scheduler.await(Duration.ofSeconds(30), () -> scheduler.count("SELECT count(*) FROM cron_engine.queue") <= held);
        return false;
    }

    /** More is due in a minute than can be done in it. */
    private void backlog(Scheduler scheduler, Results results) {
        Burst.addJobs(scheduler, 10_000, Scheduler.NOTHING, BenchmarkServer.JOB_ROLE);
        Scheduler.pause(Duration.ofSeconds(3));
        // In its best case all is done sooner.
        measure(scheduler, results, Duration.ofSeconds(Math.min(seconds, 20)));
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

    private double measure(Scheduler scheduler, Results results, Duration time) {
        double wal = scheduler.walPosition();
        long runs = scheduler.succeeded();
        Instant start = Instant.now();
        Scheduler.pause(time);
        double took = Duration.between(start, Instant.now()).toMillis() / 1000.0;
        double done = scheduler.succeeded() - runs;
        results.add(name(), "runs a second", "runs/s", scheduler, done / took);
        results.add(name(), "WAL a run, of jobs that write nothing", "bytes", scheduler, (scheduler.walPosition() - wal) / done);
        results.plot(kind == ServerKind.SLOW_DISK ? "Runs a second on a slow disk" : "Runs a second over time", scheduler, scheduler.numbers("""
                SELECT count(r.second)::float8
                  FROM generate_series(0, %d) s
                  LEFT JOIN (SELECT floor(extract(epoch FROM end_time) - %d) AS second FROM %s d WHERE succeeded) r ON r.second = s
                 GROUP BY s
                 ORDER BY s
                """.formatted((int) took - 1, start.getEpochSecond() + 1, scheduler.runs())));
        return done / took;
    }

    private void memory(Scheduler scheduler, Results results) {
        results.add(name(), "runs so far", "runs", scheduler, scheduler.succeeded());
        results.add(name(), "then: the daemon's own memory", "MB", scheduler, Proc.ownMemory(scheduler.daemon()));
        List<Integer> workers = scheduler.workers();
        results.add(name(), "then: a worker's own memory, the largest", "MB", scheduler,
                workers.stream().mapToDouble(Proc::ownMemory).filter(memory -> !Double.isNaN(memory)).max().orElse(Double.NaN));
        results.add(name(), "then: connections of workers", "", scheduler, workers.size());
    }
}
