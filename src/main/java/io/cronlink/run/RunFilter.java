package io.cronlink.run;

import io.cronlink.http.TextFilter;
import io.cronlink.row.Columns;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;

/**
 * Which runs are meant; all that is given has to hold.
 *
 * @param jobid those of a job
 * @param name those of jobs that are there, by a pattern for the name, {@code *} for any characters, upper and lower case alike
 * @param status what they are, or how they ended
 * @param trigger what made them: schedule, manual, retry and so on
 * @param username as which role
 * @param from queued at this time or later
 * @param until queued before
 * @param message a text somewhere in the message, upper and lower case alike
 */
record RunFilter(
        @Nullable Long jobid,
        @Nullable String name,
        @Nullable RunStatus status,
        @Nullable String trigger,
        @Nullable String username,

        @DateTimeFormat(iso = DateTimeFormat.ISO.DATE_TIME) @Nullable
        Instant from,

        @DateTimeFormat(iso = DateTimeFormat.ISO.DATE_TIME) @Nullable
        Instant until,

        @Nullable String message) {

    /** What an index finds. Conditions are put together so that each combination can use its own. */
    String found() {
        List<String> conditions = new ArrayList<>(List.of("true"));
        if (jobid != null) {
            // Not an equality, for which the planner would as soon read the whole history backwards.
            conditions.add("r.jobid BETWEEN :jobid AND :jobid");
        }
        if (status != null && status.isFound()) {
            conditions.add(status.condition());
        }
        if (from != null) {
            conditions.add("r.runid >= cron_engine.first_run_since(:from)");
        }
        if (until != null) {
            conditions.add("r.runid < cron_engine.first_run_since(:until)");
        }
        return String.join(" AND ", conditions);
    }

    /** What is to be looked for in the runs that are found. */
    String searched() {
        List<String> conditions = new ArrayList<>(List.of("true"));
        if (status != null && !status.isFound()) {
            conditions.add(status.condition());
        }
        if (name != null) {
            conditions.add("j.jobname ILIKE :name");
        }
        if (trigger != null) {
            conditions.add("r.trigger = :trigger");
        }
        if (username != null) {
            conditions.add("r.username = :username");
        }
        if (message != null) {
            conditions.add("r.return_message ILIKE :message");
        }
        return String.join(" AND ", conditions);
    }

    boolean needsSearch() {
        return !searched().equals("true");
    }

    String order() {
        return jobid == null ? "r.runid DESC" : "r.jobid DESC, r.runid DESC";
    }

    Map<String, @Nullable Object> parameters() {
        Map<String, @Nullable Object> parameters = new LinkedHashMap<>();
        parameters.put("jobid", jobid);
        parameters.put("name", name == null ? null : TextFilter.pattern(name));
        parameters.put("trigger", trigger);
        parameters.put("username", username);
        parameters.put("from", Columns.toSql(from));
        parameters.put("until", Columns.toSql(until));
        parameters.put("message", message == null ? null : TextFilter.contains(message));
        return parameters;
    }
}
