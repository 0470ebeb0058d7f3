package io.cronlink.timeline;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What will fire, how much of it together, and whom the limits will keep waiting.
 *
 * @param bucket the length of a bucket; the first one begins at {@code from}
 * @param jobs how many of them fire
 * @param fires how often, all in all
 * @param buckets all of them, by time
 * @param peaks moments at which several jobs fire at once: those with the most jobs first
 * @param limits what is expected to run side by side, against what may: the tightest first
 */
record Forecast(
        Instant from,
        Instant until,
        Duration bucket,
        Instant now,
        int jobs,
        long fires,
        List<Bucket> buckets,
        List<Peak> peaks,
        List<Limit> limits) {

    /**
     * @param together how many fire within one second, at most
     * @param running how many run at the same time, at most
     */
    record Bucket(Instant start, long fires, int together, int running) {}

    /**
     * @param at the first moment at which these jobs, and no others, fire at once
     * @param times at how many moments they do
     * @param count how many jobs
     * @param jobs the first of them
     */
    record Peak(Instant at, int times, int count, List<Member> jobs) {}

    record Member(long jobid, @Nullable String jobname, String username) {}

    /**
     * @param kind {@code all}, {@code role} or {@code group}
     * @param name of the role that logs in, or the group
     * @param username whose own group it is; null: a common one, or no group
     * @param most how many may run
     * @param jobs how many jobs share it
     * @param expected how many would run at the same time, at most, if they might
     * @param at when that is first so
     * @param over for how long there would be more than may: then some wait, maybe for longer
     */
    record Limit(
            String kind,
            @Nullable String name,
            @Nullable String username,
            int most,
            int jobs,
            int expected,
            @Nullable Instant at,
            Duration over) {}
}
