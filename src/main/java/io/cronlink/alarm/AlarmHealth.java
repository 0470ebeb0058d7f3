package io.cronlink.alarm;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Which channels take no alarms. The scheduler is none the worse for it: that is no reason to be DOWN. */
@Component("alarmsHealthIndicator")
class AlarmHealth implements HealthIndicator {

    private final ObjectProvider<AlarmService> service;

    AlarmHealth(ObjectProvider<AlarmService> service) {
        this.service = service;
    }

    @Override
    public Health health() {
        Health.Builder health = Health.up();
        AlarmService alarms = service.getIfAvailable();
        if (alarms == null) {
            return health.withDetail("sending", "disabled").build();
        }
        Map<String, Object> failing = new LinkedHashMap<>();
        for (Delivery delivery : alarms.deliveries()) {
            Delivery.Failure failure = delivery.failure();
            if (failure != null) {
                failing.put(delivery.name(), failure);
            }
        }
        health.withDetail(
                "channels", alarms.deliveries().stream().map(Delivery::name).toList());
        if (!failing.isEmpty()) {
            health.withDetail("failing", failing);
        }
        Heartbeat heartbeat = alarms.heartbeat();
        if (heartbeat != null && heartbeat.failure() != null) {
            health.withDetail("heartbeat", heartbeat.failure());
        }
        return health.build();
    }
}
