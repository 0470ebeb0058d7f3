package io.cronlink.why;

import io.cronlink.row.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** cron.why(). */
@Repository
class Facts {

    private static final TypeReference<Map<String, Object>> FIGURES = new TypeReference<>() {};

    private final JdbcClient database;
    private final JsonMapper mapper;

    Facts(JdbcClient database, JsonMapper mapper) {
        this.database = database;
        this.mapper = mapper;
    }

    List<Fact> of(long jobid, Duration since) {
        return database.sql("SELECT * FROM cron.why(:jobid, :since)")
                .param("jobid", jobid)
                .param("since", Columns.toSql(since))
                .query((row, number) -> new Fact(
                        row.getString("section"),
                        row.getString("code"),
                        row.getString("fact"),
                        row.getString("hint"),
                        instant(row, "time"),
                        instant(row, "until"),
                        row.getObject("fires", Long.class),
                        row.getObject("runid", Long.class),
                        figures(row.getString("detail"))))
                .list();
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    /** Named as properties are: {@code p50_bytes} → {@code p50Bytes}. */
    private Map<String, Object> figures(@Nullable String detail) {
        Map<String, Object> figures = new LinkedHashMap<>();
        if (detail != null) {
            mapper.readValue(detail, FIGURES).forEach((name, value) -> figures.put(Columns.property(name), value));
        }
        return figures;
    }
}
