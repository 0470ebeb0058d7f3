package io.cronlink.benchmark;

import io.cronlink.database.BenchmarkServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.util.FileSystemUtils;

/** Runs all scenarios on all schedulers in turn and writes what it found. */
final class Benchmark {

    private static final Map<String, String> SETTINGS =
            Map.of("max_connections", "200", "shared_preload_libraries", "pg_cron", "cron.database_name", PgCron.DATABASE);

    private final Options options;
    private final Path folder;
    private final Path jar;
    private final Path files;
    private final BenchmarkServer server;
    private final Results results = new Results();

    private Benchmark(Options options, Path folder, Path jar) throws IOException {
        this.options = options;
        this.folder = folder;
        this.jar = jar;
        this.files = Files.createTempDirectory(Files.createDirectories(folder), "server-");
        this.server = BenchmarkServer.create(files, SETTINGS);
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
        String pgCron = prepare();
        String postgres = server.run(List.of(server.program("postgres"), "--version")).strip();
        for (int repetition = 1; repetition <= options.repetitions(); repetition++) {
            server.start(Map.of());
            for (Scenario scenario : scenarios()) {
                measure(repetition, scenario, new Cronlink(jar, folder.resolve("service")));
                measure(repetition, scenario, new PgCron("pg_cron"));
            }
            server.stop();
            server.start(Map.of("cron.use_background_workers", "on"));
            for (Scenario scenario : scenarios()) {
                measure(repetition, scenario, new PgCron("pg_cron, background workers"));
            }
            server.stop();
            results.save(values);
            write(new Page.Circumstances(begun, load, postgres, pgCron));
        }
        FileSystemUtils.deleteRecursively(files);
    }

    /** Answers pg_cron's version. */
    private String prepare() {
        server.start(Map.of());
        SingleConnectionDataSource session = Sessions.open(server.superuser("postgres"));
        JdbcClient superuser = JdbcClient.create(session);
        for (String role : List.of(BenchmarkServer.OWNER, BenchmarkServer.JOB_ROLE)) {
            superuser.sql("CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(role, server.password())).update();
        }
        superuser.sql("GRANT %s TO %s".formatted(BenchmarkServer.JOB_ROLE, BenchmarkServer.OWNER)).update();
        superuser.sql("CREATE DATABASE " + PgCron.DATABASE).update();
        String version = superuser.sql("SELECT default_version FROM pg_available_extensions WHERE name = 'pg_cron'")
                .query(String.class)
                .single();
        session.destroy();
        server.stop();
        return version;
    }

    private List<Scenario> scenarios() {
        List<Scenario> all = new ArrayList<>();
        for (int jobs : options.quick() ? List.of(100, 1_000) : List.of(100, 1_000, 10_000)) {
            all.add(new Burst(jobs));
        }
        for (int jobs : List.of(1, 20, 100)) {
            all.add(new Punctuality(jobs, Punctuality.Added.TOGETHER, options.seconds()));
        }
        all.add(new Punctuality(20, Punctuality.Added.SINGLY, options.seconds()));
        all.add(new Punctuality(2_000, Punctuality.Added.SPREAD, options.seconds()));
        all.add(new Sustained(server, options.seconds(), options.quick()));
        for (int jobs : options.quick() ? List.of(10, 10_000) : List.of(10, 10_000, 100_000)) {
            all.add(new Idle(jobs, options.seconds()));
        }
        all.add(new TickCost(options.quick()));
        all.add(new ScheduleCost());
        all.add(new StartUp(server));
        all.removeIf(scenario -> !options.wants(scenario.name()));
        return all;
    }

    @SuppressWarnings("SystemOut")
    private void measure(int repetition, Scenario scenario, Scheduler scheduler) {
        if (!scheduler.isCronlink() && scenario.isOnlyForCronlink()) {
            return;
        }
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
