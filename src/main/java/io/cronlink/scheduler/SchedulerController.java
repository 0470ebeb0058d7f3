package io.cronlink.scheduler;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.cronlink.owner.CommandRule;
import io.cronlink.owner.DefaultOwner;
import io.cronlink.row.Columns;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class SchedulerController {

    private final JdbcClient database;
    private final DefaultOwner owner;
    private final CommandRule commands;
    private final @Nullable String version;

    SchedulerController(
            JdbcClient database, DefaultOwner owner, CommandRule commands, ObjectProvider<BuildProperties> build) {
        this.database = database;
        this.owner = owner;
        this.commands = commands;
        BuildProperties properties = build.getIfAvailable();
        this.version = properties == null ? null : properties.getVersion();
    }

    @GetMapping("/api/v1/scheduler")
    Scheduler read() {
        SchedulerState state = state();
        return new Scheduler(
                version,
                state,
                Objects.requireNonNullElse(owner.username(), state.role()),
                commands.commandsOverRest(),
                database.sql("SELECT * FROM cron_engine.daemon_standstill()")
                        .query(Columns.rows(Standstill.class))
                        .list(),
                database.sql("SELECT * FROM cron_engine.daemon_faults()")
                        .query(Columns.rows(Fault.class))
                        .list());
    }

    private SchedulerState state() {
        return database.sql("""
                                SELECT d.leader_pid, d.last_tick,
                                       coalesce(d.last_tick > clock_timestamp() - interval '5 s', false) AS ticking,
                                       s.paused, cron_engine.copy_notice() AS copy_notice, cron_engine.is_read_only() AS read_only,
                                       j.*, f.*, p.*, q.*,
                                       (SELECT min(t.next_fire) FROM cron_engine.due AS t) AS next_fire,
                                       (SELECT count(*) FROM cron_engine.worker) AS workers,
                                       s.max_running_jobs,
                                       (SELECT sum(numbackends) FROM pg_stat_database) AS connections,
                                       current_setting('max_connections')::integer AS max_connections,
                                       current_database() AS database, current_user AS role,
                                       current_setting('server_version') AS server_version
                                FROM cron_engine.daemon_status() AS d
                                CROSS JOIN cron.settings AS s
                                CROSS JOIN (SELECT count(*) AS jobs, count(*) FILTER (WHERE j.active) AS active_jobs FROM cron.job AS j) AS j
                                CROSS JOIN (SELECT count(*) AS failing_jobs
                                            FROM (SELECT st.jobid FROM cron_engine.job_state AS st WHERE st.failures > 0
                                                  UNION SELECT x.jobid FROM cron_engine.deactivation AS x WHERE x.cause = 'failures') AS f
                                            JOIN cron.job AS j USING (jobid)) AS f
                                CROSS JOIN (SELECT count(*) AS paused_jobs
                                            FROM cron_engine.pause AS p JOIN cron.job AS j USING (jobid)) AS p
                                CROSS JOIN (SELECT count(*) FILTER (WHERE q.pid IS NULL) AS waiting,
                                                   count(*) FILTER (WHERE q.pid IS NOT NULL) AS running,
                                                   min(r.queued_time) FILTER (WHERE q.ready AND q.pid IS NULL) AS oldest_waiting
                                            FROM cron_engine.queue AS q
                                            LEFT JOIN cron.job_run_details AS r USING (runid)) AS q
                                """).query(Columns.rows(SchedulerState.class)).single();
    }

    /**
     * @param version of the service that answers
     * @param jobUsername the role of jobs made over REST that name none
     * @param commandsOverRest whether commands are taken over REST
     * @param standstill why runs wait that could have started
     * @param faults what the scheduler could not do, and tries again
     */
    record Scheduler(
            @Nullable String version,
            @JsonUnwrapped SchedulerState state,
            String jobUsername,
            boolean commandsOverRest,
            List<Standstill> standstill,
            List<Fault> faults) {}

    /** @param nobody true: nobody's runs start */
    record Standstill(
            String cause,
            @Nullable String login,
            String message,
            @Nullable String detail,
            boolean nobody,
            Instant since) {}

    record Fault(
            String step,
            String item,
            @Nullable Long jobid,
            String message,
            String sqlstate,
            Instant since,
            int count,
            Instant retryAt) {}
}
