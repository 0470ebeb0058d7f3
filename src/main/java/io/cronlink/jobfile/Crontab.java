package io.cronlink.jobfile;

import io.cronlink.jobfile.Script.Found;
import io.cronlink.jobfile.Script.LeftOut;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A crontab. Of its commands, which are a shell's, those are jobs that are a call of psql with {@code -c}, or SQL; all others are left
 * out, and said to be.
 */
final class Crontab {

    private static final Pattern VARIABLE = Pattern.compile("([A-Za-z_]\\w*)\\s*=\\s*(.*)");
    private static final Pattern FIELDS = Pattern.compile("((?:\\S+\\s+){4}\\S+)\\s+(.+)");
    private static final Pattern MACRO = Pattern.compile("(@\\w+)\\s+(.+)");
    private static final Pattern USER = Pattern.compile("([a-z_][a-z0-9_-]*)\\s+(.+)");
    private static final Pattern SQL = Pattern.compile(
            "(?:SELECT|INSERT|UPDATE|DELETE|MERGE|WITH|CALL|DO|VACUUM|ANALYZE|REINDEX|CLUSTER|REFRESH|TRUNCATE|CREATE|ALTER|DROP)\\b.*",
            Pattern.CASE_INSENSITIVE);

    /** Names that other crons have for what has one here. */
    private static final Map<String, String> MACROS = Map.of("@annually", "@yearly", "@midnight", "@daily");

    private final List<Found> jobs = new ArrayList<>();
    private final List<LeftOut> leftOut = new ArrayList<>();
    private @Nullable String timezone;
    private @Nullable String database;
    private @Nullable String username;

    private Crontab() {}

    static Script read(String text) {
        Crontab crontab = new Crontab();
        int number = 0;
        for (String line : text.split("\\R", -1)) {
            number++;
            String stripped = line.strip();
            if (!stripped.isEmpty() && !stripped.startsWith("#")) {
                crontab.line(number, stripped);
            }
        }
        return new Script(crontab.jobs, crontab.leftOut);
    }

    private void line(int number, String line) {
        Matcher variable = VARIABLE.matcher(line);
        if (variable.matches()) {
            set(number, line, variable.group(1), variable.group(2).replaceAll("^(['\"])(.*)\\1$", "$2"));
            return;
        }
        Matcher entry = line.startsWith("@") ? MACRO.matcher(line) : FIELDS.matcher(line);
        if (!entry.matches()) {
            leftOut.add(new LeftOut(number, line, "It is no line of a crontab: a schedule and a command."));
            return;
        }
        try {
            ObjectNode job = job(entry.group(2));
            String schedule = entry.group(1).replaceAll("\\s+", " ");
            job.put("schedule", MACROS.getOrDefault(schedule.toLowerCase(Locale.ROOT), schedule));
            fillIn(job, "timezone", timezone);
            fillIn(job, "database", database);
            fillIn(job, "username", username);
            jobs.add(new Found(number, job));
        } catch (IllegalArgumentException other) {
            leftOut.add(new LeftOut(number, line, String.valueOf(other.getMessage())));
        }
    }

    /** As cron, which puts them into the environment of what follows. */
    private void set(int number, String line, String name, String value) {
        String given = value.isEmpty() ? null : value;
        switch (name) {
            case "CRON_TZ", "TZ" -> timezone = given;
            case "PGDATABASE" -> database = given;
            case "PGUSER" -> username = given;
            default -> leftOut.add(new LeftOut(number, line, "Jobs in the database have no environment."));
        }
    }

    private static void fillIn(ObjectNode job, String name, @Nullable String value) {
        if (value != null && !job.has(name)) {
            job.put(name, value);
        }
    }

    private static ObjectNode job(String command) {
        Optional<ObjectNode> job = sql(command);
        if (job.isPresent()) {
            return job.get();
        }
        // In the system's crontab the user of the operating system stands before the command.
        Matcher user = USER.matcher(command);
        return user.matches()
                        && !PsqlCall.isOne(command)
                        && (PsqlCall.isOne(user.group(2))
                                || SQL.matcher(user.group(2)).matches())
                ? job(user.group(2))
                : PsqlCall.read(command);
    }

    private static Optional<ObjectNode> sql(String command) {
        return SQL.matcher(command).matches()
                ? Optional.of(JsonNodeFactory.instance.objectNode().put("command", command.replace("\\%", "%")))
                : Optional.empty();
    }
}
