package io.cronlink.install;

import static org.assertj.core.api.Assertions.assertThat;

import io.cronlink.database.VendorServer;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A primary as CloudNativePG sets it up: the operator's pg_hba.conf, and a certificate for the names of the cluster's services. */
class CloudNativePgTests extends InstallationTests {

    CloudNativePgTests() {
        super("cloudnativepg.md");
    }

    @Override
    VendorServer start() {
        VendorServer primary = VendorServer.whoseSuperuserIs("postgres")
                .password(PASSWORD)
                .tls("pg-rw", "pg-rw.default", "localhost")
                .hba(
                        "local all all peer",
                        "hostssl postgres streaming_replica all cert",
                        "hostssl replication streaming_replica all cert",
                        "host all all all scram-sha-256")
                .start();
        primary.execute(
                "postgres", "CREATE ROLE app LOGIN PASSWORD '" + PASSWORD + "'", "CREATE DATABASE app OWNER app");
        return primary;
    }

    @Override
    Map<String, String> examples(VendorServer on) {
        return Map.of("pg-rw.default:5432", on.address() + ":" + on.port());
    }

    @Override
    Map<String, Supplier<String>> mistakes() {
        return Map.of(
                "the extension dblink is not installed in database \"…\"",
                () -> failureIn("another", "GRANT CREATE ON DATABASE another TO cronlink"),
                "role \"app\" may not use the foreign-data wrapper dblink_fdw",
                () -> {
                    server().execute(
                                    createDatabase("of_app"),
                                    "ALTER DATABASE of_app OWNER TO app",
                                    "CREATE EXTENSION dblink");
                    return failure(Map.of("SPRING_DATASOURCE_URL", url("of_app"), "SPRING_DATASOURCE_USERNAME", "app"));
                },
                "password authentication failed for user \"cronlink\"",
                () -> failure(Map.of("SPRING_DATASOURCE_PASSWORD", "another")));
    }

    @Test
    void aNewClusterIsReadyByItsManifest() {
        List<String> statements = guide.statementsOfNewCluster();
        assertThat(statements).first().isEqualTo("CREATE ROLE cronlink LOGIN");

        createDatabase("brand_new");
        // The role is there: a server has it once, and this is the second database.
        server().execute(
                        "brand_new",
                        statements.stream()
                                .skip(1)
                                .map(statement -> statement.replace("DATABASE app", "DATABASE brand_new"))
                                .toArray(String[]::new));

        starts(Map.of("SPRING_DATASOURCE_URL", url("brand_new")));
    }

    @Test
    void theSuperuserMayDoTheSqlAtTheStart() {
        startsByTheAdministrator("by_flyway");
    }

    @Test
    void worksAsTheDatabasesOwnerAndChecksTheCertificate() {
        runSql(createDatabase("owned"), false);
        server().execute(
                        "owned",
                        "ALTER DATABASE owned OWNER TO app",
                        "GRANT USAGE ON SCHEMA dblink TO app",
                        "GRANT USAGE ON FOREIGN DATA WRAPPER dblink_fdw TO app");

        starts(Map.of(
                "SPRING_DATASOURCE_URL",
                url("owned")
                        .replace("pg-rw.default:5432", "localhost:" + server().port())
                        .replace("sslmode=require", "sslmode=verify-full&sslrootcert=" + server().rootCertificate()),
                "SPRING_DATASOURCE_USERNAME",
                "app"));
    }
}
