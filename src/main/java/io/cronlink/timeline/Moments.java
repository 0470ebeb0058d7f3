package io.cronlink.timeline;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How many jobs start in each second of a window, and at which moments it is the same ones. */
final class Moments {

    private final int[] counts;

    /** Of each second the sum of what stands for its jobs: alike for the same ones. */
    private final long[] members;

    Moments(List<Firing> firings, double now, int length) {
        counts = new int[length];
        members = new long[length];
        for (Firing firing : firings) {
            if (!firing.isSteady()) {
                long mark = mix(firing.member().jobid());
                firing.starts(now, length).forEach(second -> {
                    counts[second]++;
                    members[second] += mark;
                });
            }
        }
    }

    /** Far from each other for numbers that are close (the finalizer of SplitMix64). */
    private static long mix(long number) {
        long mixed = (number + 1) * 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    long fires(int from, int until) {
        long sum = 0;
        for (int second = from; second < Math.min(until, counts.length); second++) {
            sum += counts[second];
        }
        return sum;
    }

    int together(int from, int until) {
        int most = 0;
        for (int second = from; second < Math.min(until, counts.length); second++) {
            most = Math.max(most, counts[second]);
        }
        return most;
    }

    /** @param times at how many moments the same jobs start */
    record Peak(int second, int count, int times) {}

    /** Where two jobs or more start at once: the most jobs first, then the earliest. */
    List<Peak> peaks(int limit) {
        Map<Long, Peak> peaks = new HashMap<>();
        for (int second = 0; second < counts.length; second++) {
            if (counts[second] > 1) {
                Peak found = new Peak(second, counts[second], 1);
                peaks.merge(members[second], found, (one, more) -> new Peak(one.second, one.count, one.times + 1));
            }
        }
        List<Peak> sorted = new ArrayList<>(peaks.values());
        sorted.sort(Comparator.comparingInt(Peak::count).reversed().thenComparingInt(Peak::second));
        return sorted.subList(0, Math.min(limit, sorted.size()));
    }
}
