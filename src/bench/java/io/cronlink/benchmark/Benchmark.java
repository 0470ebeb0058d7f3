package io.cronlink.benchmark;

import io.cronlink.database.BenchmarkServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.springframework.util.FileSystemUtils;

/** Runs all scenarios on all schedulers in turn and writes what it found. */
final class Benchmark {

    private static final Map<String, String> SETTINGS = Map.of("max_connections", "200", "shared_preload_libraries", "pg_cron");

    private final Options options;
    private final Path folder;
    private final Path files;
    private final BenchmarkServer server;
    private final Peers peers;
    private final Results results = new Results();

    private Benchmark(Options options, Path folder, Path jar) throws IOException {
        this.options = options;
        this.folder = folder;
        this.files = Files.createTempDirectory(Files.createDirectories(folder), "server-");
        this.server = BenchmarkServer.create(files, SETTINGS);
        this.peers = new Peers(server, options, jar, folder);
    }

    public static void main(String[] arguments) throws IOException {
        Options options = Options.parse(List.of(arguments));
        Benchmark benchmark = new Benchmark(
                options, Path.of("target", "benchmark").toAbsolutePath(), Path.of(System.getProperty("benchmark.jar")));
        Runtime.getRuntime().addShutdownHook(new Thread(benchmark.server::close));
        benchmark.run();
        // Not without this: the service's log keeps a thread.
        System.exit(0);
    }

    private void run() throws IOException {
        String begun = Page.now();
        Path values = folder.resolve("values.tsv");
        if (options.more() && Files.exists(values)) {
            results.load(values);
        }
        String load = Proc.load();
        String postgres = server.run(List.of(server.program("postgres"), "--version")).strip();
        peers.prepare();
        for (int repetition = 1; repetition <= options.repetitions(); repetition++) {
            for (ServerKind kind : ServerKind.values()) {
                for (Peers.Group group : peers.groups(kind)) {
                    measure(repetition, kind, group);
                }
            }
            results.save(values);
            write(new Page.Circumstances(begun, load, postgres, peers));
        }
        FileSystemUtils.deleteRecursively(files);
    }

    /** Starts the server only where something is to be measured. */
    private void measure(int repetition, ServerKind kind, Peers.Group group) throws IOException {
        List<Scenario> scenarios = new Scenarios(server, options).of(kind);
        List<Scheduler> schedulers = group.schedulers().stream()
                .filter(scheduler -> scenarios.stream().anyMatch(scenario -> isDue(repetition, scenario, scheduler)))
                .toList();
        if (schedulers.isEmpty()) {
            return;
        }
        group.start(server, kind);
        for (Scenario scenario : scenarios) {
            for (Scheduler scheduler : schedulers) {
                if (isDue(repetition, scenario, scheduler)) {
                    measure(repetition, scenario, scheduler);
                }
            }
        }
        schedulers.forEach(Scheduler::close);
        server.stop();
    }

    /** Of other versions and configurations of pg_cron, only a burst. */
    private boolean isDue(int repetition, Scenario scenario, Scheduler scheduler) {
        boolean compared = scheduler.isCronlink() || scheduler.name().equals(peers.compared());
        boolean variant = scheduler instanceof PgCron && !compared;
        return scenario.suits(scheduler)
                && (repetition == 1 || compared && scenario.isRepeated())
                && (!variant || scenario instanceof Burst burst && burst.jobs() <= 1_000);
    }

    @SuppressWarnings("SystemOut")
    private void measure(int repetition, Scenario scenario, Scheduler scheduler) {
        System.out.printf("%d/%d %s: %s%n", repetition, options.repetitions(), scheduler.name(), scenario);
        scheduler.begin(server);
        try {
            scenario.run(scheduler, results);
        } finally {
            scheduler.end();
        }
    }

    private void write(Page.Circumstances about) throws IOException {
        String page = Page.write(results, options, about);
        Files.writeString(folder.resolve("RESULTS.md"), page);
        Plots.write(results.series(), folder);
        // Only whole results replace those that are kept.
        if (!options.quick() && results.scenarios().equals(Options.ALL)) {
            Files.writeString(Path.of("src", "bench", "RESULTS.md"), page);
        }
    }
}
