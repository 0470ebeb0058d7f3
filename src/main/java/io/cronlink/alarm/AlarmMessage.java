package io.cronlink.alarm;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What is sent at once to a channel: one alarm, or several.
 *
 * @param messageid the same at each attempt
 * @param attempt which one it is, from 1
 */
record AlarmMessage(UUID messageid, int attempt, Content content) {

    private static final int LONGEST_SUBJECT = 200;

    /**
     * @param kinds of its alarms
     * @param alarmids all of them
     * @param count how many are told of; that an alarm has ended is not counted where it is told along with it
     * @param alarms the first hundred
     */
    record Content(String database, List<String> kinds, List<Long> alarmids, int count, List<Item> alarms) {}

    record Item(
            long alarmid,
            String kind,
            String severity,
            @Nullable Long jobid,
            @Nullable String jobname,
            @Nullable String username,
            @Nullable Long runid,
            Instant raisedAt,
            @Nullable Instant endedAt,
            String message,
            @Nullable JsonNode details,
            @Nullable Long endsAlarmid) {

        /** In one line, whatever is in the name of a job. */
        String line() {
            Instant over = endsAlarmid == null && endedAt != null && endedAt.isAfter(raisedAt) ? endedAt : null;
            return oneLine(message) + (over == null ? "" : " (over since " + seconds(over) + ")");
        }

        private String described() {
            return line() + "\n    " + (endsAlarmid == null ? severity : "was " + severity) + ", " + seconds(raisedAt)
                    + ", alarm " + alarmid + (runid == null ? "" : ", run " + runid)
                    + (username == null ? "" : ", role " + oneLine(username));
        }
    }

    /** One line that says it. */
    String subject() {
        String subject = content.count() == 1 ? content.alarms().get(0).line() : content.count() + " " + what();
        return subject.length() <= LONGEST_SUBJECT ? subject : subject.substring(0, LONGEST_SUBJECT - 1) + "…";
    }

    private String what() {
        if (content.kinds().size() != 1) {
            return "alarms: " + String.join(", ", content.kinds());
        }
        return switch (content.kinds().get(0)) {
            case "failed" -> "jobs failed";
            case "recovered" -> "alarms are over";
            case "late" -> "jobs start late";
            case "long" -> "jobs run long";
            case "no_success" -> "jobs have not succeeded in time";
            case "deactivated" -> "jobs were deactivated";
            default -> "alarms: " + content.kinds().get(0);
        };
    }

    String text() {
        List<String> lines = new ArrayList<>();
        content.alarms().forEach(alarm -> lines.add(alarm.described()));
        int more = content.count() - content.alarms().size();
        if (more > 0) {
            lines.add("and " + more + " more, see cron.alarm");
        }
        return String.join("\n", lines);
    }

    /** The worst there is. */
    String severity() {
        return List.of("critical", "error", "warning", "info").stream()
                .filter(severity -> content.alarms().stream()
                        .anyMatch(alarm -> alarm.severity().equals(severity)))
                .findFirst()
                .orElse("info");
    }

    /** What a template may name, and the default body shows. */
    Map<String, @Nullable Object> model(Instant now) {
        Map<String, @Nullable Object> model = new LinkedHashMap<>();
        model.put(
                "type", content.kinds().size() == 1 ? "alarm." + content.kinds().get(0) : "alarms");
        model.put("id", messageid.toString());
        model.put("timestamp", now.toString());
        model.put("database", content.database());
        model.put("severity", severity());
        model.put("subject", subject());
        model.put("text", text());
        model.put("count", content.count());
        model.put("alarmids", content.alarmids());
        model.put("alarms", content.alarms().stream().map(AlarmMessage::model).toList());
        return model;
    }

    private static Map<String, @Nullable Object> model(Item alarm) {
        Map<String, @Nullable Object> model = new LinkedHashMap<>();
        model.put("alarmid", alarm.alarmid());
        model.put("kind", alarm.kind());
        model.put("severity", alarm.severity());
        model.put("jobid", alarm.jobid());
        model.put("jobname", alarm.jobname());
        model.put("username", alarm.username());
        model.put("runid", alarm.runid());
        model.put("raisedAt", alarm.raisedAt().toString());
        model.put("endedAt", alarm.endedAt() == null ? null : alarm.endedAt().toString());
        model.put("message", alarm.message());
        model.put("details", alarm.details());
        model.put("endsAlarmid", alarm.endsAlarmid());
        return model;
    }

    private static String seconds(Instant time) {
        return Instant.ofEpochSecond(time.getEpochSecond()).toString();
    }

    static String oneLine(String text) {
        return text.replaceAll("[\\p{Cntrl}\\p{Zl}\\p{Zp}\\s]+", " ").strip();
    }
}
