package io.cronlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** {@code mvn spring-boot:run} without any configuration. */
class EmbeddedStartTests {

    @TempDir
    private Path data;

    @ConcurrentTest
    void keepsItsJobsWhetherItIsStoppedOrKilled() throws IOException {
        String job;
        String port;
        try (ServiceProcess service = ServiceProcess.start(data).awaitReady()) {
            job = service.post("/api/v1/jobs", "{'jobname': 'kept', 'schedule': '0 3 * * *', 'command': 'VACUUM'}")
                    .body();
            port = Files.readString(data.resolve("postgresql.port"));
            assertThat(service.output()).contains("PGPASSFILE=").contains("127.0.0.1:" + port.strip());
            assertNoSecretIn(service.output());
            assertThat(Files.getPosixFilePermissions(data.resolve("pgpass")))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }
        assertNoServerRuns();

        ServiceProcess killed = ServiceProcess.start(data).awaitReady();
        assertThat(killed.get("/api/v1/jobs/1").body()).isEqualTo(job);
        killed.kill();

        try (ServiceProcess service = ServiceProcess.start(data).awaitReady()) {
            assertThat(service.output()).contains("Found the embedded PostgreSQL running on port " + port.strip());
            assertThat(service.get("/api/v1/jobs/1").body()).isEqualTo(job);
            assertThat(service.get("/actuator/health").statusCode()).isEqualTo(200);
        }
        assertNoServerRuns();
    }

    @ConcurrentTest
    void takesItsJobsAlongToAnotherPort() throws IOException {
        try (ServiceProcess service = ServiceProcess.start(data).awaitReady()) {
            service.post("/api/v1/jobs", "{'schedule': '0 3 * * *', 'command': 'SELECT 1'}");
        }
        int port = Integer.parseInt(
                Files.readString(data.resolve("postgresql.port")).strip());

        try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
                ServiceProcess service = ServiceProcess.start(data).awaitReady()) {
            assertThat(taken.getLocalPort()).isEqualTo(port);
            assertThat(Files.readString(data.resolve("postgresql.port")).strip())
                    .isNotEqualTo(String.valueOf(port));
            service.post("/api/v1/jobs/1/runs", "{}");
            await().atMost(Duration.ofSeconds(10))
                    .until(() ->
                            service.get("/api/v1/runs/1").body().contains("'status':'succeeded'".replace('\'', '"')));
        }
    }

    @ConcurrentTest
    void leavesAloneTheServerOfTheFolderThatItsOwnWasCopiedFrom(@TempDir Path copies) throws IOException {
        Path copy = copies.resolve("copy");
        try (ServiceProcess service = ServiceProcess.start(data).awaitReady()) {
            service.post("/api/v1/jobs", "{'schedule': '0 3 29 2 *', 'command': 'SELECT 1'}");
        }
        FileSystemUtils.copyRecursively(data, copy);
        // Which the copy loses, and PostgreSQL insists on.
        Files.setPosixFilePermissions(server(copy), PosixFilePermissions.fromString("rwx------"));
        try (ServiceProcess original = ServiceProcess.start(data).awaitReady()) {
            Files.copy(server(data).resolve("postmaster.pid"), server(copy).resolve("postmaster.pid"));
            try (ServiceProcess service = ServiceProcess.start(copy).awaitReady()) {
                assertThat(service.output())
                        .contains("Started the embedded PostgreSQL on port")
                        .doesNotContain("Found the embedded PostgreSQL running");
                assertThat(Files.readString(copy.resolve("postgresql.port")))
                        .isNotEqualTo(Files.readString(data.resolve("postgresql.port")));
                service.post("/api/v1/jobs/1/runs", "{}");
                await().atMost(Duration.ofSeconds(10)).until(() -> service.get("/api/v1/runs/1")
                        .body()
                        .contains("'status':'succeeded'".replace('\'', '"')));
            }
            assertThat(original.get("/api/v1/runs/1").statusCode()).isEqualTo(404);
            assertThat(original.output()).doesNotContain("had ended");
        }
    }

    private static Path server(Path folder) throws IOException {
        try (Stream<Path> folders = Files.list(folder)) {
            return folders.filter(found -> Files.exists(found.resolve("PG_VERSION")))
                    .findAny()
                    .orElseThrow();
        }
    }

    @ConcurrentTest
    void startsItsServerAgainWhenThatDied() throws IOException {
        try (ServiceProcess service = ServiceProcess.start(data).awaitReady()) {
            service.post("/api/v1/jobs", "{'schedule': '0 3 29 2 *', 'command': 'SELECT 1'}");
            long server = Long.parseLong(Files.readAllLines(server(data).resolve("postmaster.pid"))
                    .get(0)
                    .strip());

            ProcessHandle.of(server).orElseThrow().destroyForcibly();

            await().atMost(Duration.ofSeconds(60))
                    .until(() -> service.output().contains("The embedded PostgreSQL had ended; started it again"));
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> service.get("/actuator/health").statusCode() == 200);
            assertThat(service.get("/actuator/health").body())
                    .contains("'embeddedDatabase':{'details':{'startedAgain':1".replace('\'', '"'));
            service.post("/api/v1/jobs/1/runs", "{}");
            await().atMost(Duration.ofSeconds(10))
                    .until(() ->
                            service.get("/api/v1/runs/1").body().contains("'status':'succeeded'".replace('\'', '"')));
        }
        assertNoServerRuns();
    }

    @ConcurrentTest
    void stopsItsServerAlsoWhenTheStartIsBrokenOff() throws IOException {
        try (ServiceProcess service = ServiceProcess.start(data)) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> service.output().contains("Started the embedded PostgreSQL on port"));

            service.stop();

            assertThat(service.output()).doesNotContain("Cronlink is ready");
        }
        assertNoServerRuns();
    }

    @ConcurrentTest
    void givesRunningJobsTimeToEnd() throws IOException {
        try (ServiceProcess service =
                ServiceProcess.start(data, "--cronlink.database.grace=5s").awaitReady()) {
            service.post("/api/v1/runs", "{'command': 'SELECT pg_sleep(2)'}");
            service.post("/api/v1/runs", "{'command': 'SELECT pg_sleep(600)'}");
            await().atMost(Duration.ofSeconds(30)).until(() -> isRunning(service, 1) && isRunning(service, 2));

            service.stop();

            assertThat(service.output())
                    .contains("Waiting up to 5 s for 2 runs before PostgreSQL stops: run 1, run 2")
                    .contains("Run 1 has ended: succeeded")
                    .contains("Run 2 is broken off after 5 s; the next start recovers it");
        }
        assertNoServerRuns();

        try (ServiceProcess service = ServiceProcess.start(data).awaitReady()) {
            assertThat(service.get("/api/v1/runs/1").body()).contains("\"succeeded\"");
            await().atMost(Duration.ofSeconds(30)).until(() -> isRunning(service, 2));
            service.post("/api/v1/runs/2/cancel", "{}");
        }
    }

    private static boolean isRunning(ServiceProcess service, int runid) {
        return service.get("/api/v1/runs/" + runid).body().contains("\"running\"");
    }

    private void assertNoServerRuns() throws IOException {
        try (Stream<Path> folders = Files.list(data)) {
            assertThat(folders.filter(folder -> Files.exists(folder.resolve("postmaster.pid"))))
                    .isEmpty();
        }
    }

    private void assertNoSecretIn(String output) throws IOException {
        for (String file : List.of("login.password", "owner.password", "superuser.password")) {
            assertThat(output)
                    .doesNotContain(Files.readString(data.resolve(file)).strip());
        }
    }
}
