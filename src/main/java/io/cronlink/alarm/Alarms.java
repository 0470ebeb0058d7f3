package io.cronlink.alarm;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** cron.alarm_details. */
@Repository
class Alarms {

    private static final TypeReference<List<Alarm.Sent>> DELIVERIES = new TypeReference<>() {};

    private final JdbcClient database;
    private final JsonMapper mapper;

    Alarms(JdbcClient database, JsonMapper mapper) {
        this.database = database;
        this.mapper = mapper;
    }

    /** The latest first. Conditions are put together so that each combination can use its index. */
    List<Alarm> list(
            @Nullable Boolean open, @Nullable AlarmKind kind, @Nullable Long jobid, @Nullable Long before, int limit) {
        List<String> conditions = new ArrayList<>(List.of("true"));
        if (open != null) {
            conditions.add(open ? "a.ended_at IS NULL" : "a.ended_at IS NOT NULL");
        }
        if (kind != null) {
            conditions.add("a.kind = :kind");
        }
        if (jobid != null) {
            conditions.add("a.jobid = :jobid");
        }
        if (before != null) {
            conditions.add("a.alarmid < :before");
        }
        return database.sql("SELECT a.* FROM cron.alarm_details AS a WHERE " + String.join(" AND ", conditions)
                        + " ORDER BY a.alarmid DESC LIMIT :limit")
                .param("kind", kind == null ? null : kind.spelt())
                .param("jobid", jobid)
                .param("before", before)
                .param("limit", limit)
                .query((row, number) -> alarm(row))
                .list();
    }

    Optional<Alarm> find(long alarmid) {
        return database.sql("SELECT a.* FROM cron.alarm_details AS a WHERE a.alarmid = :alarmid")
                .param("alarmid", alarmid)
                .query((row, number) -> alarm(row))
                .optional();
    }

    private Alarm alarm(ResultSet row) throws SQLException {
        String deliveries = row.getString("deliveries");
        return new Alarm(
                row.getLong("alarmid"),
                row.getString("kind"),
                row.getString("severity"),
                row.getObject("jobid", Long.class),
                row.getString("jobname"),
                row.getString("username"),
                row.getObject("runid", Long.class),
                row.getObject("raised_at", OffsetDateTime.class).toInstant(),
                time(row.getObject("ended_at", OffsetDateTime.class)),
                row.getString("message"),
                mapper.readTree(row.getString("details")),
                row.getObject("ends_alarmid", Long.class),
                deliveries == null ? List.of() : mapper.readValue(deliveries, DELIVERIES));
    }

    private static @Nullable Instant time(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
