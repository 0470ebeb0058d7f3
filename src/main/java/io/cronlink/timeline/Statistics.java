package io.cronlink.timeline;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sums of the runs that are in the history.
 *
 * @param bucket the length of a bucket
 * @param buckets those in which runs were queued
 */
record Statistics(Instant from, Instant until, Duration bucket, List<Bucket> buckets) {

    /**
     * @param start when it begins
     * @param runs runs that were queued in it
     * @param durationP50 half of the successful ones took no longer; {@code P95}: 95 in 100
     * @param durationMax the longest successful one
     * @param delayP95 95 in 100 of the scheduled ones started no later than this after their time
     */
    record Bucket(
            Instant start,
            int runs,
            int succeeded,
            int failed,
            int skipped,
            @Nullable Duration durationP50,
            @Nullable Duration durationP95,
            @Nullable Duration durationMax,
            @Nullable Duration delayP95) {}
}
