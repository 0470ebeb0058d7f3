package io.cronlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cronlink.database.CrashableServer;
import io.cronlink.database.TestCertificates;
import io.cronlink.database.TestDatabase;
import io.cronlink.database.TestPooler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;

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

    @ConcurrentTest
    void aTakenPort() throws IOException {
        try (TestDatabase database = TestDatabase.create();
                ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(failure(database.environment(), "--server.port=" + taken.getLocalPort()))
                    .contains("Web server failed to start")
                    .contains(String.valueOf(taken.getLocalPort()));
        }
    }

    @ConcurrentTest
    void anUnreachableDatabase() {
        assertThat(failure(
                        environment("jdbc:postgresql://127.0.0.1:1/nowhere", "cronlink", "secret"),
                        "--cronlink.database.patience=1s"))
                .contains("no database at jdbc:postgresql://127.0.0.1:1/nowhere within 1 s")
                .contains("SPRING_DATASOURCE_URL")
                .doesNotContain("secret");
    }

    @ConcurrentTest
    void aWrongPassword() {
        try (TestDatabase database = TestDatabase.createEmpty()) {
            assertThat(failure(environment(database.url(), database.ownerName(), "not the password")))
                    .contains("cannot log in to the database as " + database.ownerName())
                    .contains("password authentication failed")
                    .doesNotContain("not the password");
        }
    }

    @ConcurrentTest
    void aMissingDblink() {
        try (TestDatabase database = TestDatabase.createEmpty()) {
            assertThat(failure(database.environment())).contains("dblink").contains("CREATE EXTENSION");
        }
    }

    private static Map<String, String> changed(TestDatabase database, String name, String value) {
        Map<String, String> environment = new HashMap<>(database.environment());
        assertThat(environment.put(name, value)).isNotEqualTo(value);
        return environment;
    }

    private static String replaced(String url, String what, String by) {
        String replaced = url.replace(what, by);
        assertThat(replaced).isNotEqualTo(url);
        return replaced;
    }

    @ConcurrentTest
    void aServerWhoseAuthorityIsUnknown() {
        try (TestDatabase database = TestDatabase.createOnThisMachine()) {
            Path other =
                    TestCertificates.create(data.resolve("other"), "localhost").authority();

            assertThat(failure(changed(
                            database,
                            "SPRING_DATASOURCE_URL",
                            database.url().replaceFirst("sslrootcert=[^&]*", "sslrootcert=" + other))))
                    .contains("cannot log in to the database as " + database.ownerName())
                    .contains("over TLS: SSL error: PKIX path building failed")
                    .contains("sslrootcert in SPRING_DATASOURCE_URL");
        }
    }

    @ConcurrentTest
    void aServerThatIsNotTheOneOfTheCertificate() {
        try (TestDatabase database = TestDatabase.createOnThisMachine()) {
            assertThat(failure(changed(
                            database, "SPRING_DATASOURCE_URL", replaced(database.url(), "localhost", "127.0.0.1"))))
                    .contains("cannot log in to the database as " + database.ownerName())
                    .contains("over TLS: The hostname 127.0.0.1 could not be verified")
                    .contains("SPRING_DATASOURCE_URL");
        }
    }

    @ConcurrentTest
    void aMissingRootCertificate() {
        try (TestDatabase database = TestDatabase.createOnThisMachine()) {
            assertThat(failure(changed(
                            database, "SPRING_DATASOURCE_URL", replaced(database.url(), "ca.crt", "no-such-ca.crt"))))
                    .contains("over TLS: Could not open SSL root certificate file")
                    .contains("no-such-ca.crt");
        }
    }

    @ConcurrentTest
    void aServerThatTakesNothingButTls() {
        try (TestDatabase database = TestDatabase.createOnThisMachine()) {
            assertThat(failure(changed(
                            database, "SPRING_DATASOURCE_URL", replaced(database.url(), "verify-full", "disable"))))
                    .contains("cannot log in to the database as " + database.ownerName())
                    .contains("no encryption");
        }
    }

    @ConcurrentTest
    void aServerThatKnowsNoTls() {
        try (CrashableServer server = CrashableServer.start()) {
            assertThat(failure(
                            environment(server.owner().url() + "?sslmode=require", CrashableServer.OWNER, "password")))
                    .contains("cannot log in to the database as " + CrashableServer.OWNER)
                    .contains("The server does not support SSL");
        }
    }

    @ConcurrentTest
    void aLoopBackWhoseAuthorityIsUnknown() {
        try (TestDatabase database = TestDatabase.createOnThisMachine()) {
            Path other =
                    TestCertificates.create(data.resolve("other"), "localhost").authority();

            assertThat(failure(changed(database, "CRONLINK_LOOPBACK_SSLROOTCERT", other.toString())))
                    .contains("the server cannot connect to itself at localhost:" + database.port() + " over TLS")
                    .contains("certificate verify failed")
                    .contains("CRONLINK_LOOPBACK_SSLROOTCERT");
        }
    }

    @ConcurrentTest
    void aLoopBackThatIsNotTheOneOfTheCertificate() {
        try (TestDatabase database = TestDatabase.createOnThisMachine()) {
            assertThat(failure(changed(database, "CRONLINK_LOOPBACK_HOST", "127.0.0.1")))
                    .contains("the server cannot connect to itself at 127.0.0.1:" + database.port() + " over TLS")
                    .contains("does not match host name \"127.0.0.1\"")
                    .contains("CRONLINK_LOOPBACK_HOST");
        }
    }

    @ConcurrentTest
    void aMissingRootCertificateOfTheLoopBack() {
        try (TestDatabase database = TestDatabase.createOnThisMachine()) {
            assertThat(failure(changed(database, "CRONLINK_LOOPBACK_SSLROOTCERT", "/no/such/ca.crt")))
                    .contains("the server cannot connect to itself")
                    .contains("root certificate file \"/no/such/ca.crt\" does not exist")
                    .contains("CRONLINK_LOOPBACK_SSLROOTCERT");
        }
    }

    @ConcurrentTest
    void aLoopBackWithoutTlsWhereTheServerTakesNothingElse() {
        try (TestDatabase database = TestDatabase.createOnThisMachine()) {
            assertThat(failure(changed(database, "CRONLINK_LOOPBACK_SSLMODE", "disable")))
                    .contains(
                            "role \"" + database.ownerName() + "\" cannot log in at the server's own address localhost:"
                                    + database.port() + " without TLS")
                    .contains("CRONLINK_LOOPBACK_SSLMODE");
        }
    }

    @ConcurrentTest
    void aLoopBackThatAsksForNoPassword() {
        try (TestDatabase database = TestDatabase.create()) {
            database.trustEverybody();

            assertThat(failure(database.environment())).contains("password").contains("pg_hba.conf");
        }
    }

    @ConcurrentTest
    void aPasswordThatCannotBeKept() throws IOException {
        try (TestDatabase database = TestDatabase.create()) {
            // Below a file there can be no folder, not even for root.
            data = Files.createFile(data.resolve("file")).resolve("data");

            assertThat(failure(database.environment()))
                    .contains("cannot use the data folder " + data)
                    .contains("CRONLINK_DATA")
                    .contains("CRONLINK_SECURITY_PASSWORD");
        }
    }

    @ConcurrentTest
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

                    assertStopped(service);
                }
            }
        }
    }

    /** What was wanted is no error. */
    private static void assertStopped(ServiceProcess service) {
        assertThat(service.exitCode()).isEqualTo(128 + 15);
        assertThat(service.output())
                .contains("Cronlink did not start: stopped while waiting for ")
                .doesNotContain(" ERROR ")
                .doesNotContain("\tat ");
    }

    @ConcurrentTest
    void aLoopBackAtWhichNobodyAnswers() throws IOException {
        try (CrashableServer server = CrashableServer.start();
                ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(failure(with(
                            environment(
                                    server.owner().url(),
                                    CrashableServer.OWNER,
                                    String.valueOf(server.owner().password())),
                            "CRONLINK_LOOPBACK_PORT",
                            String.valueOf(silent.getLocalPort()))))
                    // Up to PostgreSQL 15, dblink keeps to cron.settings.connect_timeout.
                    .containsAnyOf(
                            "the server got no answer at its own address within 12 s",
                            "the server cannot connect to itself at ")
                    .contains("CRONLINK_LOOPBACK_PORT");
        }
    }

    /** The server's way to itself leads to somebody who never answers. */
    @ConcurrentTest
    void aStopWhileTheServerTriesToReachItself() throws IOException {
        try (CrashableServer server = CrashableServer.start();
                ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServiceProcess service = ServiceProcess.start(
                        data,
                        with(
                                environment(
                                        server.owner().url(),
                                        CrashableServer.OWNER,
                                        String.valueOf(server.owner().password())),
                                "CRONLINK_LOOPBACK_PORT",
                                String.valueOf(silent.getLocalPort())))) {
            silent.accept();
            long begin = System.nanoTime();

            service.terminate();

            assertStopped(service);
            // It would have waited for 10 s, cron.settings.connect_timeout.
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
        }
    }

    private static boolean isWaiting(ServiceProcess service, ServerSocket silent, int port) throws IOException {
        if (port != silent.getLocalPort()) {
            return service.output().contains("Waiting up to 3600 s");
        }
        silent.accept();
        return true;
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @ValueSource(
            strings = {
                "jdbc:postgresql://cronlink:s3cret@127.0.0.1:1/app",
                "jdbc:postgresql://cronlink:s3cret@127.0.0.1/app",
                "jdbc:postgresql://127.0.0.1:1/100%?password=s3cret",
                "jdbc:postgresql://127.0.0.1:1/app?password=50%s3cret",
                "jdbc:postgresql://127.0.0.1:1/app?sslmode=verify_full&password=s3cret",
            })
    void aUrlThatMeansNothing(String url) {
        try (ServiceProcess service = ServiceProcess.start(data, environment(url, "cronlink", "another"))) {
            assertThat(service.exitCode()).isEqualTo(1);
            assertThat(service.output())
                    .contains("Cronlink cannot start: the database's URL ")
                    .contains("SPRING_DATASOURCE_URL")
                    .doesNotContain("Waiting up to")
                    .doesNotContain("s3cret");
        }
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @ValueSource(
            strings = {
                "postgres://bob:s3cret@db.example.com:5433/app",
                "postgresql://bob:s3cret@db.example.com:5433/app",
                "host=db.example.com port=5433 dbname=app user=bob password=s3cret",
            })
    void aUrlThatIsNoneOfJdbcs(String url) {
        assertThat(failure(environment(url, "cronlink", "another")))
                .contains("the database's URL is none of JDBC's")
                .contains(
                        "Set SPRING_DATASOURCE_URL to jdbc:postgresql://db.example.com:5433/app, SPRING_DATASOURCE_USERNAME to bob ")
                .doesNotContain("s3cret");
    }

    @ConcurrentTest
    void aStrongerRolesUrlThatIsNoneOfJdbcs() {
        Map<String, String> environment =
                new HashMap<>(environment("jdbc:postgresql://127.0.0.1:1/app", "cronlink", "secret"));
        environment.put("SPRING_FLYWAY_URL", "postgres://bob:s3cret@db.example.com/app");

        assertThat(failure(environment))
                .contains("Set SPRING_FLYWAY_URL to jdbc:postgresql://db.example.com/app, SPRING_FLYWAY_USER to bob ")
                .doesNotContain("SPRING_DATASOURCE")
                .doesNotContain("s3cret");
    }

    /** It would get an embedded database, and be taken for the one of the URL that was forgotten. */
    @ConcurrentTest
    void aUserWithoutAUrl() {
        assertThat(failure(Map.of("SPRING_DATASOURCE_USERNAME", "cronlink")))
                .contains("spring.datasource.username is set, but no database's URL is")
                .contains("SPRING_DATASOURCE_URL");
    }

    private static Map<String, String> with(Map<String, String> environment, String... namesAndValues) {
        Map<String, String> more = new HashMap<>(environment);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            more.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return more;
    }

    @ConcurrentTest
    void aStrongerRolesWrongPassword() {
        try (TestDatabase database = TestDatabase.createEmpty()) {
            assertThat(failure(with(
                            database.environment(),
                            "SPRING_FLYWAY_USER",
                            database.superuserName(),
                            "SPRING_FLYWAY_PASSWORD",
                            "not the password")))
                    .contains("cannot log in to the database as " + database.superuserName())
                    .contains("Check SPRING_DATASOURCE_URL, SPRING_FLYWAY_USER and SPRING_FLYWAY_PASSWORD.")
                    .doesNotContain("not the password");
        }
    }

    @ConcurrentTest
    void aStrongerRoleThatIsNotStrongEnough() {
        try (TestDatabase database = TestDatabase.createEmpty()) {
            String role = database.createRole("weak");

            assertThat(failure(with(
                            database.environment(),
                            "SPRING_FLYWAY_USER",
                            role,
                            "SPRING_FLYWAY_PASSWORD",
                            database.password(role))))
                    .contains("cannot prepare the database: permission denied")
                    .contains("Let SPRING_FLYWAY_USER and SPRING_FLYWAY_PASSWORD name an administrator");
        }
    }

    @ConcurrentTest
    void aStrongerRoleInAnotherDatabase() {
        try (TestDatabase database = TestDatabase.createEmpty();
                TestDatabase other = database.createEmptyBeside()) {
            assertThat(failure(with(
                            database.environment(),
                            "SPRING_FLYWAY_URL",
                            other.url(),
                            "SPRING_FLYWAY_USER",
                            database.superuserName(),
                            "SPRING_FLYWAY_PASSWORD",
                            database.password(database.superuserName()))))
                    .contains("SPRING_FLYWAY_URL leads to another database than SPRING_DATASOURCE_URL");
        }
    }

    /** What it locked and set was left behind in a session of the pooler's, and each later start hung. */
    @ConcurrentTest
    void aPoolerThatHandsOutSessionsByTheTransaction() {
        try (CrashableServer server = CrashableServer.start();
                TestPooler pooler = new TestPooler(server.owner(), TestPooler.Mode.LAST_BY_TRANSACTION)) {
            assertThat(failure(environment(
                            server.ownerThrough(pooler.port()).url(),
                            CrashableServer.OWNER,
                            String.valueOf(server.owner().password()))))
                    .contains("there is a connection pooler at jdbc:postgresql://127.0.0.1:" + pooler.port())
                    .contains("name the server itself");
        }
    }

    @ConcurrentTest
    void aMigrationThatAnotherStartNeverEnds() throws SQLException {
        try (TestDatabase database = TestDatabase.create();
                Connection stuck = database.connect(database.ownerName());
                Statement statement = stuck.createStatement()) {
            statement.execute("SET application_name = 'cronlink migration'");

            assertThat(failure(database.environment(), "--cronlink.database.patience=1s"))
                    .contains("another start has been migrating the database for more than 1 s: process " + pid(stuck))
                    .contains("SELECT pg_terminate_backend(" + pid(stuck) + ")");

            try (ServiceProcess service = ServiceProcess.start(data, database.environment())) {
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> service.output().contains("Waiting up to 60 s for another start"));

                service.terminate();

                assertStopped(service);
            }
        }
    }

    @ConcurrentTest
    void itGoesOnWhenThatStartHasEnded() throws SQLException {
        try (TestDatabase database = TestDatabase.create();
                Connection slow = database.connect(database.ownerName());
                Statement statement = slow.createStatement()) {
            statement.execute("SET application_name = 'cronlink migration'");
            try (ServiceProcess service = ServiceProcess.start(data, database.environment())) {
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> service.output().contains("Waiting up to 60 s for another start"));

                statement.execute("RESET application_name");

                await().atMost(Duration.ofSeconds(60))
                        .until(() -> service.output().contains("Cronlink is ready"));
            }
        }
    }

    @ConcurrentTest
    void aTableThatSomebodyKeepsLocked() throws SQLException {
        try (TestDatabase database = TestDatabase.create();
                Connection stuck = database.connect(database.ownerName());
                Statement statement = stuck.createStatement()) {
            stuck.setAutoCommit(false);
            statement.execute("LOCK TABLE cron.job");

            assertThat(failure(database.environment(), "--cronlink.database.patience=1s"))
                    .contains("the migration has waited 1 s for a lock of process " + pid(stuck))
                    .contains("SELECT pg_terminate_backend(" + pid(stuck) + ")");

            try (ServiceProcess service = ServiceProcess.start(data, database.environment())) {
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> service.output().contains("Waiting up to 60 s for a lock of process"));

                service.terminate();

                assertStopped(service);
                // It was not left to wait for the lock for ever.
                assertThat(database.superuser()
                                .sql("SELECT count(*) FROM pg_locks WHERE NOT granted AND " + pid(stuck)
                                        + " = ANY (pg_blocking_pids(pid))")
                                .query(Long.class)
                                .single())
                        .isZero();
            }
        }
    }

    private static int pid(Connection connection) throws SQLException {
        return connection.unwrap(PGConnection.class).getBackendPID();
    }
}
