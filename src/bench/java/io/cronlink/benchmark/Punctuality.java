package io.cronlink.benchmark;

import java.time.Duration;
import java.util.List;

/**
 * How late small jobs are, by what the scheduler records: scheduled_time against start_time. When jobs of each second are due within it
 * follows from when they were added. pg_cron before 1.5 has no seconds: its jobs are due each minute.
 */
record Punctuality(int jobs, Added added, int seconds) implements Scenario {

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

    @Override
    public String name() {
        return "punctuality";
    }

    @Override
    public boolean isOnlyForCronlink() {
        return added != Added.TOGETHER;
    }

    @Override
    public void run(Scheduler scheduler, Results results) {
        if (scheduler.hasSeconds()) {
            everySecond(scheduler, results);
        } else {
            everyMinute(scheduler, results);
        }
    }

    private void everySecond(Scheduler scheduler, Results results) {
        switch (added) {
            case TOGETHER -> scheduler.add(jobs, "1 second", Scheduler.NOTHING);
            case SINGLY -> scheduler.schedule(jobs, "1 second", Scheduler.NOTHING);
            case SPREAD -> scheduler.addSpread(jobs, Scheduler.NOTHING);
        }
        String from = scheduler.sql()
                .sql("SELECT (clock_timestamp() + '8 s')::text")
                .query(String.class)
                .single();
        Scheduler.pause(WARM_UP.plusSeconds(seconds + 1L));
        String counted = "FROM cron.job_run_details WHERE scheduled_time >= '%1$s' AND scheduled_time < '%1$s'::timestamptz + '%2$d s'"
                .formatted(from, seconds);
        List<Double> delays = scheduler.numbers(
                "SELECT extract(epoch FROM start_time - scheduled_time)::float8 * 1000 " + counted + " AND start_time IS NOT NULL");
        String what = "%,d jobs a second, %s: ".formatted(jobs, added.text);
        report(scheduler, results, what, delays);
        results.add(name(), what + "fires missed", "runs", scheduler, (double) jobs * seconds - delays.size());
        String third = "SELECT avg(extract(epoch FROM start_time - scheduled_time))::float8 * 1000 " + counted;
        double drift = scheduler.number(third + " AND scheduled_time >= '%s'::timestamptz + '%d s'".formatted(from, seconds * 2 / 3))
                - scheduler.number(third + " AND scheduled_time < '%s'::timestamptz + '%d s'".formatted(from, seconds / 3));
        results.add(name(), what + "mean of the last third less that of the first", "ms", scheduler, drift);
        results.plot("Start delay of %,d jobs a second, %s".formatted(jobs, added.text), scheduler, delays.stream().map(delay -> delay / 1000).toList());
    }

    private void everyMinute(Scheduler scheduler, Results results) {
        scheduler.add(jobs, "* * * * *", Scheduler.NOTHING);
        Scheduler.await(
                Duration.ofSeconds(120),
                () -> scheduler.count("SELECT count(*) FROM cron.job_run_details WHERE end_time IS NOT NULL") >= jobs);
        List<Double> delays = scheduler.numbers(
                "SELECT extract(epoch FROM start_time - date_trunc('minute', start_time))::float8 * 1000 FROM cron.job_run_details WHERE start_time IS NOT NULL");
        report(scheduler, results, "%,d jobs a minute: ".formatted(jobs), delays);
    }

    private void report(Scheduler scheduler, Results results, String what, List<Double> delays) {
        results.add(name(), what + "late p50", "ms", scheduler, Results.percentile(delays, 50));
        results.add(name(), what + "late p99", "ms", scheduler, Results.percentile(delays, 99));
        results.add(name(), what + "late max", "ms", scheduler, Results.percentile(delays, 100));
    }
}
