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
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Schemathesis, a program of its own, makes thousands of requests of all that openapi.yaml describes, good and bad, and finds no
 * answer that is not described and no fault of the service; nor is there a stack trace or a secret in any of them. Only with
 * {@code -Pschemathesis}, as it has to be installed.
 */
@Tag("schemathesis")
@CronlinkDatabase
class GeneratedRequestTests {

    private static final String PASSWORD = "not-to-be-told-4711";
    private static final int PATIENCE_MINUTES = 6;
    private static final int REQUESTS = 5_000;

    /** Frames of Java and what its failures are called, hashes of passwords, tokens. */
    private static final Pattern TELLTALE =
            Pattern.compile("\\tat |\\\\tat |Exception|\\$2[aby]\\$|SCRAM-SHA-256\\$|cronlink_[A-Za-z0-9_-]{20,}");

    private static final Pattern TOKEN = Pattern.compile("\"secret\":\"cronlink_[A-Za-z0-9_-]+\"");

    @TempDir
    private Path data;

    @Test
    void areAllAnsweredAsDescribed(TestDatabase database) throws IOException, InterruptedException {
        assertThatCode(() -> new ProcessBuilder("schemathesis", "--version").start())
                .as("schemathesis is needed: pip install schemathesis")
                .doesNotThrowAnyException();
        Map<String, String> environment = new HashMap<>(database.environment());
        environment.put("CRONLINK_SECURITY_PASSWORD", PASSWORD);
        List<String> secrets = List.of(PASSWORD, Objects.requireNonNull(environment.get("SPRING_DATASOURCE_PASSWORD")));
        Path report = Path.of("target", "schemathesis.txt");
        Path answers = Path.of("target", "schemathesis.har");
        Files.deleteIfExists(answers);
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
                            "--max-examples=30",
                            "--warnings=off",
                            "--continue-on-failure",
                            "--report=har",
                            "--report-har-path=" + answers,
                            "--output-sanitize=false",
                            "--output-truncate=false"))
                    .redirectErrorStream(true)
                    .redirectOutput(report.toFile())
                    .start();

            assertThat(generator.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)).isTrue();
            assertThat(generator.exitValue()).as(Files.readString(report)).isZero();
            assertThat(service.output()).doesNotContain(" ERROR ").doesNotContain(secrets);
        }

        JsonNode entries = JsonMapper.shared().readTree(answers).at("/log/entries");
        assertThat(entries.size()).isGreaterThanOrEqualTo(REQUESTS);
        SoftAssertions softly = new SoftAssertions();
        for (JsonNode entry : entries) {
            String request = entry.at("/request/method").asString() + " "
                    + entry.at("/request/url").asString();
            softly.assertThat(answer(entry, request)).as(request).doesNotContain(secrets);
            softly.assertThat(answer(entry, request)).as(request).doesNotContainPattern(TELLTALE);
        }
        softly.assertAll();
    }

    /** With its headers, and without the token that whoever makes one is told this once. */
    private static String answer(JsonNode entry, String request) {
        JsonNode response = entry.path("response");
        String text = response.at("/content/text").asString("") + response.path("headers");
        boolean isNewToken = request.matches("POST \\S+/api/v1/tokens")
                && response.path("status").asInt() == 201;
        return isNewToken ? TOKEN.matcher(text).replaceFirst("") : text;
    }
}
