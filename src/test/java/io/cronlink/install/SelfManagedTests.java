package io.cronlink.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cronlink.database.VendorServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** The pg_hba.conf of the official container image, that of Debian's packages, and what may be wrong with any server. */
class SelfManagedTests extends InstallationTests {

    /** A pooler, a standby, an address that swallows all: PoolerTests, StartFailureTests and DaemonOutageTests have them. */
    private static final Set<String> NEED_MORE_THAN_A_SERVER = Set.of(
            "there is a connection pooler at …",
            "no database at … within … s: the server is a standby",
            "the server got no answer at its own address within … s");

    private static final String[] OF_THE_IMAGE = {
        "local all all trust",
        "host all all 127.0.0.1/32 trust",
        "host all all ::1/128 trust",
        "host all all all scram-sha-256"
    };

    private static final String[] OF_DEBIAN = {
        "local all postgres peer",
        "local all all peer",
        "host all all 127.0.0.1/32 scram-sha-256",
        "host all all ::1/128 scram-sha-256"
    };

    SelfManagedTests() {
        super("self-managed.md");
    }

    @Override
    VendorServer start() {
        return withWhatIsTakenForGranted(VendorServer.whoseSuperuserIs("postgres")
                .password(PASSWORD)
                .hba(OF_THE_IMAGE)
                .start());
    }

    private static VendorServer startDebians() {
        VendorServer debian = VendorServer.whoseSuperuserIs("postgres")
                .password(PASSWORD)
                .tls("localhost")
                .hba(OF_DEBIAN)
                .start();
        return withWhatIsTakenForGranted(debian);
    }

    private static VendorServer withWhatIsTakenForGranted(VendorServer server) {
        server.execute("postgres", "CREATE DATABASE app");
        return server;
    }

    @Override
    Map<String, String> examples(VendorServer on) {
        return Map.of(
                "//db:5432",
                "//" + on.address() + ":" + on.port(),
                "db.example.com:5432",
                "localhost:" + on.port(),
                "db.example.com",
                "localhost",
                "/certs/root.crt",
                on.rootCertificate().toString(),
                "/etc/postgresql/root.crt",
                on.rootCertificate().toString());
    }

    private static String byLocalhost(VendorServer on, String database) {
        return "jdbc:postgresql://127.0.0.1:" + on.port() + "/" + database;
    }

    /** Its own, and those of the page for all servers. */
    @Override
    Set<String> messages() {
        Set<String> messages = super.messages();
        messages.addAll(Guide.of("README.md").messages());
        messages.removeAll(NEED_MORE_THAN_A_SERVER);
        return messages;
    }

    @Override
    Map<String, Supplier<String>> mistakes() {
        Map<String, Supplier<String>> mistakes = new HashMap<>(Map.of(
                "the database's URL is none of JDBC's",
                () -> failure(Map.of("SPRING_DATASOURCE_URL", "postgres://127.0.0.1/app")),
                "no database at jdbc:postgresql://… within … s",
                () -> failure(Map.of("SPRING_DATASOURCE_URL", "jdbc:postgresql://127.0.0.1:1/app")),
                "cannot log in to the database as cronlink at …: password authentication failed for user \"cronlink\"",
                () -> failure(Map.of("SPRING_DATASOURCE_PASSWORD", "another")),
                "the extension dblink is not installed in database \"…\"",
                () -> failureIn("another", "GRANT CREATE ON DATABASE another TO cronlink"),
                "the extension dblink is not available on this server",
                SelfManagedTests.this::withoutContrib,
                "role \"cronlink\" may not create schemas in database \"…\"",
                () -> failureIn("not_its_own"),
                "role \"cronlink\" may not use the foreign-data wrapper dblink_fdw",
                this::withoutRightToTheWrapper,
                "the extension pg_cron is installed in database \"…\"",
                this::withPgCron,
                "there is a schema \"cron\" that Cronlink did not make",
                () -> failureIn("taken", "CREATE SCHEMA cron")));
        mistakes.put(
                "schema \"…\" belongs to role \"…\", not to \"cronlink\"",
                () -> failureIn(
                        "stranger", "GRANT CREATE ON DATABASE stranger TO cronlink", "CREATE SCHEMA cron_engine"));
        mistakes.put(
                "role \"cronlink\" may not use schema \"…\", in which the extension dblink is",
                () -> failureIn(
                        "hidden",
                        "GRANT CREATE ON DATABASE hidden TO cronlink",
                        "CREATE SCHEMA dblink",
                        "CREATE EXTENSION dblink SCHEMA dblink"));
        mistakes.put("the server cannot connect to itself at …", () -> {
            runSql(createDatabase("unreachable"), false);
            return failure(Map.of("SPRING_DATASOURCE_URL", url("unreachable"), "CRONLINK_LOOPBACK_PORT", "1"));
        });
        mistakes.put("the server asks role \"cronlink\" for no password at its own address …", this::trusted);
        mistakes.put("the server asks role \"cronlink\" for no password at its own address 127.0.0.1:…", this::trusted);
        mistakes.put("role \"cronlink\" cannot log in at the server's own address …", this::notAdmitted);
        return mistakes;
    }

