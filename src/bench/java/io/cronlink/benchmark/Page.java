package io.cronlink.benchmark;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The results as Markdown. */
final class Page {

    private static final Map<String, String> TITLES = titles();

    private static final String HEAD = """
            # Cronlink beside pg_cron, pgAgent and pg_timetable

            Written by `mvn -Pbenchmark verify`, see [README.md](../../README.md#benchmark). All ran in turn on one PostgreSQL 15 with its default
            configuration (fsync on) but for `max_connections = 200`, scram passwords and jobs of an ordinary role, each in its own default configuration
            but for what a name says. Figures are medians; *ratio* is that of %1$s divided by Cronlink's.%2$s

            - Last measured: %3$s
            - Machine: %4$s
            - Load average when that began: %5$s; when it ended: %6$s. Client, servers and schedulers share the machine.
            - %7$s
            - Cronlink and %1$s were measured in each repetition, all others in the first one only; other versions and configurations of pg_cron only by bursts.%8$s

            A start *by the job's clock* is the moment at which the job itself reads the clock; the recorded one is what the scheduler's history says.
            When a job was due Cronlink tells it (`cronlink.scheduled_time`). Jobs that are due each second have no such time with others: theirs is on that
            grid of whole seconds, beginning anywhere, which makes the 99th percentile lowest, and how far apart two starts are is printed too. Who has no
            seconds runs its jobs each minute. pg_timetable looks for jobs once a minute from its start, which was on a whole minute, and spreads more than
            960 of a minute over it on purpose; pgAgent looks every 5 s, from a whole minute or 5 s after one on, and loses runs when many are due at once.
            What others than Cronlink sustain is the rate at which they work off 10,000 jobs of one minute.
            *pgbench writing the same rows* claims each run in a transaction and ends it in the next, as workers do; what fires comes 50 runs at a time in
            transactions that do not wait for the disk. Unlogged are the tables that are with Cronlink. How many clients are best is tried out.
            On the *slow disk* an fsync takes 5 ms longer (`commit_delay = 5000`, `commit_siblings = 0`).
            What lasts is measured for %9$d s. Memory is a process's own (RssAnon) without what it shares with others, where nothing else is said.
            """;

    private Page() {}

    record Circumstances(String begun, String loadBefore, String postgres, Peers peers) {}

    static String write(Results results, Options options, Circumstances about) {
        StringBuilder page = new StringBuilder(HEAD.formatted(
                about.peers().compared(),
                options.quick() ? " **Of the quick mode: these only show that it works.**" : "",
                about.begun() + " to " + now(),
                Proc.machine(),
                about.loadBefore(),
                Proc.load(),
                about.postgres(),
                about.peers().missing().stream().map(peer -> "\n- Left out: " + peer + ".").collect(Collectors.joining()),
                options.seconds()));
        TITLES.forEach((scenario, title) -> {
            if (results.scenarios().contains(scenario)) {
                section(results, scenario, title, about.peers().compared(), page);
            }
        });
        if (!results.series().isEmpty()) {
            page.append("\n## Plots\n\nIn `target/benchmark/` after a run:");
            results.series().keySet().forEach(plot -> page.append(" `").append(Plots.file(plot)).append('`'));
            page.append(".\n");
        }
        return page.toString();
    }

    private static void section(Results results, String scenario, String title, String peer, StringBuilder page) {
        List<String> schedulers = results.schedulers(scenario);
        boolean compared = schedulers.contains("Cronlink") && schedulers.contains(peer);
        page.append("\n## ").append(title).append("\n\nRepetitions: ").append(results.repetitions(scenario)).append(".\n");
        page.append("\n| | ").append(String.join(" | ", schedulers)).append(compared ? " | unit | ratio |\n|---|" : " | unit |\n|---|");
        page.append("---:|".repeat(schedulers.size())).append(compared ? "---|---:|\n" : "---|\n");
        for (Results.Figure figure : results.figures(scenario)) {
            page.append("| ").append(figure.what()).append(" | ");
            for (String scheduler : schedulers) {
                page.append(results.median(figure, scheduler).map(Results::text).orElse("")).append(" | ");
            }
            page.append(figure.unit()).append(" |");
            if (compared) {
                page.append(' ').append(ratio(results, figure, peer)).append(" |");
            }
            page.append('\n');
        }
    }

    private static String ratio(Results results, Results.Figure figure, String peer) {
        double ours = results.median(figure, "Cronlink").orElse(0.0);
        return ours == 0 ? "" : results.median(figure, peer).map(theirs -> Results.text(theirs / ours)).orElse("");
    }

    static String now() {
        return Instant.now().truncatedTo(ChronoUnit.MINUTES).toString().replace(":00Z", "Z");
    }

    private static Map<String, String> titles() {
        Map<String, String> titles = new LinkedHashMap<>();
        titles.put("burst", "Burst");
        titles.put("roles", "Many roles");
        titles.put("toplevel", "Jobs at top level");
        titles.put("punctuality", "Punctuality");
        titles.put("sustained", "Sustained load, memory and WAL");
        titles.put("slowdisk", "Sustained load on a slow disk");
        titles.put("firstfire", "First fire");
        titles.put("idle", "Idle");
        titles.put("history", "Long history");
        titles.put("tick", "Cost of a tick");
        titles.put("schedule", "Cost of a schedule");
        titles.put("rest", "Reads over REST");
        titles.put("startup", "Start-up and memory of the service");
        return titles;
    }
}
