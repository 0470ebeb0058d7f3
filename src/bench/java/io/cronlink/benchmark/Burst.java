package io.cronlink.benchmark;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Many jobs due in the same minute, each of which inserts a row. */
record Burst(int jobs) implements Scenario {

    private static final Duration PATIENCE = Duration.ofSeconds(240);

    @Override
    public String name() {
        return "burst";
    }

    @Override
    public void run(Scheduler scheduler, Results results) {
        Instant due = addJobs(scheduler, jobs, Scheduler.HIT);
        Scheduler.await(PATIENCE, () -> scheduler.count("SELECT count(*) FROM cron.job_run_details WHERE end_time IS NOT NULL") >= jobs);
        String what = "%,d jobs in one minute: ".formatted(jobs);
        List<Double> delays = scheduler.numbers(
                "SELECT extract(epoch FROM at)::float8 - %d FROM hit ORDER BY at".formatted(due.getEpochSecond()));
        results.add(name(), what + "last started after", "s", scheduler, Results.percentile(delays, 100));
        results.add(
                name(),
                what + "last finished after",
                "s",
                scheduler,
                scheduler.number("SELECT extract(epoch FROM max(end_time))::float8 - %d FROM cron.job_run_details"
                        .formatted(due.getEpochSecond())));
        results.add(name(), what + "start delay p50", "s", scheduler, Results.percentile(delays, 50));
        results.add(name(), what + "start delay p99", "s", scheduler, Results.percentile(delays, 99));
        results.add(
                name(),
                what + "succeeded",
                "runs",
                scheduler,
                scheduler.count("SELECT count(*) FROM cron.job_run_details WHERE status = 'succeeded'"));
        results.add(name(), what + "daemon's own memory after", "MB", scheduler, Proc.ownMemory(scheduler.daemon()));
        results.plot("Start delay of %,d jobs due in one minute".formatted(jobs), scheduler, delays);
    }

    /** Due once, at the next minute that leaves time to add them, and not again within the hour. */
    static Instant addJobs(Scheduler scheduler, int jobs, String command) {
        ZonedDateTime due = Instant.now()
                .plusMillis(3_000 + jobs)
                .atZone(ZoneOffset.UTC)
                .truncatedTo(ChronoUnit.MINUTES)
                .plusMinutes(1);
        scheduler.add(jobs, "%d %d * * *".formatted(due.getMinute(), due.getHour()), command);
        if (Instant.now().isAfter(due.toInstant().minusSeconds(2))) {
            throw new IllegalStateException("adding " + jobs + " jobs took too long");
        }
        Scheduler.pause(Duration.between(Instant.now(), due.toInstant()));
        return due.toInstant();
    }
}
