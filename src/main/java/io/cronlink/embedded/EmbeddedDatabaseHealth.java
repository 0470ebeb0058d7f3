package io.cronlink.embedded;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** UP while the embedded server is running; how often it had to be started again. */
class EmbeddedDatabaseHealth implements HealthIndicator {

    private final EmbeddedDatabase database;

    EmbeddedDatabaseHealth(EmbeddedDatabase database) {
        this.database = database;
    }

    @Override
    public Health health() {
        EmbeddedDatabaseWatch.Status status = database.watch().status();
        Health.Builder health = database.isRunning() ? Health.up() : Health.down();
        health.withDetail("startedAgain", status.starts());
        if (status.last() != null) {
            health.withDetail("lastStartedAgain", status.last());
        }
        if (status.failure() != null) {
            health.withDetail("error", status.failure());
        }
        return health.build();
    }
}
