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

    /** What comes after one position and not after another, up to {@code limit} events. */
    Page after(Position from, Position until, int limit) {
        List<Row> rows = database.sql("""
                        SELECT u.*, j.jobname, coalesce(d.username, j.username) AS username,
                            d.trigger, d.attempt, d.scheduled_time, d.start_time, d.end_time, d.sqlstate,
                            left(split_part(d.return_message, chr(10), 1), 200) AS message
                        FROM (
                            SELECT e.id, r.part, e.kind, r.runid, r.jobid, r.status
                            FROM cron_engine.event AS e
                            CROSS JOIN LATERAL (
                                SELECT * FROM unnest(e.runids, e.jobids, e.statuses) WITH ORDINALITY AS r (runid, jobid, status, part)
                                UNION ALL
                                SELECT NULL, NULL, NULL, 1 WHERE e.kind = 'settings') AS r
                            WHERE e.id BETWEEN :from AND :until
                                AND (e.id > :from OR r.part > :fromPart) AND (e.id < :until OR r.part <= :untilPart)
                            ORDER BY e.id, r.part
                            LIMIT :limit) AS u
                        LEFT JOIN cron.job_run_details AS d ON d.runid = u.runid
                        LEFT JOIN cron.job AS j ON j.jobid = u.jobid
                        ORDER BY u.id, u.part
                        """)
                .param("from", from.entry())
                .param("fromPart", from.part())
                .param("until", until.entry())
                .param("untilPart", until.part())
                .param("limit", limit)
                .query(ROWS)
                .list();
        boolean complete = rows.size() < limit;
        Position end = rows.isEmpty() ? from : complete ? last(rows).whole() : last(rows);
        return Page.of(rows.stream().map(this::event).toList(), end, complete);
    }

    private static Position last(List<Row> rows) {
        Row last = rows.get(rows.size() - 1);
        return new Position(last.id(), last.part());
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
