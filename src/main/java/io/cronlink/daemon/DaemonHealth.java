package io.cronlink.daemon;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** UP while somebody runs the scheduler, be it this service or another. In a copy that nobody adopted, nobody does. */
@Component("daemon")
class DaemonHealth implements HealthIndicator {

    private final JdbcClient database;
    private final ObjectProvider<DaemonSession> session;
    private final DatabaseProbe<Status> probe = new DatabaseProbe<>(this::status);

    DaemonHealth(JdbcClient database, ObjectProvider<DaemonSession> session) {
        this.database = database;
        this.session = session;
    }

    @Override
    public Health health() {
        DaemonSession own = session.getIfAvailable();
        Health.Builder health = Health.up()
                .withDetail("session", own == null ? "disabled" : own.state().toString());
        if (own != null && own.state() == DaemonState.DISCONNECTED) {
            health.withDetail("reason", own.reason());
        }
        return probe.ask()
                .map(status -> describe(health, status))
                .orElseGet(() -> health.down().withDetail("error", "The database is not available."))
                .build();
    }

    boolean isDatabaseThere() {
        return probe.ask().isPresent();
    }

    private Status status() {
        return database.sql("""
                        SELECT leader_pid, last_tick,
                            coalesce(last_tick > clock_timestamp() - interval '5 s', false) AS is_ticking,
                            cron_engine.copy_notice() AS copy_notice
                        FROM cron_engine.daemon_status()
                        """).query(Status.class).single();
    }

    private static Health.Builder describe(Health.Builder health, Status status) {
        if (status.leaderPid() != null) {
            health.withDetail("leaderPid", status.leaderPid());
        }
        if (status.lastTick() != null) {
            health.withDetail("lastTick", status.lastTick().toInstant());
        }
        if (status.copyNotice() != null) {
            health.withDetail("copy", status.copyNotice());
        }
        return status.isTicking() ? health : health.down();
    }

    record Status(
            @Nullable Integer leaderPid,
            @Nullable OffsetDateTime lastTick,
            boolean isTicking,
            @Nullable String copyNotice) {}
}
