package io.cronlink.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    void runsAJobByTheLinesAtItsTop() {
        assertThat(compose("up", "-d").status()).isZero();

        await().atMost(PATIENCE)
                .until(() -> psql("SELECT cron.schedule('hello', '2 seconds', 'SELECT now()')")
                                .status()
                        == 0);
        await().atMost(PATIENCE)
                .until(() -> psql("SELECT * FROM cron.job_run_details").output().contains("succeeded"));
        assertThat(compose("exec", "-T", "cronlink", "cat", "/tmp/cronlink/netrc")
                        .output())
                .contains("machine localhost login admin password ");
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
