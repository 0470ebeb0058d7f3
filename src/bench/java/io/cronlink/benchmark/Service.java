package io.cronlink.benchmark;

import io.cronlink.database.BenchmarkServer;
import io.cronlink.database.Login;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cronlink's service. */
record Service(Process process, Path log) {

    static Service launch(Path jar, Path folder, BenchmarkServer server, String database) {
        try {
            Path log = Files.createTempFile(Files.createDirectories(folder), "service-", ".log");
            Login owner = server.login(database, BenchmarkServer.OWNER);
            ProcessBuilder builder = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java").toString(), "@src/docker/jvm.options", "-jar", jar.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().putAll(Map.of(
                    "SPRING_DATASOURCE_URL", owner.url(),
                    "SPRING_DATASOURCE_USERNAME", Objects.requireNonNull(owner.username()),
                    "SPRING_DATASOURCE_PASSWORD", Objects.requireNonNull(owner.password()),
                    "SPRING_FLYWAY_USER", Objects.requireNonNull(server.superuser(database).username()),
                    "SPRING_FLYWAY_PASSWORD", server.password(),
                    "CRONLINK_DATA", folder.resolve("data").toString(),
                    "CRONLINK_SECURITY_PASSWORD", server.password(),
                    "SERVER_PORT", "0"));
            Process process = builder.start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
            return new Service(process, log);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Answers when it says so itself. */
    void awaitReady() {
        boolean ready = Scheduler.await(Duration.ofSeconds(120), () -> !process.isAlive() || text().contains("Cronlink is ready"));
        if (!ready || !process.isAlive()) {
            throw new IllegalStateException("the service did not start:\n" + text());
        }
    }

    /** Where it listens. */
    String url() {
        Matcher ready = Pattern.compile("Cronlink is ready: (\\S+)").matcher(text());
        if (!ready.find()) {
            throw new IllegalStateException("the service is not ready:\n" + text());
        }
        return ready.group(1);
    }

    private String text() {
        try {
            return Files.readString(log);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    int pid() {
        return (int) process.pid();
    }

    void kill() {
        process.destroyForcibly();
    }

    void stop() {
        stop(process);
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
}
