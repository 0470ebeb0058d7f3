package io.cronlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cronlink.database.CrashableServer;
import io.cronlink.database.Login;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two services serve alike, while the database goes away and comes back. */
class ReplicaTests {

    private static final String READINESS = "/actuator/health/readiness";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int OUTAGES = 3;
    private static final int CLIENTS = 3;

    private static final List<String> READS = List.of(
            "/api/v1/jobs?limit=10",
            "/api/v1/runs?limit=10",
            "/api/v1/scheduler",
            "/api/v1/jobs:export",
            "/api/v1/timeline",
            "/api/v1/forecast",
            "/actuator/health",
            "/actuator/prometheus");

    @TempDir
    private Path first;

    @TempDir
    private Path second;

    private final Set<Integer> statuses = new ConcurrentSkipListSet<>();
    private final AtomicBoolean done = new AtomicBoolean();

    private static ServiceProcess start(CrashableServer server, Path data) {
        Login owner = server.owner();
        return ServiceProcess.start(
                data,
                Map.of(
                        "SPRING_DATASOURCE_URL", owner.url(),
                        "SPRING_DATASOURCE_USERNAME", Objects.requireNonNull(owner.username()),
                        "SPRING_DATASOURCE_PASSWORD", Objects.requireNonNull(owner.password()),
                        "CRONLINK_SECURITY_PASSWORD", "replicas"),
                "--server.port=0");
    }

    private void ask(ServiceProcess service, long jobid) {
        for (int number = 0; !done.get(); number++) {
            statuses.add(service.get(READS.get(number % READS.size())).statusCode());
            if (number % READS.size() == 0) {
                statuses.add(
                        service.post("/api/v1/jobs/" + jobid + "/runs", "{}").statusCode());
            }
        }
    }

    private static void awaitReadiness(int status, ServiceProcess... services) {
        for (ServiceProcess service : services) {
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(service.get(READINESS).statusCode()).isEqualTo(status));
        }
    }

    private static long entries(ServiceProcess service, String what) {
        try (Stream<Path> entries = Files.list(Path.of("/proc", String.valueOf(service.pid()), what))) {
            return entries.count();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Test
    void leakNothingWhenTheDatabaseComesBackUnderLoad() {
        try (CrashableServer server = CrashableServer.start();
                ServiceProcess one = start(server, first);
                ServiceProcess other = start(server, second)) {
            one.awaitReady();
            other.awaitReady();
            long jobid = Json.parse(one.post("/api/v1/jobs", "{'schedule': '1 second', 'command': 'SELECT 1'}")
                            .body())
                    .path("jobid")
                    .asLong();
            List<CompletableFuture<Void>> clients = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                clients.add(CompletableFuture.runAsync(() -> ask(one, jobid)));
                clients.add(CompletableFuture.runAsync(() -> ask(other, jobid)));
            }
            long threads = 0;
            long files = 0;
            for (int outage = 0; outage < OUTAGES; outage++) {
                server.crash();
                awaitReadiness(503, one, other);
                server.restart();
                awaitReadiness(200, one, other);
                if (outage == 0) {
                    threads = entries(one, "task");
                    files = entries(one, "fd");
                }
            }
            done.set(true);
            clients.forEach(CompletableFuture::join);

            // 409: the scheduler has not yet recovered.
            assertThat(statuses).contains(200, 503).isSubsetOf(200, 201, 409, 503);
            assertThat(entries(one, "task")).isLessThan(threads + 20);
            assertThat(entries(one, "fd")).isLessThan(files + 40);
            // Of either service the pool, and the session that leads or stands by.
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(server.sessions("cronlink")).isBetween(2L, 10L));
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(server.sessions("cronlink daemon"))
                    .isEqualTo(2));
            assertThat(one.get("/api/v1/settings").body())
                    .isEqualTo(other.get("/api/v1/settings").body());
        }
    }
}
