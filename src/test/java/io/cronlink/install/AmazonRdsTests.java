package io.cronlink.install;

import static org.assertj.core.api.Assertions.assertThat;

import io.cronlink.database.VendorServer;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** RDS as it presents itself: TLS or nothing, and a master user that is no superuser. */
class AmazonRdsTests extends InstallationTests {

    private static final String HOST = "mydb.abcdefghijkl.eu-central-1.rds.amazonaws.com";

    AmazonRdsTests() {
        super("amazon-rds.md");
    }

    @Override
    VendorServer start() {
        VendorServer rds = VendorServer.whoseSuperuserIs("rdsadmin")
                .tls(HOST)
                .trusted("rds_superuser", "dblink", "postgres_fdw")
                .wrappersAreGrantedTo("rds_superuser")
                .hba("host all rdsadmin all reject", "hostssl all all all md5")
                .start();
        rds.execute(
                "postgres",
                "CREATE ROLE postgres LOGIN CREATEDB CREATEROLE PASSWORD '" + PASSWORD + "'",
                "GRANT rds_superuser TO postgres",
                "CREATE DATABASE app OWNER postgres");
        return rds;
    }

    @Override
    Map<String, String> roles() {
        return Map.of("the master user", "postgres");
    }

    @Override
    Map<String, String> examples(VendorServer on) {
        return Map.of(HOST + ":5432", on.address() + ":" + on.port());
    }

    @Override
    Map<String, Supplier<String>> mistakes() {
        return Map.of(
                "no pg_hba.conf entry for host \"…\", user \"cronlink\", database \"app\", no encryption",
                () -> {
                    String said =
                            failure(Map.of("SPRING_DATASOURCE_URL", url("app").replace("require", "disable")));
                    assertThat(said).contains("Add sslmode=require to the parameters of SPRING_DATASOURCE_URL");
                    return said;
                },
                "role \"cronlink\" may not use the foreign-data wrapper dblink_fdw",
                this::withoutRightToTheWrapper,
                "the extension dblink is not installed in database \"…\"",
                () -> failureIn("another", "GRANT CREATE ON DATABASE another TO cronlink"));
    }

    @Test
    void worksWhereDblinksWrapperIsNotTheMasterUsersToGrant() {
        startsAfterTheSqlIn("strict");
    }

    @Test
    void bothWaysTryTlsFirstWhereNothingIsSaid() {
        runSql(createDatabase("unsaid"), false);

        starts(Map.of(
                "SPRING_DATASOURCE_URL",
                url("unsaid").replace("?sslmode=require", ""),
                "CRONLINK_LOOPBACK_SSLMODE",
                ""));
    }

    @Test
    void theMasterUserMayDoTheSqlAtTheStart() {
        startsByTheAdministrator("by_flyway");
    }

    @Test
    void theMasterUserMayDoTheSqlAtTheStartWithAnotherWrapper() {
        startsByTheAdministrator("by_flyway_strict");
    }
}
