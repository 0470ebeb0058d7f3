package io.cronlink.benchmark;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What to run.
 *
 * @param scenarios by name
 * @param repetitions medians are taken over these
 * @param seconds how long each lasts that lasts
 * @param minutes after which the JVM's memory is read
 * @param pgCron directory of a newer pg_cron, compiled
 * @param pgTimetable the program
 * @param quick small sizes, to see that it works; its results are no results
 * @param more adds to the figures of earlier runs instead of beginning again: a whole run may be done in pieces
 */
record Options(
        Set<String> scenarios,
        int repetitions,
        int seconds,
        int minutes,
        @Nullable Path pgCron,
        @Nullable Path pgTimetable,
        boolean quick,
        boolean more) {

    static final Set<String> ALL = Set.of(
            "burst", "roles", "toplevel", "punctuality", "sustained", "slowdisk", "firstfire", "idle", "history", "tick", "schedule", "rest", "startup");

    private static final Set<String> WITH_VALUE = Set.of("repetitions", "seconds", "minutes", "pg_cron", "pg_timetable");

    static Options parse(List<String> arguments) {
        boolean quick = arguments.contains("quick");
        Set<String> scenarios = new TreeSet<>();
        for (String argument : arguments) {
            if (ALL.contains(argument)) {
                scenarios.add(argument);
            } else if (!argument.equals("quick")
                    && !argument.equals("more")
                    && !(argument.contains("=") && WITH_VALUE.contains(argument.substring(0, argument.indexOf('='))))) {
                throw new IllegalArgumentException(argument + " is none of quick, more, " + new TreeSet<>(ALL) + ", NAME=VALUE of " + new TreeSet<>(WITH_VALUE));
            }
        }
        return new Options(
                scenarios.isEmpty() ? ALL : scenarios,
                number(arguments, "repetitions", quick ? 1 : 3),
                number(arguments, "seconds", quick ? 10 : 30),
                number(arguments, "minutes", quick ? 0 : 5),
                path(arguments, "pg_cron"),
                path(arguments, "pg_timetable"),
                quick,
                arguments.contains("more"));
    }

    private static @Nullable String value(List<String> arguments, String name) {
        return arguments.stream()
                .filter(argument -> argument.startsWith(name + "="))
                .map(argument -> argument.substring(name.length() + 1))
                .findFirst()
                .orElse(null);
    }

    private static int number(List<String> arguments, String name, int otherwise) {
        String value = value(arguments, name);
        return value == null ? otherwise : Integer.parseInt(value);
    }

    private static @Nullable Path path(List<String> arguments, String name) {
        String value = value(arguments, name);
        return value == null ? null : Path.of(value).toAbsolutePath();
    }

    boolean wants(String scenario) {
        return scenarios.contains(scenario);
    }
}
