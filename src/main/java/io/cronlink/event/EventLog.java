package io.cronlink.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.cronlink.row.Columns;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** cron_engine.event, which only the scheduler writes: what is committed is in its order. */
final class EventLog {

    private static final RowMapper<Row> ROWS = Columns.rows(Row.class);

    private final JdbcClient database;
    private final JsonMapper json;

    EventLog(JdbcClient database, JsonMapper json) {
        this.database = database;
        this.json = json;
    }

    /** Its end; of an empty one the present time, before which no entry will be. */
    Position end() {
        return Position.after(database.sql("""
                        SELECT coalesce(max(id), (extract(epoch FROM clock_timestamp()) * 1000000)::bigint)
                        FROM cron_engine.event
                        """).query(Long.class).single());
    }

    /** Whether all that came after this position is still there. */
    boolean reachesBackTo(Position position) {
        return database.sql("""
                        SELECT :entry BETWEEN min(id) AND max(id) IS TRUE FROM cron_engine.event
                        """)
                .param("entry", position.entry())
                .query(Boolean.class)
                .single();
    }

    /** What comes after a position, up to the entry {@code until} and up to {@code limit} of them. */
    Page after(Position position, long until, int limit) {
        List<Row> rows = database.sql("""
                        SELECT e.id, u.part, e.kind, u.runid, u.jobid, u.status, j.jobname, coalesce(d.username, j.username) AS username,
                            d.trigger, d.attempt, d.scheduled_time, d.start_time, d.end_time, d.sqlstate,
                            left(split_part(d.return_message, chr(10), 1), 200) AS message
                        FROM (SELECT * FROM cron_engine.event WHERE id BETWEEN :entry AND :until ORDER BY id LIMIT :limit) AS e
                        CROSS JOIN LATERAL (
                            SELECT * FROM unnest(e.runids, e.jobids, e.statuses) WITH ORDINALITY AS r (runid, jobid, status, part)
                            UNION ALL
                            SELECT NULL, NULL, NULL, 1 WHERE e.kind = 'settings') AS u
                        LEFT JOIN cron.job_run_details AS d ON d.runid = u.runid
                        LEFT JOIN cron.job AS j ON j.jobid = u.jobid
                        WHERE e.id > :entry OR u.part > :part
                        ORDER BY e.id, u.part
                        """)
                .param("entry", position.entry())
                .param("part", position.part())
                .param("until", until)
                .param("limit", limit)
                .query(ROWS)
                .list();
        Position end = rows.isEmpty()
                ? Position.after(position.entry())
                : Position.after(rows.get(rows.size() - 1).id());
        return new Page(rows.stream().map(this::event).toList(), end);
    }

    private Event event(Row row) {
        Position position = new Position(row.id(), row.part());
        return switch (row.kind()) {
            case "settings" -> Event.of(position, "settings-changed", null, "{}");
            case "jobs" -> Event.of(position, "job-" + row.status(), row.jobid(), json.writeValueAsString(row.job()));
            default ->
                Event.of(
                        position,
                        row.isStart() ? "run-started" : "run-ended",
                        row.jobid(),
                        json.writeValueAsString(row.run()));
        };
    }

    /**
     * @param end behind the last one
     */
    record Page(List<Event> events, Position end) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record JobChange(
            @Nullable Long jobid,
            @Nullable String jobname,
            @Nullable String username) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record RunChange(
            @Nullable Long runid,
            @Nullable Long jobid,
            @Nullable String jobname,
            @Nullable String username,
            @Nullable String status,
            @Nullable String trigger,
            @Nullable Integer attempt,
            @Nullable Instant scheduledTime,
            @Nullable Instant startTime,
            @Nullable Instant endTime,
            @Nullable String sqlstate,
            @Nullable String message) {}

    record Row(
            long id,
            int part,
            String kind,
            @Nullable Long runid,
            @Nullable Long jobid,
            @Nullable String status,
            @Nullable String jobname,
            @Nullable String username,
            @Nullable String trigger,
            @Nullable Integer attempt,
            @Nullable Instant scheduledTime,
            @Nullable Instant startTime,
            @Nullable Instant endTime,
            @Nullable String sqlstate,
            @Nullable String message) {

        boolean isStart() {
            return "running".equals(status);
        }

        JobChange job() {
            return new JobChange(jobid, jobname, username);
        }

        /** It may have ended by the time that its start is told. */
        RunChange run() {
            boolean start = isStart();
            return new RunChange(
                    runid,
                    jobid,
                    jobname,
                    username,
                    status,
                    trigger,
                    attempt,
                    scheduledTime,
                    startTime,
                    start ? null : endTime,
                    start ? null : sqlstate,
                    start ? null : message);
        }
    }
}
