package io.cronlink.problem;

import static java.util.Map.entry;

import io.cronlink.row.Columns;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.ServerErrorMessage;

/** What the tables' constraints ask for, in words. PostgreSQL's own show the row, or say nothing but a constraint's name. */
final class Constraints {

    /** PostgreSQL calls the check of a column {@code <table>_<column>_check}. */
    private static final Pattern CHECK =
            Pattern.compile("(?:job_options|job_group|job_alarms|job|alarm_settings|settings)_(\\w+)_check");

    private static final String POSITIVE = "must be more than 0, and at most 100 years (PT864000H)";
    private static final String NOT_NEGATIVE = "must be 0 or more, and at most 100 years (PT864000H)";
    private static final String NOT_NEGATIVE_ALARM =
            "must be more than 0, and at most 100 years (PT864000H); for a job 0 switches it off";
    private static final String VALID = "must be from year 1 to year 9999";
    private static final String PARTS =
            "must not have parts that cancel each other out: at most 100 years and 36525 days, with either sign";

    private static final Map<String, FieldError> NAMED = Map.ofEntries(
            entry("jobname_username_uniq", new FieldError("jobname", "is the name of another job of this role", null)),
            entry("job_options_valid_period", new FieldError("validUntil", "must be later than validFrom", null)),
            entry("job_options_years_and_days", new FieldError("interval", PARTS, null)),
            entry("settings_years_and_days", new FieldError("interval", PARTS, null)),
            entry("settings_audit_years_and_days", new FieldError("keepAudit", PARTS, null)),
            entry("job_alarms_years_and_days", new FieldError("interval", PARTS, null)),
            entry("alarm_settings_years_and_days", new FieldError("interval", PARTS, null)),
            entry(
                    "alarm_settings_quiet_hours",
                    new FieldError("quietUntil", "must be set if quietFrom is, and only then, to another time", null)),
            entry("api_token_valid_period", new FieldError("expiresAt", "must be in the future", null)),
            entry("api_token_name_uniq", new FieldError("name", "is the name of another token", null)));

    /** By property; options and their defaults in the settings have the same names and rules. */
    private static final Map<String, String> CHECKED = Map.ofEntries(
            entry("jitter", "must be from 0 to 1 day (PT24H)"),
            entry("timeout", POSITIVE),
            entry("maxAttempts", "must be from 1 to 100"),
            entry("retryDelay", NOT_NEGATIVE),
            entry("maxRetryDelay", NOT_NEGATIVE),
            entry("overlap", "must be queue, skip or allow"),
            entry("catchUp", "must be once, all or skip"),
            entry("catchUpLimit", "must be from 1 to 10000"),
            entry("startDeadline", POSITIVE),
            entry("maxFailures", "must be from 1 to 1000000"),
            entry("jobGroup", "must not be empty, and have at most 200 characters"),
            entry("schedule", "must have at most 4000 characters"),
            entry("command", "must have at most 1048576 bytes (1 MB)"),
            entry("jobname", "must have at most 200 characters"),
            entry("nodename", "must have at most 255 characters"),
            entry("nodeport", "must be from 1 to 65535"),
            entry("database", "must have at most 63 bytes"),
            entry("description", "must have at most 1000 characters"),
            entry("validFrom", VALID),
            entry("validUntil", VALID),
            entry("priority", "must be from -1000000 to 1000000"),
            entry("name", "must not be empty, and have at most 200 characters"),
            entry("maxRunning", "must be from 0 to 1000"),
            entry("logLevel", "must be all, failures or none"),
            entry("maxRunningJobs", "must be from 1 to 1000"),
            entry("maxRunningJobsPerRole", "must be from 1 to 1000"),
            entry("reservedRunningJobs", "must be from 0 to 1000"),
            entry("connectTimeout", "must be from 2 s (PT2S) to 1 hour (PT1H)"),
            entry("cancelGrace", NOT_NEGATIVE),
            entry("workerIdleTimeout", NOT_NEGATIVE),
            entry("workerMaxAge", "must be 1 s (PT1S) or more, and at most 100 years (PT864000H)"),
            entry("keepRuns", NOT_NEGATIVE),
            entry("keepFailedRuns", NOT_NEGATIVE),
            entry("keepAudit", NOT_NEGATIVE),
            entry("keepRunsPerJob", "must be from 1 to 1000000000"),
            entry("lateAfter", NOT_NEGATIVE_ALARM),
            entry("longAfter", NOT_NEGATIVE_ALARM),
            entry("noSuccessFor", NOT_NEGATIVE_ALARM),
            entry("longFactor", "must be from 1 to 1000; for a job 0 switches it off"),
            entry("severity", "must be warning, error or critical"),
            entry("repeatAfter", NOT_NEGATIVE),
            entry("noLeaderAfter", POSITIVE),
            entry("tickOlderThan", POSITIVE),
            entry("queueOver", "must be from 1 to 1000000"),
            entry("connectionsOver", "must be from 1 to 100"),
            entry("clockJumpOver", POSITIVE),
            entry("groupWindow", "must be from 0 to 1 day (PT24H)"),
            entry("messagesPerHour", "must be from 1 to 100000"),
            entry("keepAlarms", NOT_NEGATIVE),
            entry("measureRuns", "must be all, sample or none"));

    private Constraints() {}

    static Optional<FieldError> violated(ServerErrorMessage error) {
        if (error.getColumn() != null) {
            return Optional.of(new FieldError(Columns.property(error.getColumn()), "is required", null));
        }
        return Optional.ofNullable(error.getConstraint()).map(Constraints::words);
    }

    static @Nullable FieldError words(String constraint) {
        Matcher check = CHECK.matcher(constraint);
        if (!check.matches()) {
            return NAMED.get(constraint);
        }
        String property = Columns.property(check.group(1));
        String words = CHECKED.get(property);
        return words == null ? null : new FieldError(property, words, null);
    }
}
