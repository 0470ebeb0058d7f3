package io.cronlink.benchmark;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The results as Markdown. */
final class Page {

    private static final Map<String, String> TITLES = titles();

    private static final String HEAD = """
            # Cronlink beside pg_cron

            Written by `mvn -Pbenchmark verify`, see [README.md](../../README.md#benchmark). Both ran in turn on one PostgreSQL 15 with its default
            configuration (fsync on), scram passwords and jobs of an ordinary role; pg_cron as Debian packages it, in its default configuration and with
            background workers. Figures are medians; *ratio* is pg_cron's in its default configuration divided by Cronlink's.%s

            - Last measured: %s
            - Machine: %s
            - Load average when that began: %s; when it ended: %s. Client, servers and schedulers share the machine.
            - %s

            A start is the moment at which the job itself reads the clock (burst), or start_time as recorded (punctuality). pg_cron %s has no seconds: its jobs
            are due each minute where Cronlink's are due each second, and what it sustains is the rate at which it works off 10,000 jobs of one minute.
            What lasts is measured for %d s. Memory is a process's own (RssAnon), without what it shares with others.
            """;

    private Page() {}

    record Circumstances(String begun, String loadBefore, String postgres, String pgCron) {}

    static String write(Results results, Options options, Circumstances about) {
        StringBuilder page = new StringBuilder(HEAD.formatted(
                options.quick() ? " **Of the quick mode: these only show that it works.**" : "",
                about.begun() + " to " + now(),
                Proc.machine(),
                about.loadBefore(),
                Proc.load(),
                about.postgres() + ", pg_cron " + about.pgCron(),
                about.pgCron(),
                options.seconds()));
        TITLES.forEach((scenario, title) -> {
            if (results.scenarios().contains(scenario)) {
                section(results, scenario, title, page);
            }
        });
        if (!results.series().isEmpty()) {
            page.append("\n## Plots\n\nIn `target/benchmark/` after a run:");
            results.series().keySet().forEach(plot -> page.append(" `").append(Plots.file(plot)).append('`'));
            page.append(".\n");
        }
        return page.toString();
    }

    private static void section(Results results, String scenario, String title, StringBuilder page) {
        List<String> schedulers = results.schedulers(scenario);
        boolean compared = schedulers.contains("Cronlink") && schedulers.contains("pg_cron");
        int repetitions = results.repetitions(scenario);
        page.append("\n## ").append(title).append("\n\nMedian of ").append(repetitions).append(repetitions == 1 ? " repetition.\n" : " repetitions.\n");
        page.append("\n| | ").append(String.join(" | ", schedulers)).append(compared ? " | unit | ratio |\n|---|" : " | unit |\n|---|");
        page.append("---:|".repeat(schedulers.size())).append(compared ? "---|---:|\n" : "---|\n");
        for (Results.Figure figure : results.figures(scenario)) {
            page.append("| ").append(figure.what()).append(" | ");
            for (String scheduler : schedulers) {
                page.append(results.median(figure, scheduler).map(Results::text).orElse("")).append(" | ");
            }
            page.append(figure.unit()).append(" |");
            if (compared) {
                page.append(' ').append(ratio(results, figure)).append(" |");
            }
            page.append('\n');
        }
    }

    private static String ratio(Results results, Results.Figure figure) {
        double ours = results.median(figure, "Cronlink").orElse(0.0);
        return ours == 0 ? "" : results.median(figure, "pg_cron").map(theirs -> Results.text(theirs / ours)).orElse("");
    }

    static String now() {
        return Instant.now().truncatedTo(ChronoUnit.MINUTES).toString().replace(":00Z", "Z");
    }

    private static Map<String, String> titles() {
        Map<String, String> titles = new LinkedHashMap<>();
        titles.put("burst", "Burst");
        titles.put("punctuality", "Punctuality");
        titles.put("sustained", "Sustained load, memory and WAL");
        titles.put("idle", "Idle");
        titles.put("tick", "Cost of a tick");
        titles.put("schedule", "Cost of a schedule");
        titles.put("startup", "Start-up");
        return titles;
    }
}
