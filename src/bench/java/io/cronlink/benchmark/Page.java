package io.cronlink.benchmark;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** The results as Markdown. */
final class Page {

    private static final String HEAD = """
            # Cronlink beside pg_cron

            Written by `mvn -Pbenchmark verify`, see [README.md](../../README.md#benchmark). Both ran in turn on one PostgreSQL 15 with its default
            configuration (fsync on), scram passwords and jobs of an ordinary role; pg_cron as Debian packages it, in its default configuration and with
            background workers. Each figure is the median of %d repetition%s%s.

            - Date: %s
            - Machine: %s
            - Load average when it began: %s; when it ended: %s. Client, servers and schedulers share the machine.
            - %s
            %s
            A start is the moment at which the job itself reads the clock (burst), or start_time as recorded (punctuality). pg_cron %s has no seconds: its jobs
            are due each minute where Cronlink's are due each second, and what it sustains is the rate at which it works off 10,000 jobs of one minute.
            Memory is a process's own (RssAnon), without what it shares with others.
            """;

    private Page() {}

    record Circumstances(String begun, String loadBefore, String postgres, String pgCron) {}

    static String write(Results results, Options options, Circumstances about) {
        StringBuilder page = new StringBuilder(HEAD.formatted(
                options.repetitions(),
                options.repetitions() == 1 ? "" : "s",
                options.quick() ? " of the quick mode: **these figures only show that it works**" : ", each of " + options.seconds() + " s where it lasts",
                about.begun() + " to " + now(),
                Proc.machine(),
                about.loadBefore(),
                Proc.load(),
                about.postgres() + ", pg_cron " + about.pgCron(),
                "",
                about.pgCron()));
        List<String> schedulers = new ArrayList<>(results.schedulers());
        String scenario = "";
        for (Results.Figure figure : results.figures()) {
            if (!figure.scenario().equals(scenario)) {
                scenario = figure.scenario();
                page.append("\n## ").append(title(scenario)).append("\n\n| | ").append(String.join(" | ", schedulers)).append(" | unit |\n|---|");
                page.append("---:|".repeat(schedulers.size())).append("---|\n");
            }
            page.append("| ").append(figure.what()).append(" | ");
            for (String scheduler : schedulers) {
                page.append(results.median(figure, scheduler).map(Results::text).orElse("")).append(" | ");
            }
            page.append(figure.unit()).append(" |\n");
        }
        if (!results.series().isEmpty()) {
            page.append("\n## Plots\n\nIn `target/benchmark/` after a run:");
            results.series().keySet().forEach(plot -> page.append(" `").append(Plots.file(plot)).append('`'));
            page.append(".\n");
        }
        return page.toString();
    }

    static String now() {
        return Instant.now().truncatedTo(ChronoUnit.MINUTES).toString().replace(":00Z", "Z");
    }

    private static String title(String scenario) {
        return switch (scenario) {
            case "burst" -> "Burst";
            case "punctuality" -> "Punctuality";
            case "sustained" -> "Sustained load, memory and WAL";
            case "idle" -> "Idle";
            case "tick" -> "Cost of a tick";
            case "startup" -> "Start-up";
            default -> scenario;
        };
    }
}
