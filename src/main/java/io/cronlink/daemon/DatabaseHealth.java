package io.cronlink.daemon;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** UP while the database answers. In place of Spring's own, which waits for a session for as long as a request does. */
@Component("dbHealthIndicator")
class DatabaseHealth implements HealthIndicator {

    private final DaemonHealth daemon;

    DatabaseHealth(DaemonHealth daemon) {
        this.daemon = daemon;
    }

    @Override
    public Health health() {
        return (daemon.isDatabaseThere() ? Health.up() : Health.down()).build();
    }
}
