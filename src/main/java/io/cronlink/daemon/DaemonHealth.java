package io.cronlink.daemon;

import io.cronlink.database.DatabaseProbe;
import io.cronlink.row.Columns;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * UP while somebody runs the scheduler, be it this service or another, and somebody's runs start. In a copy that nobody adopted,
 * nobody runs it.
 */
@Component("daemon")
class DaemonHealth implements HealthIndicator {

    static final String READ_ONLY =
            "The server takes no writes unless asked to (default_transaction_read_only): jobs that write fail.";

    private static final Duration FRESH = Duration.ofMillis(500);

    private final JdbcClient database;
    private final ObjectProvider<DaemonSession> session;
    private final DatabaseProbe<Answer> probe =
            new DatabaseProbe<>(() -> new Answer(status(), faults(), standstill()), FRESH);

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
                .map(answer -> describe(health, answer))
                .orElseGet(() -> unanswered(health, own))
                .build();
    }

    private Health.Builder unanswered(Health.Builder health, @Nullable DaemonSession own) {
        boolean isTold = own != null && own.state() == DaemonState.DISCONNECTED;
        if (!isTold && !probe.reason().isEmpty()) {
            health.withDetail("reason", probe.reason());
        }
        return health.down().withDetail("error", "The database is not available.");
    }

    boolean isDatabaseThere() {
        return probe.ask().isPresent();
    }

    private Status status() {
        return database.sql("""
                        SELECT leader_pid, last_tick,
                            coalesce(last_tick > clock_timestamp() - interval '5 s', false) AS is_ticking,
                            cron_engine.copy_notice() AS copy_notice,
                            cron_engine.is_read_only() AS is_read_only
                        FROM cron_engine.daemon_status()
                        """).query(Status.class).single();
    }

    /** What the daemon tries again and again: it ticks all the same, so this is no reason to be DOWN. */
    private List<Fault> faults() {
        return database.sql("SELECT * FROM cron_engine.daemon_faults()")
                .query(Columns.rows(Fault.class))
                .list();
    }

    /** Why runs wait. Where that is so for the runs of some only, others start: that is no reason to be DOWN. */
    private List<Standstill> standstill() {
        return database.sql("SELECT * FROM cron_engine.daemon_standstill()")
                .query(Columns.rows(Standstill.class))
                .list();
    }

    private static Health.Builder describe(Health.Builder health, Answer answer) {
        Status status = answer.status();
        if (!answer.faults().isEmpty()) {
            health.withDetail("faults", answer.faults());
        }
        if (!answer.standstill().isEmpty()) {
            health.withDetail("waiting", answer.standstill());
        }
        if (status.leaderPid() != null) {
            health.withDetail("leaderPid", status.leaderPid());
        }
        if (status.lastTick() != null) {
            health.withDetail("lastTick", status.lastTick().toInstant());
        }
        if (status.copyNotice() != null) {
            health.withDetail("copy", status.copyNotice());
        }
        if (status.isReadOnly()) {
            health.withDetail("readOnly", READ_ONLY);
        }
        boolean nobodysRunsStart = answer.standstill().stream().anyMatch(Standstill::nobody);
        return status.isTicking() && !nobodysRunsStart ? health : health.down();
    }

    private record Answer(Status status, List<Fault> faults, List<Standstill> standstill) {}

    record Fault(
            String step,
            String item,
            @Nullable Long jobid,
            String message,
            String sqlstate,
            Instant since,
            int count,
            Instant retryAt) {}

    record Standstill(
            String cause,
            @Nullable String login,
            String message,
            @Nullable String detail,
            boolean nobody,
            Instant since) {}

    record Status(
            @Nullable Integer leaderPid,
            @Nullable OffsetDateTime lastTick,
            boolean isTicking,
            @Nullable String copyNotice,
            boolean isReadOnly) {}
}
