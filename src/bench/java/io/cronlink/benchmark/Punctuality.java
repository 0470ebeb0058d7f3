package io.cronlink.benchmark;

import java.time.Duration;
import java.util.List;

/**
 * How late small jobs are, by their own clock and by what the scheduler records. When jobs of each second are due within it follows from when
 * they were added: Cronlink tells it, for others it is taken as suits them best. Those without seconds run each minute.
 */
record Punctuality(int jobs, Added added, int seconds, String name) implements Scenario {

    private static final Duration WARM_UP = Duration.ofSeconds(8);

    enum Added {
        /** In one statement: they are due within a few milliseconds. */
        TOGETHER("all at once"),
        /** By one call of {@code cron.schedule} after the other. */
        SINGLY("scheduled one by one"),
        /** Evenly over the second. */
        SPREAD("spread over it");

        private final String text;

        Added(String text) {
            this.text = text;
        }
    }

    Punctuality(int jobs, Added added, int seconds) {
        this(jobs, added, seconds, "punctuality");
    }

    @Override
    public boolean suits(Scheduler scheduler) {
        return scheduler.isCronlink() || added == Added.TOGETHER && (jobs == 20 || scheduler instanceof CronScheduler);
    }

    @Override
    public boolean isRepeated() {
        return jobs == 20 && added == Added.TOGETHER || added == Added.SPREAD;
    }

    @Override
    public void run(Scheduler scheduler, Results results) {
        run(scheduler, results, "");
    }

    void run(Scheduler scheduler, Results results, String where) {
        if (scheduler.hasSeconds()) {
            everySecond(scheduler, results, where);
        } else {
            everyMinute(scheduler, results);
        }
    }

    private void everySecond(Scheduler scheduler, Results results, String where) {
        if (added == Added.TOGETHER) {
            scheduler.add(jobs, "1 second", Scheduler.HIT);
        } else if (scheduler instanceof CronScheduler cron && added == Added.SINGLY) {
            cron.schedule(jobs, "1 second", Scheduler.HIT);
        } else if (scheduler instanceof CronScheduler cron) {
            cron.addSpread(jobs, Scheduler.HIT);
        }
        // pg_timetable looks for them once a minute.
        Scheduler.await(Duration.ofSeconds(90), () -> scheduler.count("SELECT count(DISTINCT job) FROM hit") >= jobs);
        String from = scheduler.sql().sql("SELECT (clock_timestamp() + '8 s')::text").query(String.class).single();
        Scheduler.pause(WARM_UP.plusSeconds(seconds + 2L));
        String window = "%%1$s >= '%1$s' AND %%1$s < '%1$s'::timestamptz + '%2$d s'".formatted(from, seconds);
        String what = "%s%,d jobs a second, %s: ".formatted(where, jobs, added.text);
        List<Double> own;
        List<Double> recorded;
        if (scheduler.isCronlink()) {
            own = scheduler.numbers("SELECT extract(epoch FROM at - scheduled)::float8 * 1000 FROM hit WHERE " + window.formatted("scheduled"));
            recorded = scheduler.numbers("SELECT extract(epoch FROM start_time - scheduled_time)::float8 * 1000 FROM cron.job_run_details"
                    + " WHERE start_time IS NOT NULL AND " + window.formatted("scheduled_time"));
        } else {
            own = Grid.late(scheduler.numbers("SELECT extract(epoch FROM at)::float8 FROM hit WHERE " + window.formatted("at")));
            recorded = Grid.late(scheduler.numbers(
                    "SELECT extract(epoch FROM start_time)::float8 FROM " + scheduler.runs() + " r WHERE " + window.formatted("start_time")));
        }
        report(scheduler, results, what, own, recorded);
        List<Double> distances = scheduler.numbers("""
                SELECT distance FROM (SELECT extract(epoch FROM at - lag(at) OVER (PARTITION BY job ORDER BY at))::float8 * 1000 FROM hit WHERE %s) d (distance)
                 WHERE distance IS NOT NULL
                """.formatted(window.formatted("at")));
        results.add(name, what + "from a job's start to its next, p1", "ms", scheduler, Results.percentile(distances, 1));
        results.add(name, what + "from a job's start to its next, p50", "ms", scheduler, Results.percentile(distances, 50));
        results.add(name, what + "from a job's start to its next, p99", "ms", scheduler, Results.percentile(distances, 99));
        results.add(name, what + "fires missed", "runs", scheduler, (double) jobs * seconds - own.size());
        results.plot("Start delay of " + what.replace(": ", ""), scheduler, own.stream().map(delay -> delay / 1000).toList());
    }

    private void everyMinute(Scheduler scheduler, Results results) {
        scheduler.add(jobs, "* * * * *", Scheduler.HIT);
        scheduler.awaitRuns(jobs);
        report(scheduler, results, "%,d jobs a minute: ".formatted(jobs), ofMinute(scheduler, "at", "hit"), ofMinute(scheduler, "start_time", scheduler.runs()));
    }

    private static List<Double> ofMinute(Scheduler scheduler, String time, String from) {
        return scheduler.numbers("SELECT extract(epoch FROM %1$s - date_trunc('minute', %1$s))::float8 * 1000 FROM %2$s r WHERE %1$s IS NOT NULL"
                .formatted(time, from));
    }

    private void report(Scheduler scheduler, Results results, String what, List<Double> own, List<Double> recorded) {
        results.add(name, what + "late by the job's clock, p50", "ms", scheduler, Results.percentile(own, 50));
        results.add(name, what + "late by the job's clock, p99", "ms", scheduler, Results.percentile(own, 99));
        // On the grid that suits the others best, what is early for it is late for the one before.
        if (scheduler.isCronlink() || !scheduler.hasSeconds()) {
            results.add(name, what + "late by the job's clock, max", "ms", scheduler, Results.percentile(own, 100));
        }
        results.add(name, what + "late by the recorded start_time, p50", "ms", scheduler, Results.percentile(recorded, 50));
        results.add(name, what + "late by the recorded start_time, p99", "ms", scheduler, Results.percentile(recorded, 99));
    }
}
