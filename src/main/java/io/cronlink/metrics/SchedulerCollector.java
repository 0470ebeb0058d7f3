package io.cronlink.metrics;

import io.cronlink.database.DatabaseProbe;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Tells Prometheus of the scheduler as the database knows it: every service of a database tells the same. While the database
 * does not answer there is nothing to tell but that; what was true before is not told again.
 */
@Component
class SchedulerCollector implements MultiCollector {

    private final DatabaseProbe<Figures> probe;

    SchedulerCollector(
            FiguresReader figures, MetricsProperties properties, ObjectProvider<PrometheusRegistry> registries) {
        probe = new DatabaseProbe<>(figures::read, properties.refresh());
        registries.ifAvailable(registry -> registry.register(this));
    }

    @Override
    public MetricSnapshots collect() {
        Optional<Figures> figures = probe.ask();
        Series series = new Series();
        series.gauge(
                "cronlink_database_up",
                "Whether the database answered this service: 1 or 0. If not there is no other figure of the scheduler.",
                figures.isPresent() ? 1 : 0);
        figures.ifPresent(present -> SchedulerSeries.add(present, series));
        return series.snapshots();
    }
}
