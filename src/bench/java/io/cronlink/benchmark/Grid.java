package io.cronlink.benchmark;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** For schedulers whose seconds begin anywhere. */
final class Grid {

    private Grid() {}

    /**
     * How late starts are, in ms, on that grid of a second which suits them best: the one by which the 99th percentile is lowest. Later than a
     * second nothing can be.
     *
     * @param starts in seconds
     */
    static List<Double> late(List<Double> starts) {
        if (starts.isEmpty()) {
            return List.of();
        }
        List<Double> phases = new ArrayList<>(starts.stream().map(start -> start - Math.floor(start)).toList());
        Collections.sort(phases);
        int size = phases.size();
        int counted = Math.max(0, (int) Math.ceil(0.99 * size) - 1);
        double best = 0;
        double lowest = Double.MAX_VALUE;
        for (int i = 0; i < size; i++) {
            double late = phases.get((i + counted) % size) - phases.get(i);
            if ((late + 1) % 1 < lowest) {
                lowest = (late + 1) % 1;
                best = phases.get(i);
            }
        }
        double origin = best;
        return phases.stream().map(phase -> (phase - origin + 1) % 1 * 1000).toList();
    }
}
