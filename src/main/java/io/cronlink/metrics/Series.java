package io.cronlink.metrics;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/** Metrics of one moment, put together from rows. */
final class Series {

    private final List<MetricSnapshot> snapshots = new ArrayList<>();

    void gauge(String name, String help, double value) {
        gauge(name, help, List.of(value), any -> Labels.EMPTY, any -> any);
    }

    <T> void gauge(
            String name, String help, Collection<T> rows, Function<T, Labels> labels, Function<T, Double> value) {
        GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(name).help(help);
        rows.forEach(row -> gauge.dataPoint(GaugeDataPointSnapshot.builder()
                .labels(labels.apply(row))
                .value(value.apply(row))
                .build()));
        snapshots.add(gauge.build());
    }

    /** The name is without the ending {@code _total}. */
    void counter(String name, String help, Collection<Figures.Count> rows, Function<Figures.Count, Labels> labels) {
        CounterSnapshot.Builder counter = CounterSnapshot.builder().name(name).help(help);
        rows.forEach(row -> counter.dataPoint(CounterDataPointSnapshot.builder()
                .labels(labels.apply(row))
                .value(row.runs())
                .build()));
        snapshots.add(counter.build());
    }

    /** One histogram for each of {@code groups}, which may have no rows. */
    void histogram(
            String name,
            String help,
            List<Double> bounds,
            Collection<String> groups,
            Function<String, Labels> labels,
            Function<String, List<Figures.Count>> rows) {
        HistogramSnapshot.Builder histogram =
                HistogramSnapshot.builder().name(name).help(help).unit(Unit.SECONDS);
        for (String group : groups) {
            histogram.dataPoint(
                    point(bounds, rows.apply(group)).labels(labels.apply(group)).build());
        }
        snapshots.add(histogram.build());
    }

    private static HistogramDataPointSnapshot.Builder point(List<Double> bounds, List<Figures.Count> rows) {
        long[] runs = new long[bounds.size() + 1];
        double seconds = 0;
        for (Figures.Count row : rows) {
            runs[row.bucket()] += row.runs();
            seconds += row.seconds();
        }
        ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
        for (int bucket = 0; bucket < runs.length; bucket++) {
            buckets.bucket(bucket < bounds.size() ? bounds.get(bucket) : Double.POSITIVE_INFINITY, runs[bucket]);
        }
        return HistogramDataPointSnapshot.builder()
                .classicHistogramBuckets(buckets.build())
                .sum(seconds);
    }

    MetricSnapshots snapshots() {
        return new MetricSnapshots(snapshots);
    }
}
