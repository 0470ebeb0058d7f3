package io.cronlink.jobfile;

import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** A plan for people at a terminal. What would move its cursor is escaped. */
final class PlanText {

    private static final int WIDEST = 100;

    private PlanText() {}

    static String of(String file, Plan plan) {
        StringBuilder text = new StringBuilder(shown(file))
                .append(" (manager ")
                .append(shown(String.valueOf(plan.manager())))
                .append(")\n");
        plan.jobs().stream().filter(job -> !job.action().equals("unchanged")).forEach(job -> text.append(line(job)));
        plan.warnings().forEach(warning -> text.append("  warning: ")
                .append(shown(warning.message()))
                .append(warning.hint() == null ? "" : " " + shown(warning.hint()))
                .append('\n'));
        return text.append(summary(plan)).append('\n').toString();
    }

    /** In a line of the log. */
    static String summary(String file, Plan plan) {
        return shown(file) + ": " + summary(plan);
    }

    private static String line(PlannedJob job) {
        StringBuilder line = new StringBuilder("  ")
                .append(sign(job.action()))
                .append(' ')
                .append(job.jobname() == null ? "(without a name)" : shown(job.jobname()))
                .append(" of ")
                .append(shown(job.username()))
                .append(": ")
                .append(shown(job.reason()))
                .append('\n');
        job.changes().forEach((property, values) -> line.append("      ")
                .append(property)
                .append(": ")
                .append(value(values.get(0)))
                .append(" → ")
                .append(value(values.get(1)))
                .append('\n'));
        return line.toString();
    }

    private static char sign(String action) {
        return switch (action) {
            case "add" -> '+';
            case "change" -> '~';
            case "adopt" -> '>';
            case "remove" -> '-';
            case PlannedJob.CONFLICT -> '!';
            default -> '=';
        };
    }

    private static String summary(Plan plan) {
        StringJoiner parts = new StringJoiner(", ", plan.dryRun() ? "Plan: " : "Applied: ", ".");
        List<String> order = List.of("add", "change", "adopt", "remove", "keep", PlannedJob.CONFLICT, "unchanged");
        order.stream()
                .filter(plan.counts()::containsKey)
                .forEach(action -> parts.add(plan.counts().get(action) + " " + words(action, plan.dryRun())));
        return plan.jobs().isEmpty() ? parts.add("no jobs").toString() : parts.toString();
    }

    private static String words(String action, boolean dryRun) {
        return switch (action) {
            case "add" -> dryRun ? "to add" : "added";
            case "change" -> dryRun ? "to change" : "changed";
            case "adopt" -> dryRun ? "to take over" : "taken over";
            case "remove" -> dryRun ? "to remove" : "removed";
            case "keep" -> "kept";
            case PlannedJob.CONFLICT -> "in conflict";
            default -> action;
        };
    }

    private static String value(JsonNode value) {
        String text = shown(value.isNull() ? "not set" : value.toString());
        return text.length() <= WIDEST ? text : text.substring(0, WIDEST) + "…";
    }

    static String shown(String text) {
        return text.codePoints()
                .mapToObj(point -> Character.isISOControl(point) || Character.getType(point) == Character.FORMAT
                        ? "\\u%04x".formatted(point)
                        : Character.toString(point))
                .collect(Collectors.joining());
    }
}
