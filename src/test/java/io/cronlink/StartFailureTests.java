package io.cronlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cronlink.database.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What keeps the service from starting is told in one line, and by a status that a supervisor understands. */
class StartFailureTests {

    @TempDir
    private Path data;

    private String failure(Map<String, String> environment, String... arguments) {
        try (ServiceProcess service = ServiceProcess.start(data, environment, arguments)) {
            assertThat(service.exitCode()).isEqualTo(1);
            List<String> errors = service.output()
                    .lines()
                    .filter(line -> line.contains(" ERROR "))
                    .toList();
            assertThat(errors).as(service.output()).hasSize(1);
            assertThat(service.output()).doesNotContain("\tat ").doesNotContain("Exception");
            return errors.get(0).substring(errors.get(0).indexOf("Cronlink cannot start:"));
        }
    }

    private static Map<String, String> environment(String url, String username, String password) {
        return Map.of(
                "SPRING_DATASOURCE_URL", url,
                "SPRING_DATASOURCE_USERNAME", username,
                "SPRING_DATASOURCE_PASSWORD", password);
    }

    private static Map<String, String> environment(TestDatabase database) {
        return environment(database.url(), database.ownerName(), database.password(database.ownerName()));
    }

    @Test
    void aTakenPort() throws IOException {
        try (TestDatabase database = TestDatabase.create();
                ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(failure(environment(database), "--server.port=" + taken.getLocalPort()))
                    .contains("Web server failed to start")
                    .contains(String.valueOf(taken.getLocalPort()));
        }
    }

    @Test
    void anUnreachableDatabase() {
        assertThat(failure(
                        environment("jdbc:postgresql://127.0.0.1:1/nowhere", "cronlink", "secret"),
                        "--cronlink.database.patience=1s"))
                .contains("no database at jdbc:postgresql://127.0.0.1:1/nowhere within 1 s")
                .contains("SPRING_DATASOURCE_URL")
                .doesNotContain("secret");
    }

    @Test
    void aWrongPassword() {
        try (TestDatabase database = TestDatabase.createEmpty()) {
            assertThat(failure(environment(database.url(), database.ownerName(), "not the password")))
                    .contains("cannot log in to the database as cronlink")
                    .contains("password authentication failed")
                    .doesNotContain("not the password");
        }
    }

    @Test
    void aMissingDblink() {
        try (TestDatabase database = TestDatabase.createEmpty()) {
            assertThat(failure(environment(database))).contains("dblink").contains("CREATE EXTENSION");
        }
    }

    @Test
    void aLoopBackThatAsksForNoPassword() {
        try (TestDatabase database = TestDatabase.create()) {
            database.trustEverybody();

            assertThat(failure(environment(database))).contains("password").contains("pg_hba.conf");
        }
    }

    @Test
    void aPasswordThatCannotBeKept() throws IOException {
        try (TestDatabase database = TestDatabase.create()) {
            // Below a file there can be no folder, not even for root.
            data = Files.createFile(data.resolve("file")).resolve("data");

            assertThat(failure(environment(database)))
                    .contains("cannot write to the data folder " + data)
                    .contains("CRONLINK_DATA")
                    .contains("CRONLINK_SECURITY_PASSWORD");
        }
    }

    @Test
    void aStopWhileItWaits() throws IOException {
        // One address refuses at once, the other takes the connection and never answers.
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            for (int port : List.of(1, silent.getLocalPort())) {
                try (ServiceProcess service = ServiceProcess.start(
                        data,
                        environment("jdbc:postgresql://127.0.0.1:" + port + "/nowhere", "cronlink", "secret"),
                        "--cronlink.database.patience=1h")) {
                    await().atMost(Duration.ofSeconds(60)).until(() -> isWaiting(service, silent, port));

                    service.terminate();

                    assertThat(service.exitCode()).isEqualTo(128 + 15);
                    assertThat(service.output()).doesNotContain("\tat ");
                }
            }
        }
    }

    private static boolean isWaiting(ServiceProcess service, ServerSocket silent, int port) throws IOException {
        if (port != silent.getLocalPort()) {
            return service.output().contains("Waiting up to 3600 s");
        }
        silent.accept();
        return true;
    }
}
