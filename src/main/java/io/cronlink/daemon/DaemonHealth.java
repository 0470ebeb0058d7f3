package io.cronlink.daemon;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** UP while somebody runs the scheduler, be it this service or another. */
@Component("daemon")
class DaemonHealth implements HealthIndicator {

    static final String READ_ONLY =
            "The server takes no writes unless asked to (default_transaction_read_only): jobs that write fail.";

    private final JdbcClient database;
    private final ObjectProvider<DaemonSession> session;

    DaemonHealth(JdbcClient database, ObjectProvider<DaemonSession> session) {
        this.database = database;
        this.session = session;
    }

    @Override
    public Health health() {
        DaemonSession own = session.getIfAvailable();
        Health.Builder health = Health.up()
                .withDetail("session", own == null ? "disabled" : own.state().toString());
        try {
            return describe(health, status()).build();
        } catch (DataAccessException unreachable) {
            // Asked for again and again: it is the answer that tells, not the log.
            return health.down()
                    .withDetail("error", "The database is not available.")
                    .build();
        }
    }

    private Status status() {
        return database.sql("""
                        SELECT leader_pid, last_tick,
                            coalesce(last_tick > clock_timestamp() - interval '5 s', false) AS is_ticking,
                            cron_engine.is_read_only() AS is_read_only
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
        if (status.isReadOnly()) {
            health.withDetail("readOnly", READ_ONLY);
        }
        return status.isTicking() ? health : health.down();
    }

    record Status(
            @Nullable Integer leaderPid, @Nullable OffsetDateTime lastTick, boolean isTicking, boolean isReadOnly) {}
}
