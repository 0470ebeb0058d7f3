package io.cronlink.metrics;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state of the scheduler at one moment. Times are seconds since 1970, durations seconds.
 *
 * @param leading whether any session runs the scheduler
 * @param tickAge since its last sign of life; null: nobody leads
 * @param waiting runs that are not ready: for their time, their job, their group
 * @param ready those that wait for a worker
 * @param readyAge for how long the first of them has been ready
 * @param overdue by how much the first fire is late
 * @param connections of all databases of the server
 * @param faults what the daemon tries again and again
 * @param standstills why runs wait that could have started
 * @param bounds of the buckets
 */
record Figures(
        boolean leading,
        @Nullable Double tickAge,
        boolean paused,
        long activeJobs,
        long inactiveJobs,
        long waiting,
        long ready,
        long running,
        double readyAge,
        double overdue,
        @Nullable Double nextFire,
        long busyWorkers,
        long idleWorkers,
        long maxWorkers,
        long connections,
        long maxConnections,
        long faults,
        List<Standstill> standstills,
        List<Double> bounds,
        List<Count> counts,
        List<Job> jobs) {

    record Standstill(String cause, long count) {}

    /** A row of cron_engine.run_count. */
    record Count(String kind, String label, String trigger, int bucket, long runs, double seconds) {}

    /**
     * @param failures in a row
     * @param lastSuccess null: none of its last runs succeeded
     */
    record Job(
            long jobid,
            @Nullable String jobname,
            String username,
            long failures,
            @Nullable Double nextFire,
            @Nullable Double lastSuccess) {}
}
