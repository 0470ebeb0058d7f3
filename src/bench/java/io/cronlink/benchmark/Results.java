package io.cronlink.benchmark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Figures by what they measure and of whom; of repetitions, the median counts. */
final class Results {

    /** A row of the table. */
    record Figure(String scenario, String what, String unit) {}

    private final Map<Figure, Map<String, List<Double>>> figures = new LinkedHashMap<>();
    private final Map<String, Map<String, List<Double>>> series = new LinkedHashMap<>();

    @SuppressWarnings("SystemOut")
    void add(String scenario, String what, String unit, Scheduler of, double value) {
        figures.computeIfAbsent(new Figure(scenario, what, unit), figure -> new LinkedHashMap<>())
                .computeIfAbsent(of.name(), name -> new ArrayList<>())
                .add(value);
        System.out.printf("  %-20s %-45s %12s %s%n", of.name(), what, text(value), unit);
    }

    /** Values for a plot; of repetitions, the last ones count. */
    void plot(String plot, Scheduler of, List<Double> values) {
        series.computeIfAbsent(plot, name -> new LinkedHashMap<>()).put(of.name(), values);
    }

    Map<String, Map<String, List<Double>>> series() {
        return series;
    }

    Set<Figure> figures() {
        return figures.keySet();
    }

    Set<String> schedulers() {
        Set<String> names = new LinkedHashSet<>();
        figures.values().forEach(values -> names.addAll(values.keySet()));
        return names;
    }

    Optional<Double> median(Figure figure, String scheduler) {
        List<Double> values = figures.getOrDefault(figure, Map.of()).getOrDefault(scheduler, List.of());
        return values.isEmpty() ? Optional.empty() : Optional.of(percentile(values, 50));
    }

    static double percentile(List<Double> values, double percent) {
        if (values.isEmpty()) {
            return Double.NaN;
        }
        List<Double> sorted = values.stream().sorted().toList();
        int index = (int) Math.ceil(percent / 100 * sorted.size()) - 1;
        return sorted.get(Math.max(0, index));
    }

    static String text(double value) {
        if (Double.isNaN(value)) {
            return "–";
        }
        double size = Math.abs(value);
        return size >= 100 || size == Math.rint(size) && size < 1e15
                ? String.format("%,.0f", value)
                : String.format(size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f", value);
    }
}
