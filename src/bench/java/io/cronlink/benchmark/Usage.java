package io.cronlink.benchmark;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** CPU time of processes that may come and go, from its construction on. What one uses after the last look at it is lost. */
final class Usage {

    private final Supplier<List<Integer>> processes;
    private final Map<Integer, Double> before = new HashMap<>();
    private final Map<Integer, Double> after = new HashMap<>();
    private final long begun = System.nanoTime();

    Usage(Supplier<List<Integer>> processes) {
        this.processes = processes;
        processes.get().forEach(pid -> before.put(pid, Proc.cpu(pid)));
    }

    void look() {
        for (int pid : processes.get()) {
            double used = Proc.cpu(pid);
            if (!Double.isNaN(used)) {
                after.put(pid, used);
            }
        }
    }

    /** Of a core, for the time until now. */
    double percent() {
        look();
        double[] used = {0};
        after.forEach((pid, cpu) -> used[0] += cpu - before.getOrDefault(pid, 0.0));
        return used[0] / ((System.nanoTime() - begun) / 1e9) * 100;
    }
}
