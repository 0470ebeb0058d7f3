package io.cronlink.install;

import io.cronlink.database.VendorServer;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Cloud SQL as Google describes it: nothing is to be had at localhost, and the administrator is no superuser. */
class CloudSqlTests extends InstallationTests {

    CloudSqlTests() {
        super("cloud-sql.md");
    }

    @Override
    VendorServer start() {
        VendorServer cloudSql = VendorServer.whoseSuperuserIs("cloudsqladmin")
                .tls("10.20.0.3")
                .notAtLocalhost()
                .trusted("cloudsqlsuperuser", "dblink", "postgres_fdw")
                .wrappersAreGrantedTo("cloudsqlsuperuser")
                .hba("host all cloudsqladmin all reject", "hostssl all all all scram-sha-256")
                .start();
        cloudSql.execute(
                "postgres",
                "CREATE ROLE postgres LOGIN CREATEDB CREATEROLE PASSWORD '" + PASSWORD + "'",
                "GRANT cloudsqlsuperuser TO postgres",
                "CREATE DATABASE app OWNER postgres");
        return cloudSql;
    }

    @Override
    Map<String, String> examples(VendorServer on) {
        return Map.of("10.20.0.3:5432", on.address() + ":" + on.port(), "10.20.0.3", on.address());
    }

    @Override
    Map<String, Supplier<String>> mistakes() {
        return Map.of(
                "the server cannot connect to itself at …",
                () -> {
                    runSql(createDatabase("by_localhost"), false);
                    return failure(Map.of(
                            "SPRING_DATASOURCE_URL", url("by_localhost"), "CRONLINK_LOOPBACK_HOST", "127.0.0.1"));
                },
                "role \"cronlink\" may not use the foreign-data wrapper dblink_fdw",
                this::withoutRightToTheWrapper,
                "the extension dblink is not installed in database \"…\"",
                () -> failureIn("another", "GRANT CREATE ON DATABASE another TO cronlink"));
    }

    @Test
    void worksWhereDblinksWrapperIsNotTheAdministratorsToGrant() {
        startsAfterTheSqlIn("strict");
    }
}
