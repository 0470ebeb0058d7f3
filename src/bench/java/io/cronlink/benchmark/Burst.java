package io.cronlink.benchmark;

import io.cronlink.database.BenchmarkServer;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Many jobs due in the same minute, each of which inserts a row. */
record Burst(int jobs) implements Scenario {

    @Override
    public String name() {
        return "burst";
    }

    @Override
    public boolean suits(Scheduler scheduler) {
        return jobs <= scheduler.mostJobs();
    }

    @Override
    public boolean isRepeated() {
        return jobs == 1_000;
    }

    @Override
    public void run(Scheduler scheduler, Results results) {
        String what = "%,d jobs in one minute: ".formatted(jobs);
        Instant due = addJobs(scheduler, jobs, Scheduler.HIT, BenchmarkServer.JOB_ROLE);
        scheduler.awaitRuns(jobs);
        List<Double> delays = starts(scheduler, due);
        results.add(name(), what + "last start by the job's clock, after", "s", scheduler, Results.percentile(delays, 100));
        lastEnd(scheduler, due, name(), what, results);
        results.add(name(), what + "start delay by the job's clock, p50", "s", scheduler, Results.percentile(delays, 50));
        results.add(name(), what + "start delay by the job's clock, p99", "s", scheduler, Results.percentile(delays, 99));
        results.add(name(), what + "daemon's own memory after", "MB", scheduler, Proc.ownMemory(scheduler.daemon()));
        results.plot("Start delay of %,d jobs due in one minute".formatted(jobs), scheduler, delays);
    }

    /** Seconds after their time, by the clock of the jobs. */
    static List<Double> starts(Scheduler scheduler, Instant due) {
        return scheduler.numbers("SELECT extract(epoch FROM at)::float8 - %d FROM hit ORDER BY at".formatted(due.getEpochSecond()));
    }

    static void lastEnd(Scheduler scheduler, Instant due, String scenario, String what, Results results) {
        double end = scheduler.number("SELECT extract(epoch FROM max(end_time))::float8 - %d FROM %s r".formatted(due.getEpochSecond(), scheduler.runs()));
        results.add(scenario, what + "last end as recorded, after", "s", scheduler, end);
        results.add(scenario, what + "succeeded", "runs", scheduler, scheduler.succeeded());
    }

    /** Due once, at the next minute that leaves time to add them, and not again within the hour. */
    static Instant addJobs(Scheduler scheduler, int jobs, String command, String role) {
        ZonedDateTime due = Instant.now()
                .plusMillis(3_000 + jobs)
                .atZone(ZoneOffset.UTC)
                .truncatedTo(ChronoUnit.MINUTES)
                .plusMinutes(1);
        scheduler.add(jobs, "%d %d * * *".formatted(due.getMinute(), due.getHour()), command, role);
        if (Instant.now().isAfter(due.toInstant().minusSeconds(2))) {
            throw new IllegalStateException("adding " + jobs + " jobs took too long");
        }
        Scheduler.pause(Duration.between(Instant.now(), due.toInstant()));
        return due.toInstant();
    }
}
