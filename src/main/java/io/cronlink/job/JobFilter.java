package io.cronlink.job;

import io.cronlink.http.TextFilter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which jobs are meant; all that is given has to hold.
 *
 * @param jobid one of these
 * @param jobname exactly this name
 * @param name a pattern for the name, {@code *} for any characters, upper and lower case alike
 * @param command a text somewhere in the command, upper and lower case alike
 * @param username the role it runs as
 * @param database the database it runs in
 * @param active whether it fires
 * @param failing whether its last run failed, or it was deactivated as too many did
 * @param group its group
 * @param condition its condition is one of these
 */
record JobFilter(
        @Nullable List<Long> jobid,
        @Nullable String jobname,
        @Nullable String name,
        @Nullable String command,
        @Nullable String username,
        @Nullable String database,
        @Nullable Boolean active,
        @Nullable Boolean failing,
        @Nullable String group,
        @Nullable List<Condition> condition) {

    boolean needsCondition() {
        return condition != null;
    }

    /** On the tables that Jobs chooses from. */
    String where() {
        List<String> conditions = new ArrayList<>(List.of("true"));
        add(conditions, jobid, "j.jobid = ANY (:jobids)");
        add(conditions, jobname, "j.jobname = :jobname");
        add(conditions, name, "j.jobname ILIKE :name");
        add(conditions, command, "j.command ILIKE :command");
        add(conditions, username, "j.username = :username");
        add(conditions, database, "j.database = :database");
        add(conditions, active, "j.active = :active");
        add(conditions, failing, "(coalesce(s.failures, 0) > 0 OR coalesce(d.cause = 'failures', false)) = :failing");
        add(conditions, group, "o.job_group = :group");
        add(conditions, condition, "c.condition = ANY (:conditions)");
        return String.join(" AND ", conditions);
    }

    private static void add(List<String> conditions, @Nullable Object value, String condition) {
        if (value != null) {
            conditions.add(condition);
        }
    }

    Map<String, @Nullable Object> parameters() {
        Map<String, @Nullable Object> parameters = new LinkedHashMap<>();
        parameters.put("jobids", jobid == null ? null : jobid.toArray(Long[]::new));
        parameters.put("jobname", jobname);
        parameters.put("name", name == null ? null : TextFilter.pattern(name));
        parameters.put("command", command == null ? null : TextFilter.contains(command));
        parameters.put("username", username);
        parameters.put("database", database);
        parameters.put("active", active);
        parameters.put("failing", failing);
        parameters.put("group", group);
        parameters.put(
                "conditions",
                condition == null
                        ? null
                        : condition.stream().map(Condition::text).toArray(String[]::new));
        return parameters;
    }
}
