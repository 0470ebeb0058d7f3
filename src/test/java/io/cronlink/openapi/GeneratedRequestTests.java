package io.cronlink.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.cronlink.ServiceProcess;
import io.cronlink.database.CronlinkDatabase;
import io.cronlink.database.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Schemathesis, a program of its own, makes requests of all that openapi.yaml describes, good and bad, and finds no answer that is
 * not described and no fault of the service. Only with {@code -Pschemathesis}, as it has to be installed.
 */
@Tag("schemathesis")
@CronlinkDatabase
class GeneratedRequestTests {

    private static final String PASSWORD = "generated";
    private static final int PATIENCE_MINUTES = 6;

    @TempDir
    private Path data;

    @Test
    void areAllAnsweredAsDescribed(TestDatabase database) throws IOException, InterruptedException {
        assertThatCode(() -> new ProcessBuilder("schemathesis", "--version").start())
                .as("schemathesis is needed: pip install schemathesis")
                .doesNotThrowAnyException();
        Map<String, String> environment = new HashMap<>(database.environment());
        environment.put("CRONLINK_SECURITY_PASSWORD", PASSWORD);
        Path report = Path.of("target", "schemathesis.txt");
        // It logs in with made-up passwords, too.
        try (ServiceProcess service =
                ServiceProcess.start(data, environment, "--cronlink.security.login.max-failures=1000000")) {
            service.awaitReady();
            Process generator = new ProcessBuilder(List.of(
                            "schemathesis",
                            "run",
                            "src/main/resources/openapi.yaml",
                            "--url=" + service.url(),
                            "--auth=admin:" + PASSWORD,
                            "--checks=not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance",
                            "--phases=examples,coverage,fuzzing",
                            // A stream does not end.
                            "--exclude-path=/api/v1/events",
                            "--seed=1",
                            "--max-examples=10",
                            "--warnings=off",
                            "--continue-on-failure"))
                    .redirectErrorStream(true)
                    .redirectOutput(report.toFile())
                    .start();

            assertThat(generator.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)).isTrue();
            assertThat(generator.exitValue()).as(Files.readString(report)).isZero();
            assertThat(service.output()).doesNotContain(" ERROR ");
        }
    }
}
