package io.cronlink.timeline;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Past runs and future fires, summed up by buckets of time: as large for a job that runs each second as for others.
 *
 * @param bucket the length of a bucket; the first one, 0, begins at {@code from}
 * @param now what is before has been, what is after will be
 * @param next to be given as {@code after} to get the jobs that follow; null at the end
 */
record Timeline(
        Instant from,
        Instant until,
        Duration bucket,
        Instant now,
        List<Lane> jobs,
        @Nullable Long next) {

    /**
     * @param runs buckets in which it ran, was to run, or runs
     * @param fires buckets in which it will
     */
    record Lane(
            long jobid,
            @Nullable String jobname,
            String username,
            boolean active,
            List<RunBucket> runs,
            List<FireBucket> fires) {}

    /**
     * @param bucket its number
     * @param duration the longest of its runs
     * @param lastRunid the latest of its runs
     * @param lastStatus what became of that
     * @param message why the latest one that failed or was skipped did or was
     */
    record RunBucket(
            int bucket,
            int succeeded,
            int failed,
            int skipped,
            int unfinished,
            @Nullable Duration duration,
            long lastRunid,
            String lastStatus,
            @Nullable String message) {}

    /**
     * @param bucket its number
     * @param fireTime its first fire
     * @param only true: it has no other
     */
    record FireBucket(int bucket, Instant fireTime, boolean only) {}
}
