package io.cronlink.metrics;

import io.prometheus.metrics.model.snapshots.Labels;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Names, units and meanings of the scheduler's metrics: they stay, as dashboards and rules depend on them. */
final class SchedulerSeries {

    /** Those of cron_engine.standstill: a series that comes and goes is hard to tell from one that is missing. */
    private static final List<String> CAUSES = List.of("sessions", "locks", "login", "workers", "paused", "unknown");

    private SchedulerSeries() {}

    static void add(Figures figures, Series series) {
        scheduler(figures, series);
        queue(figures, series);
        sessions(figures, series);
        runs(figures, series);
        jobs(figures, series);
    }

    private static void scheduler(Figures figures, Series series) {
        series.gauge(
                "cronlink_scheduler_leading",
                "Whether any session runs the scheduler of this database, be it this service's or another's: 1 or 0.",
                figures.leading() ? 1 : 0);
        optional(
                series,
                "cronlink_scheduler_tick_age_seconds",
                "Time since the scheduler's last sign of life; absent while nobody leads.",
                figures.tickAge());
        series.gauge(
                "cronlink_scheduler_paused",
                "Whether cron.settings.paused holds everything back: 1 or 0.",
                figures.paused() ? 1 : 0);
        series.gauge(
                "cronlink_scheduler_faults",
                "Things that the scheduler cannot do and tries again, see faults in health.",
                figures.faults());
        series.gauge(
                "cronlink_scheduler_standstills",
                "Reasons why runs wait that could have started more than 5 s ago, see waiting in health.",
                CAUSES,
                cause -> Labels.of("cause", cause),
                cause -> figures.standstills().stream()
                        .filter(row -> row.cause().equals(cause))
                        .mapToDouble(Figures.Standstill::count)
                        .sum());
        series.gauge(
                "cronlink_scheduler_overdue_seconds",
                "By how much the first fire that is due is late; 0: nothing is due.",
                figures.overdue());
        optional(
                series,
                "cronlink_scheduler_next_fire_timestamp_seconds",
                "When the next job fires, in seconds since 1970; absent if none will.",
                figures.nextFire());
    }

    private static void queue(Figures figures, Series series) {
        Map<String, Long> states =
                Map.of("waiting", figures.waiting(), "ready", figures.ready(), "running", figures.running());
        series.gauge(
                "cronlink_queue_runs",
                "Runs that have not ended: waiting for their time, job or group, ready to start, running.",
                states.entrySet(),
                state -> Labels.of("state", state.getKey()),
                state -> state.getValue().doubleValue());
        series.gauge(
                "cronlink_queue_ready_age_seconds",
                "For how long the first of the ready runs has waited for a worker; 0: none does.",
                figures.readyAge());
    }

    private static void sessions(Figures figures, Series series) {
        Map<String, Long> workers = Map.of("busy", figures.busyWorkers(), "idle", figures.idleWorkers());
        series.gauge(
                "cronlink_workers",
                "Sessions that execute runs.",
                workers.entrySet(),
                state -> Labels.of("state", state.getKey()),
                state -> state.getValue().doubleValue());
        series.gauge(
                "cronlink_workers_limit",
                "How many there may be: cron.settings.max_running_jobs.",
                figures.maxWorkers());
        series.gauge(
                "cronlink_database_connections",
                "Sessions of the database server, of all its databases.",
                figures.connections());
        series.gauge(
                "cronlink_database_connections_limit",
                "How many the server admits that are not reserved: max_connections without superuser_reserved_connections and reserved_connections.",
                figures.maxConnections());
    }

    private static void runs(Figures figures, Series series) {
        series.counter(
                "cronlink_runs",
                "Runs that ended, by status and trigger.",
                of(figures, "run"),
                row -> Labels.of("status", row.label(), "trigger", row.trigger()));
        series.counter(
                "cronlink_runs_skipped",
                "Fires and runs that were skipped, by reason.",
                of(figures, "skip"),
                row -> Labels.of("reason", row.label()));
        series.histogram(
                "cronlink_run_duration_seconds",
                "How long runs took that were executed, by status.",
                figures.bounds(),
                List.of("succeeded", "failed"),
                status -> Labels.of("status", status),
                status -> of(figures, "duration").stream()
                        .filter(row -> row.label().equals(status))
                        .toList());
        series.histogram(
                "cronlink_run_start_delay_seconds",
                "From the scheduled time of a fire to the start of its run, without those that were missed and caught up.",
                figures.bounds(),
                List.of(""),
                any -> Labels.EMPTY,
                any -> of(figures, "delay"));
    }

    private static void jobs(Figures figures, Series series) {
        Map<String, Long> states = Map.of("active", figures.activeJobs(), "inactive", figures.inactiveJobs());
        series.gauge(
                "cronlink_jobs",
                "Jobs.",
                states.entrySet(),
                state -> Labels.of("state", state.getKey()),
                state -> state.getValue().doubleValue());
        series.gauge(
                "cronlink_jobs_without_series",
                "Active jobs of which there are no cronlink_job_… series, by cronlink.metrics.jobs and max-jobs.",
                Math.max(0, figures.activeJobs() - figures.jobs().size()));
        series.gauge(
                "cronlink_job_consecutive_failures",
                "How often an active job has failed since it succeeded last.",
                figures.jobs(),
                SchedulerSeries::labels,
                job -> (double) job.failures());
        optional(
                series,
                "cronlink_job_last_success_timestamp_seconds",
                "When the last successful run of an active job ended, in seconds since 1970; absent if none of its last 100 runs succeeded.",
                figures.jobs(),
                Figures.Job::lastSuccess);
        optional(
                series,
                "cronlink_job_next_fire_timestamp_seconds",
                "When an active job fires next, in seconds since 1970; absent if it will not by time.",
                figures.jobs(),
                Figures.Job::nextFire);
    }

    private static Labels labels(Figures.Job job) {
        return Labels.of(
                "jobid", String.valueOf(job.jobid()),
                "jobname", Objects.requireNonNullElse(job.jobname(), ""),
                "username", job.username());
    }

    private static List<Figures.Count> of(Figures figures, String kind) {
        return figures.counts().stream().filter(row -> row.kind().equals(kind)).toList();
    }

    private static void optional(Series series, String name, String help, @Nullable Double value) {
        if (value != null) {
            series.gauge(name, help, value);
        }
    }

    private static void optional(
            Series series,
            String name,
            String help,
            List<Figures.Job> jobs,
            Function<Figures.Job, @Nullable Double> value) {
        series.gauge(
                name,
                help,
                jobs.stream().filter(job -> value.apply(job) != null).toList(),
                SchedulerSeries::labels,
                job -> Objects.requireNonNull(value.apply(job)));
    }
}
