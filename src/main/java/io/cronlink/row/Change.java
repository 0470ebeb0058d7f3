package io.cronlink.row;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The columns that a JSON object names, with the values it gives them. What it does not name stays as it is, or gets the
 * column's default; what it names with null becomes NULL.
 */
public final class Change {

    private final Map<String, @Nullable Object> columns;

    private Change(Map<String, @Nullable Object> columns) {
        this.columns = columns;
    }

    /** The record {@code type} says which columns there are, and of which types. */
    public static Change of(ObjectNode body, Class<? extends Record> type, JsonMapper mapper) {
        Record values = mapper.treeToValue(body, type);
        Map<String, @Nullable Object> columns = new LinkedHashMap<>();
        for (RecordComponent component : type.getRecordComponents()) {
            if (body.has(component.getName())) {
                columns.put(Columns.column(component.getName()), Columns.toSql(Columns.read(component, values)));
            }
        }
        return new Change(columns);
    }

    /** The columns of a row that was read. */
    public static Change of(Map<String, @Nullable Object> row) {
        return new Change(row);
    }

    public Change with(Change later) {
        Map<String, @Nullable Object> both = new LinkedHashMap<>(columns);
        both.putAll(later.columns);
        return new Change(both);
    }

    public Change withoutNulls() {
        Map<String, @Nullable Object> given = new LinkedHashMap<>(columns);
        given.values().removeIf(value -> value == null);
        return new Change(given);
    }

    public Change withDefault(String column, Object value) {
        Map<String, @Nullable Object> filled = new LinkedHashMap<>(columns);
        filled.putIfAbsent(column, value);
        return new Change(filled);
    }

    public Change only(Set<String> names) {
        Map<String, @Nullable Object> some = new LinkedHashMap<>(columns);
        some.keySet().retainAll(names);
        return new Change(some);
    }

    public Change without(Set<String> names) {
        Map<String, @Nullable Object> others = new LinkedHashMap<>(columns);
        others.keySet().removeAll(names);
        return new Change(others);
    }

    /** null: it is not named, or with null. */
    public @Nullable Object get(String column) {
        return columns.get(column);
    }

    public boolean names(Set<String> some) {
        return columns.keySet().stream().anyMatch(some::contains);
    }

    public boolean isEmpty() {
        return columns.isEmpty();
    }

    public StatementSpec insert(JdbcClient database, String table, String returning) {
        List<String> names = new ArrayList<>(columns.keySet());
        String sql = names.isEmpty()
                ? "INSERT INTO " + table + " DEFAULT VALUES RETURNING " + returning
                : "INSERT INTO " + table + " (" + String.join(", ", names) + ") VALUES ("
                        + names.stream().map(name -> ":" + name).collect(Collectors.joining(", "))
                        + ") RETURNING " + returning;
        return database.sql(sql).params(columns);
    }

    /** Updates the row with this key, or inserts it. */
    public StatementSpec upsert(JdbcClient database, String table, String key, Object value) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>(columns);
        row.put(key, value);
        String sql = "INSERT INTO " + table + " (" + String.join(", ", row.keySet()) + ") VALUES ("
                + row.keySet().stream().map(name -> ":" + name).collect(Collectors.joining(", ")) + ") ON CONFLICT ("
                + key + ") DO UPDATE SET "
                + columns.keySet().stream()
                        .map(name -> name + " = EXCLUDED." + name)
                        .collect(Collectors.joining(", "));
        return database.sql(sql).params(row);
    }

    public StatementSpec update(JdbcClient database, String table, String condition) {
        String assignments =
                columns.keySet().stream().map(name -> name + " = :" + name).collect(Collectors.joining(", "));
        return database.sql("UPDATE " + table + " SET " + assignments + " WHERE " + condition)
                .params(columns);
    }
}
