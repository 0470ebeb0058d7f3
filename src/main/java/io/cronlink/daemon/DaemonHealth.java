package io.cronlink.daemon;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** UP while somebody runs the scheduler, be it this service or another. */
@Component("daemon")
class DaemonHealth extends AbstractHealthIndicator {

    private final JdbcClient database;
    private final ObjectProvider<DaemonSession> session;

    DaemonHealth(JdbcClient database, ObjectProvider<DaemonSession> session) {
        super("The state of the daemon could not be read");
        this.database = database;
        this.session = session;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        DaemonSession own = session.getIfAvailable();
        health.withDetail("session", own == null ? "disabled" : own.state().toString());
        Status status = database.sql("""
                        SELECT leader_pid, last_tick,
                            coalesce(last_tick > clock_timestamp() - interval '5 s', false) AS is_ticking
                        FROM cron_engine.daemon_status()
                        """).query(Status.class).single();
        if (status.leaderPid() != null) {
            health.withDetail("leaderPid", status.leaderPid());
        }
        if (status.lastTick() != null) {
            health.withDetail("lastTick", status.lastTick().toInstant());
        }
        health.status(status.isTicking() ? "UP" : "DOWN");
    }

    record Status(@Nullable Integer leaderPid, @Nullable OffsetDateTime lastTick, boolean isTicking) {}
}
