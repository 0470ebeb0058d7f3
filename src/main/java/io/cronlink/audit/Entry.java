package io.cronlink.audit;

import io.cronlink.row.Columns;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A row of cron.audit.
 *
 * @param before by the names of properties, as {@code after}
 */
record Entry(
        long auditid,
        Instant changedAt,
        String role,
        @Nullable String actor,
        String action,
        String objectType,
        String objectId,
        @Nullable String username,
        @Nullable String note,
        @Nullable ObjectNode before,
        @Nullable ObjectNode after) {

    /** The same as it comes from the database. */
    record Row(
            long auditid,
            Instant changedAt,
            String role,
            @Nullable String actor,
            String action,
            String objectType,
            String objectId,
            @Nullable String username,
            @Nullable String note,
            @Nullable String before,
            @Nullable String after) {

        Entry entry(JsonMapper mapper) {
            return new Entry(
                    auditid,
                    changedAt,
                    role,
                    actor,
                    action,
                    objectType,
                    objectId,
                    username,
                    note,
                    properties(before, mapper),
                    properties(after, mapper));
        }

        private static @Nullable ObjectNode properties(@Nullable String columns, JsonMapper mapper) {
            if (columns == null) {
                return null;
            }
            ObjectNode properties = mapper.createObjectNode();
            mapper.readTree(columns)
                    .properties()
                    .forEach(column -> properties.set(Columns.property(column.getKey()), column.getValue()));
            return properties;
        }
    }
}
