package io.cronlink.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("image")
class ComposeTests {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    // On a port that is free; the containers of somebody who tries compose.yaml meanwhile have other names.
    private static final Map<String, String> ENVIRONMENT = Map.of("CRONLINK_PORT", "0");
    private static final List<String> PROJECT = List.of("--project-name", "cronlink-test");

    // As a plugin of docker's command, or as the program that came before it.
    private static final List<String> COMPOSE =
            run(List.of("docker", "compose", "version")).status() == 0
                    ? List.of("docker", "compose")
                    : List.of("docker-compose");

    @AfterEach
    void down() {
        compose("down", "--volumes");
    }

    @Test
    void runsAJobByTheLinesAtItsTop() throws IOException {
        assertThat(compose("up", "-d").status()).isZero();

        await().atMost(PATIENCE)
                .until(() -> psql("SELECT cron.schedule('hello', '2 seconds', 'SELECT now()')")
                                .status()
                        == 0);
        await().atMost(PATIENCE)
                .until(() -> psql("SELECT * FROM cron.job_run_details").output().contains("succeeded"));
        assertThat(statusOfJobs(compose("exec", "-T", "cronlink", "cat", "/tmp/cronlink/netrc")
                        .output()))
                .isEqualTo(200);
    }

    /** Of REST, at the port that it was given, by the login of this file. */
    private static int statusOfJobs(String netrc) throws IOException {
        Matcher login = Pattern.compile("machine localhost login (\\w+) password (\\w+)")
                .matcher(netrc);
        assertThat(login.find()).as(netrc).isTrue();
        URI jobs = URI.create(
                "http://" + compose("port", "cronlink", "8080").output().strip() + "/api/v1/jobs");
        HttpURLConnection request = (HttpURLConnection) jobs.toURL().openConnection();
        request.setRequestProperty(
                "Authorization",
                "Basic "
                        + Base64.getEncoder()
                                .encodeToString(
                                        (login.group(1) + ":" + login.group(2)).getBytes(StandardCharsets.UTF_8)));
        return request.getResponseCode();
    }

    private static Result psql(String query) {
        return compose("exec", "-T", "database", "psql", "-U", "cronlink", "app", "-c", query);
    }

    private static Result compose(String... arguments) {
        List<String> command = new ArrayList<>(COMPOSE);
        command.addAll(PROJECT);
        command.addAll(List.of(arguments));
        return run(command);
    }

    private record Result(int status, String output) {}

    private static Result run(List<String> command) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().putAll(ENVIRONMENT);
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(process.waitFor(), output);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