    private String trusted() {
        // A page may be run twice.
        server().execute("postgres", "DROP DATABASE IF EXISTS beside WITH (FORCE)");
        runSql(createDatabase("beside"), false);
        return failure(Map.of("SPRING_DATASOURCE_URL", byLocalhost(server(), "beside")));
    }

    private String notAdmitted() {
        try (VendorServer debian = startDebians()) {
            runSql(debian, home(), false);
            return failure(
                    debian,
                    Map.of(
                            "SPRING_DATASOURCE_URL",
                            byLocalhost(debian, "app"),
                            "CRONLINK_LOOPBACK_HOST",
                            debian.address()));
        }
    }

    private String withoutContrib() {
        try (VendorServer bare = withWhatIsTakenForGranted(VendorServer.whoseSuperuserIs("postgres")
                .password(PASSWORD)
                .without("dblink", "postgres_fdw")
                .hba(OF_THE_IMAGE)
                .start())) {
            bare.execute(
                    "app",
                    "CREATE ROLE cronlink LOGIN PASSWORD '" + PASSWORD + "'",
                    "GRANT CREATE ON DATABASE app TO cronlink");
            return failure(bare, Map.of());
        }
    }

    @Test
    void worksInTheServersOwnNetworkOnceItIsToldTheOtherAddress() {
        runSql(createDatabase("side_car"), false);

        starts(Map.of(
                "SPRING_DATASOURCE_URL", byLocalhost(server(), "side_car"),
                "CRONLINK_LOOPBACK_HOST", server().address()));
    }

    @Test
    void worksWithDebiansPackagesByLocalhostAndFromElsewhereOnceTheServerAdmitsItself() {
        try (VendorServer debian = startDebians()) {
            runSql(debian, home(), false);
            starts(environment(debian, Map.of("SPRING_DATASOURCE_URL", byLocalhost(debian, "app"))), "leading");

            debian.addHba("host all all samehost scram-sha-256");
            starts(environment(debian, Map.of()), "leading");
        }
    }

    @Test
    void checksCertificatesOnBothWays() {
        try (VendorServer debian = startDebians()) {
            runSql(debian, home(), false);

            starts(environment(debian, guide.environments().get(1), Map.of()), "leading");
        }
    }

    @Test
    void rolesThatHaveJobsNeedNoRightToDblink() throws SQLException {
        server().execute(
                        "app",
                        "CREATE ROLE bob LOGIN PASSWORD '" + PASSWORD + "'",
                        "GRANT USAGE ON SCHEMA cron TO bob",
                        "CREATE TABLE of_bob AS SELECT 1 AS id",
                        "ALTER TABLE of_bob OWNER TO bob",
                        "CREATE DATABASE of_others");
        try (Connection connection = server().login("app", "bob", PASSWORD).connect()) {
            JdbcClient bob = JdbcClient.create(new SingleConnectionDataSource(connection, true));
            assertThat(bob.sql("SELECT has_schema_privilege('dblink', 'USAGE')")
                            .query(Boolean.class)
                            .single())
                    .isFalse();
            bob.sql("SELECT cron.add_login('bob', ?)").param(PASSWORD).query().singleRow();
            bob.sql(
                            "SELECT cron.run_once('SELECT 1'), cron.run_once('VACUUM of_bob'), cron.run_once('SELECT 1', 'of_others')")
                    .query()
                    .singleRow();

            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(bob.sql("SELECT status FROM cron.job_run_details")
                                    .query(String.class)
                                    .list())
                            .containsExactly("succeeded", "succeeded", "succeeded"));
            assertThat(bob.sql("SELECT status FROM cron.parallel(ARRAY['SELECT 1', 'VACUUM of_bob'])")
                            .query(String.class)
                            .list())
                    .containsExactly("succeeded", "succeeded");
        }
    }
}
