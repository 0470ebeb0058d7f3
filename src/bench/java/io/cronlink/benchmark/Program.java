package io.cronlink.benchmark;

import io.cronlink.database.BenchmarkServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * A scheduler that is a program beside the server, with a database of its own. It looks for jobs at intervals counted from its start, so it is
 * started on a whole one: its best time.
 */
abstract class Program extends Scheduler {

    private final String database;
    private final int interval;
    private final Path folder;
    private @Nullable Process process;
    private @Nullable SingleConnectionDataSource session;

    /** An interval in seconds. */
    Program(String name, String database, int interval, Path folder) {
        super(name);
        this.database = database;
        this.interval = interval;
        this.folder = folder;
    }

    /** Its tables. */
    abstract void install(BenchmarkServer server);

    abstract List<String> command(BenchmarkServer server);

    /** No job, no history. */
    abstract void clear();

    final String database() {
        return database;
    }

    @Override
    void begin(BenchmarkServer server) {
        SingleConnectionDataSource postgres = Sessions.open(server.superuser("postgres"));
        JdbcClient superuser = JdbcClient.create(postgres);
        boolean made = superuser.sql("SELECT count(*) FROM pg_database WHERE datname = '" + database + "'").query(Long.class).single() > 0;
        if (!made) {
            superuser.sql("CREATE DATABASE " + database).update();
        }
        postgres.destroy();
        session = Sessions.open(server.superuser(database));
        if (!made) {
            prepareDatabase(sql());
            install(server);
        }
        forgetJobs();
        clear();
        if (process == null || !process.isAlive()) {
            start(server);
        }
    }

    private void start(BenchmarkServer server) {
        Instant whole = Instant.ofEpochSecond((Instant.now().getEpochSecond() / interval + 1) * interval);
        pause(Duration.between(Instant.now(), whole));
        Process started = launch(command(server), server);
        process = started;
        Runtime.getRuntime().addShutdownHook(new Thread(started::destroy));
        if (!await(Duration.ofSeconds(30), () -> !started.isAlive() || !sessions().isEmpty()) || !started.isAlive()) {
            throw new IllegalStateException(name() + " did not start, see " + folder);
        }
    }

    final Process launch(List<String> command, BenchmarkServer server) {
        try {
            Path log = Files.createTempFile(Files.createDirectories(folder), database + "-", ".log");
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
            builder.environment().put("PGPASSWORD", server.password());
            return builder.start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    void restart(BenchmarkServer server) {
        close();
        start(server);
    }

    @Override
    void end() {
        forgetJobs();
        clear();
        Objects.requireNonNull(session).destroy();
    }

    @Override
    void close() {
        if (process != null) {
            Service.stop(process);
            process = null;
        }
    }

    @Override
    JdbcClient sql() {
        return JdbcClient.create(Objects.requireNonNull(session));
    }

    @Override
    int program() {
        return (int) Objects.requireNonNull(process).pid();
    }
}
