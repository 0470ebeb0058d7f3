package io.cronlink.benchmark;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What to run.
 *
 * @param scenarios by name
 * @param repetitions medians are taken over these
 * @param seconds how long each lasts that lasts
 * @param quick small sizes, to see that it works; its results are no results
 * @param more adds to the figures of earlier runs instead of beginning anew: a whole run may be done in pieces
 */
record Options(Set<String> scenarios, int repetitions, int seconds, boolean quick, boolean more) {

    static final Set<String> ALL = Set.of("burst", "punctuality", "sustained", "idle", "tick", "schedule", "startup");

    static Options parse(List<String> arguments) {
        boolean quick = arguments.contains("quick");
        int repetitions = quick ? 1 : 3;
        int seconds = quick ? 10 : 60;
        Set<String> scenarios = new TreeSet<>();
        for (String argument : arguments) {
            if (argument.startsWith("repetitions=")) {
                repetitions = value(argument);
            } else if (argument.startsWith("seconds=")) {
                seconds = value(argument);
            } else if (ALL.contains(argument)) {
                scenarios.add(argument);
            } else if (!argument.equals("quick") && !argument.equals("more")) {
                throw new IllegalArgumentException(
                        argument + " is none of quick, more, repetitions=N, seconds=N, " + new TreeSet<>(ALL));
            }
        }
        return new Options(scenarios.isEmpty() ? ALL : scenarios, repetitions, seconds, quick, arguments.contains("more"));
    }

    private static int value(String argument) {
        return Integer.parseInt(argument.substring(argument.indexOf('=') + 1));
    }

    boolean wants(String scenario) {
        return scenarios.contains(scenario);
    }
}
