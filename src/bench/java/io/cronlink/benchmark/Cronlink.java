package io.cronlink.benchmark;

import io.cronlink.database.BenchmarkServer;
import io.cronlink.database.Login;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Cronlink by its packaged jar. Each measurement gets a fresh database and a fresh service. */
final class Cronlink extends Scheduler {

    static final String DATABASE = "cronlink";
    private static final String TEMPLATE = "cronlink_template";
    private static final Duration START = Duration.ofSeconds(120);

    private final Path jar;
    private final Path folder;
    private @Nullable Process service;
    private @Nullable SingleConnectionDataSource session;

    Cronlink(Path jar, Path folder) {
        super("Cronlink");
        this.jar = jar;
        this.folder = folder;
    }

    @Override
    void begin(BenchmarkServer server) {
        createDatabase(server);
        service = startService(server, DATABASE);
        session = Sessions.open(server.login(DATABASE, BenchmarkServer.OWNER));
        awaitLeader();
    }

    /** Migrated, and left alone. */
    void createDatabase(BenchmarkServer server) {
        SingleConnectionDataSource postgres = Sessions.open(server.superuser("postgres"));
        JdbcClient superuser = JdbcClient.create(postgres);
        if (superuser.sql("SELECT count(*) FROM pg_database WHERE datname = '" + TEMPLATE + "'").query(Long.class).single() == 0) {
            superuser.sql("CREATE DATABASE " + TEMPLATE + " OWNER " + BenchmarkServer.OWNER).update();
            prepareTemplate(server);
        }
        superuser.sql("DROP DATABASE IF EXISTS " + DATABASE + " WITH (FORCE)").update();
        superuser.sql("CREATE DATABASE " + DATABASE + " OWNER " + BenchmarkServer.OWNER + " TEMPLATE " + TEMPLATE).update();
        superuser.sql("CHECKPOINT").update();
        postgres.destroy();
    }

    private void prepareTemplate(BenchmarkServer server) {
        Process migrating = startService(server, TEMPLATE);
        SingleConnectionDataSource owner = Sessions.open(server.login(TEMPLATE, BenchmarkServer.OWNER));
        JdbcClient.create(owner)
                .sql("SELECT cron.add_login(:role, :password)")
                .param("role", BenchmarkServer.JOB_ROLE)
                .param("password", server.password())
                .query()
                .singleRow();
        owner.destroy();
        SingleConnectionDataSource superuser = Sessions.open(server.superuser(TEMPLATE));
        JdbcClient client = JdbcClient.create(superuser);
        prepareDatabase(client);
        client.sql("ALTER TABLE hit OWNER TO " + BenchmarkServer.OWNER).update();
        superuser.destroy();
        stop(migrating);
    }

    /** Answers when the service says that it is ready. */
    Process startService(BenchmarkServer server, String database) {
        try {
            Path log = Files.createTempFile(Files.createDirectories(folder), "service-", ".log");
            Login owner = server.login(database, BenchmarkServer.OWNER);
            ProcessBuilder builder = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC", "-Xmx96m", "-jar", jar.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().putAll(Map.of(
                    "SPRING_DATASOURCE_URL", owner.url(),
                    "SPRING_DATASOURCE_USERNAME", Objects.requireNonNull(owner.username()),
                    "SPRING_DATASOURCE_PASSWORD", Objects.requireNonNull(owner.password()),
                    "SPRING_FLYWAY_USER", Objects.requireNonNull(server.superuser(database).username()),
                    "SPRING_FLYWAY_PASSWORD", server.password(),
                    "CRONLINK_DATA", folder.resolve("data").toString(),
                    "SERVER_PORT", "0"));
            Process process = builder.start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
            boolean ready = await(START, () -> !process.isAlive() || text(log).contains("Cronlink is ready"));
            if (!ready || !process.isAlive()) {
                throw new IllegalStateException("the service did not start:\n" + text(log));
            }
            return process;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String text(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void awaitLeader() {
        await(START, () -> count("SELECT count(leader_pid) FROM cron_engine.daemon_status()") == 1);
    }

    static void stop(Process process) {
        try {
            process.destroy();
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** Only the database is left, for what is to be measured without a daemon. */
    void stopService() {
        stop(Objects.requireNonNull(service));
    }

    @Override
    void end() {
        sql().sql("UPDATE cron.settings SET paused = true").update();
        stopService();
        Objects.requireNonNull(session).destroy();
    }

    Process service() {
        return Objects.requireNonNull(service);
    }

    @Override
    JdbcClient sql() {
        return JdbcClient.create(Objects.requireNonNull(session));
    }

    @Override
    int daemon() {
        return (int) count("SELECT leader_pid FROM cron_engine.daemon_status()");
    }

    @Override
    List<Integer> workers() {
        return sql().sql("SELECT pid FROM cron_engine.worker").query(Integer.class).list();
    }

    @Override
    boolean hasSeconds() {
        return true;
    }
}
