package io.cronlink.audit;

import io.cronlink.row.Columns;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** cron.audit. */
@Repository
class AuditLog {

    private static final RowMapper<Entry.Row> ROWS = Columns.rows(Entry.Row.class);

    private static final String COLUMNS =
            "SELECT auditid, changed_at, role, actor, action, object_type, object_id, username, note, ";

    /** Texts as short as in all lists. */
    private static final String BRIEF = """
            (SELECT jsonb_object_agg(v.key, CASE jsonb_typeof(v.value) WHEN 'string' THEN to_jsonb(left(v.value #>> '{}', %d))
                                                 ELSE v.value END)
             FROM jsonb_each(%s) AS v)::text AS %2$s""";

    private final JdbcClient database;
    private final JsonMapper mapper;

    AuditLog(JdbcClient database, JsonMapper mapper) {
        this.database = database;
        this.mapper = mapper;
    }

    /** The latest first. */
    List<Entry> list(@Nullable String objectType, @Nullable String objectId, @Nullable Long before, int limit) {
        String conditions = (objectType == null ? "" : " AND object_type = :objectType")
                + (objectId == null ? "" : " AND object_id = :objectId")
                + (before == null ? "" : " AND auditid < :before");
        return database
                .sql(COLUMNS + BRIEF.formatted(Columns.BRIEF, "before") + ", " + BRIEF.formatted(Columns.BRIEF, "after")
                        + " FROM (SELECT * FROM cron.audit WHERE true" + conditions
                        + " ORDER BY auditid DESC LIMIT :limit) AS a ORDER BY auditid DESC")
                .param("objectType", objectType)
                .param("objectId", objectId)
                .param("before", before)
                .param("limit", limit)
                .query(ROWS)
                .list()
                .stream()
                .map(row -> row.entry(mapper))
                .toList();
    }

    Optional<Entry> find(long auditid) {
        return database.sql(COLUMNS + "before::text, after::text FROM cron.audit WHERE auditid = :auditid")
                .param("auditid", auditid)
                .query(ROWS)
                .optional()
                .map(row -> row.entry(mapper));
    }
}
