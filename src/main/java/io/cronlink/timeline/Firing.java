package io.cronlink.timeline;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * When a job fires in a window, and how long it runs then. Times are seconds since the window's begin.
 *
 * @param login the role that logs in for it
 * @param scheduled the next time that its schedule names; before now: it is owed, and fires at once
 * @param end from when on it is not valid
 * @param every the distance of its fires if it is a fixed one, or 0
 * @param times what its schedule names if that is a calendar's, in order; jobs of the same schedule share it
 * @param late its jitter
 * @param duration how long it usually runs
 * @param mayOverlap whether it starts though it runs
 */
record Firing(
        Forecast.Member member,
        String login,
        Forecasts.@Nullable Group group,
        double scheduled,
        double end,
        double every,
        Times times,
        double late,
        double duration,
        boolean mayOverlap) {

    /** Fires that are closer are not told one by one. */
    private static final double STEADY = 60;

    /** Whether it fires so often that it is a load, rather than so many fires. */
    boolean isSteady() {
        return every > 0 && every < STEADY;
    }

    /** Of a steady one: how many of its runs are under way, on average. */
    double share() {
        return mayOverlap ? duration / every : Math.min(1, duration / every);
    }

    /** Of a steady one: how often it fires within a time. */
    double fires(double from, double until) {
        return Math.max(0, Math.min(until, end + late) - Math.max(from, scheduled + late)) / every;
    }

    /**
     * The seconds in which it starts, jitter included, in order.
     *
     * @param now what was due before is owed: it is met once, and at once; from then on all goes as the schedule says
     */
    IntStream starts(double now, int length) {
        double after = Math.max(scheduled, now);
        DoubleStream later = every > 0
                ? DoubleStream.iterate(
                                scheduled + every * (Math.floor((after - scheduled) / every) + 1), time -> time + every)
                        .takeWhile(time -> time + late < length)
                : LongStream.of(times.seconds).filter(time -> time > after).asDoubleStream();
        return DoubleStream.concat(DoubleStream.of(Math.max(scheduled, now - late)), later)
                .takeWhile(time -> time < end)
                .map(time -> time + late)
                .filter(time -> time >= 0 && time < length)
                .mapToInt(time -> (int) time);
    }

    /** An array, to be shared. */
    static final class Times {

        static final Times NONE = new Times(new long[0]);

        private final long[] seconds;

        Times(long[] seconds) {
            this.seconds = seconds;
        }
    }
}
