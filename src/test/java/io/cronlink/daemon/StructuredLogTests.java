package io.cronlink.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cronlink.ServiceProcess;
import io.cronlink.database.CronlinkDatabase;
import io.cronlink.database.TestDatabase;
import io.cronlink.run.TestJobs;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The log, for who keeps logs by fields. */
@CronlinkDatabase
class StructuredLogTests {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    @TempDir
    private Path data;

    private static List<JsonNode> lines(ServiceProcess service) {
        return service.output()
                .lines()
                .filter(line -> line.startsWith("{"))
                .map(line -> JsonMapper.shared().readTree(line))
                .toList();
    }

    @Test
    void saysWhoseFailureALineIsAboutAndOfWhichTraceARequestIs(TestDatabase database) throws IOException {
        TestJobs jobs = new TestJobs(database);
        long jobid = jobs.create("SELECT 1/0");
        try (ServiceProcess service =
                ServiceProcess.start(data, database.environment(), "--logging.structured.format.console=ecs")) {
            service.awaitReady();
            long runid = jobs.start(jobid);
            HttpURLConnection stranger = (HttpURLConnection)
                    URI.create(service.url() + "/api/v1/jobs").toURL().openConnection();
            stranger.setRequestProperty("Authorization", "Basic bm9ib2R5Om5vYm9keQ==");
            stranger.setRequestProperty("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01");

            assertThat(stranger.getResponseCode()).isEqualTo(401);
            await().atMost(Duration.ofSeconds(20)).until(() -> service.output().contains("division by zero"));

            assertThat(lines(service))
                    .anySatisfy(line -> {
                        assertThat(line.path("message").asString())
                                .startsWith("Run " + runid + " of job " + jobid + " ");
                        assertThat(line.path("runid").asLong()).isEqualTo(runid);
                        assertThat(line.path("jobid").asLong()).isEqualTo(jobid);
                        assertThat(line.path("attempt").asInt()).isOne();
                        assertThat(line.path("sqlstate").asString()).isEqualTo("22012");
                        assertThat(line.at("/log/level").asString()).isEqualTo("WARN");
                    })
                    .anySatisfy(line -> {
                        assertThat(line.path("message").asString()).contains("log-in");
                        assertThat(line.at("/trace/id")
                                        .asString(line.path("trace.id").asString("")))
                                .isEqualTo(TRACE);
                    });
        }
    }
}
