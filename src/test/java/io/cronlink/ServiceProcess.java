package io.cronlink;

import static org.awaitility.Awaitility.await;

import io.cronlink.database.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The service as a process of its own, for what a process can suffer. */
public final class ServiceProcess implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(90);
    private static final Pattern READY = Pattern.compile("Cronlink is ready: (\\S+)");

    private final Process process;
    private final Path log;
    private final Path data;
    private final @Nullable String password;

    private ServiceProcess(Process process, Path log, Path data, @Nullable String password) {
        this.process = process;
        this.log = log;
        this.data = data;
        this.password = password;
    }

    /** On an embedded database in {@code data}. */
    static ServiceProcess start(Path data, String... arguments) {
        return start(data, Map.of(), arguments);
    }

    /** On a database of the test's. */
    static ServiceProcess start(Path data, TestDatabase database, String... arguments) {
        return start(data, database.environment(), arguments);
    }

    public static ServiceProcess start(Path data, Map<String, String> environment, String... arguments) {
        return start(ReadyMadeClasses.command(), data, environment, arguments);
    }

    static ServiceProcess start(List<String> java, Path data, Map<String, String> environment, String... arguments) {
        try {
            Path log = Files.createTempFile(Files.createDirectories(Path.of("target", "services")), "service-", ".log");
            List<String> command = new ArrayList<>(java);
            command.add("--cronlink.data=" + data);
            command.addAll(List.of(arguments));
            ProcessBuilder builder = new ProcessBuilder("sh", "-c", script(environment, command))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            return new ServiceProcess(builder.start(), log, data, environment.get("CRONLINK_SECURITY_PASSWORD"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** In letters that every locale has: this JVM, too, may run in one that has no others, and could not pass them on. */
    private static String script(Map<String, String> environment, List<String> command) {
        StringBuilder script = new StringBuilder("export SERVER_PORT=0");
        environment.forEach(
                (name, value) -> script.append(' ').append(name).append('=').append(word(value)));
        script.append("; exec");
        command.forEach(word -> script.append(' ').append(word(word)));
        return script.toString();
    }

    private static String word(String text) {
        StringBuilder escaped = new StringBuilder();
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            escaped.append("\\0%03o".formatted(octet & 0xff));
        }
        return "\"$(printf %b '" + escaped + "')\"";
    }

    public ServiceProcess awaitReady() {
        await().atMost(START).until(() -> READY.matcher(output()).find() || !process.isAlive());
        if (!process.isAlive()) {
            throw new AssertionError("the service did not start:\n" + output());
        }
        return this;
    }

    /** Waits until it ends by itself. */
    public int exitCode() {
        try {
            if (!process.waitFor(START.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("the service goes on:\n" + output());
            }
            return process.exitValue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    public String output() {
        try {
            return Files.readString(log, StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public String url() {
        Matcher ready = READY.matcher(output());
        if (!ready.find()) {
            throw new AssertionError("not ready:\n" + output());
        }
        return ready.group(1);
    }

    long pid() {
        return process.pid();
    }

    public HttpResponse<String> get(String path) {
        return send(request(path).GET());
    }

    public HttpResponse<String> post(String path, String body) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.replace('\'', '"'))));
    }

    /** With the login that it was given, or has made for itself. */
    private HttpRequest.Builder request(String path) {
        try {
            String login = "admin:"
                    + (password != null
                            ? password
                            : Files.readString(data.resolve("login.password")).strip());
            return HttpRequest.newBuilder(URI.create(url() + path))
                    .header(
                            "Authorization",
                            "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly();
        exitCode();
    }

    /** SIGTERM, and waits for the end. */
    void stop() {
        terminate();
        exitCode();
    }

    /** SIGTERM. */
    void terminate() {
        process.destroy();
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            stop();
        }
    }
}
