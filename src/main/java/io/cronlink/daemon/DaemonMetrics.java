package io.cronlink.daemon;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** What only this service can tell. */
@Component
class DaemonMetrics implements MeterBinder {

    private final ObjectProvider<DaemonSession> session;

    DaemonMetrics(ObjectProvider<DaemonSession> session) {
        this.session = session;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("cronlink.instance.leading", this, DaemonMetrics::leading)
                .description("Whether it is this service's session that runs the scheduler: 1 or 0.")
                .register(registry);
    }

    private double leading() {
        DaemonSession own = session.getIfAvailable();
        return own != null && own.state() == DaemonState.LEADING ? 1 : 0;
    }
}
