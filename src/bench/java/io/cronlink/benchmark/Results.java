package io.cronlink.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Figures by what they measure and of whom; of repetitions, the median counts. */
final class Results {

    /** A row of the table. */
    record Figure(String scenario, String what, String unit) {}

    private final Map<Figure, Map<String, List<Double>>> figures = new LinkedHashMap<>();
    private final Map<String, Map<String, List<Double>>> series = new LinkedHashMap<>();

    @SuppressWarnings("SystemOut")
    void add(String scenario, String what, String unit, Scheduler of, double value) {
        add(new Figure(scenario, what, unit), of.name(), value);
        System.out.printf("  %-20s %-45s %12s %s%n", of.name(), what, text(value), unit);
    }

    /** Values for a plot; of repetitions, the last ones count. */
    void plot(String plot, Scheduler of, List<Double> values) {
        series.computeIfAbsent(plot, name -> new LinkedHashMap<>()).put(of.name(), values);
    }

    Map<String, Map<String, List<Double>>> series() {
        return series;
    }

    List<Figure> figures(String scenario) {
        return figures.keySet().stream()
                .filter(figure -> figure.scenario().equals(scenario))
                .toList();
    }

    Set<String> scenarios() {
        return figures.keySet().stream().map(Figure::scenario).collect(Collectors.toSet());
    }

    /** How often a scenario was measured of Cronlink: one number, or "1 or 3" where some of it takes long. */
    String repetitions(String scenario) {
        return figures(scenario).stream()
                .map(figure -> figures.getOrDefault(figure, Map.of()).getOrDefault("Cronlink", List.of()).size())
                .filter(size -> size > 0)
                .distinct()
                .sorted()
                .map(size -> Integer.toString(size))
                .collect(Collectors.joining(" or "));
    }

    /** All values, one a line. */
    void save(Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        figures.forEach((figure, values) -> values.forEach((scheduler, list) -> list.forEach(value ->
                lines.add(String.join("\t", figure.scenario(), figure.what(), figure.unit(), scheduler, Double.toString(value))))));
        Files.write(file, lines);
    }

    void load(Path file) throws IOException {
        for (String line : Files.readAllLines(file)) {
            String[] parts = line.split("\t", -1);
            add(new Figure(parts[0], parts[1], parts[2]), parts[3], Double.parseDouble(parts[4]));
        }
    }

    private void add(Figure figure, String scheduler, double value) {
        figures.computeIfAbsent(figure, first -> new LinkedHashMap<>())
                .computeIfAbsent(scheduler, first -> new ArrayList<>())
                .add(value);
    }

    List<String> schedulers(String scenario) {
        Set<String> names = new LinkedHashSet<>();
        figures(scenario).forEach(figure -> names.addAll(figures.getOrDefault(figure, Map.of()).keySet()));
        return List.copyOf(names);
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
