package io.cronlink.run;

import static io.cronlink.database.TestDatabase.literal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cronlink.database.CronlinkDatabase;
import io.cronlink.database.SqlFailure;
import io.cronlink.database.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The owner's own sessions without a password that is kept: PostgreSQL 18 passes on what the service logged in with. */
@Tag("engine")
@CronlinkDatabase
class PassedLoginTests {

    private static final String OPTIONS = """
            SELECT string_agg(split_part(o, '=', 1), ' ' ORDER BY o) FROM pg_user_mappings AS m, unnest(m.umoptions) AS o
            WHERE m.srvname LIKE 'cronlink:%'
            """;

    private final TestDatabase database;
    private final TestJobs jobs;

    PassedLoginTests(TestDatabase database) {
        this.database = database;
        this.jobs = new TestJobs(database);
    }

    @AfterEach
    void keepThePasswordAgain() {
        database.stopDaemons();
        database.registerOwner();
        assertThat(jobs.value(OPTIONS)).isEqualTo("password user");
    }

    private boolean isPossible() {
        return jobs.value("SELECT current_setting('server_version_num')::integer >= 180000")
                .equals("true");
    }

    private String setHome() {
        return "SELECT cron_engine.set_home(h.host, h.port, h.sslmode, h.sslrootcert, %s, true) FROM cron_engine.home h"
                .formatted(literal(database.password(database.ownerName())));
    }

    @Test
    void noneIsKeptAndAllRuns() {
        assumeTrue(isPossible());
        jobs.value(setHome());
        jobs.value(setHome());

        assertThat(jobs.value(OPTIONS)).isEqualTo("use_scram_passthrough user");

        database.startDaemon();
        assertThat(jobs.run("SELECT current_user").result()).isEqualTo(database.ownerName());
        assertThat(jobs.run("VACUUM cron.job").status()).isEqualTo("succeeded");
        long elsewhere = jobs.create("SELECT current_database()");
        jobs.alter(elsewhere, "database = 'postgres'");
        assertThat(jobs.ended(jobs.start(elsewhere)).result()).isEqualTo("postgres");
        assertThat(jobs.value(
                        "SELECT string_agg(status, ' ') FROM cron.parallel(ARRAY['SELECT 1', 'VACUUM cron.job'])"))
                .isEqualTo("succeeded succeeded");
        assertThat(
                        jobs.value(
                                "SELECT string_agg(srvname, ' ') FROM pg_foreign_server WHERE srvname LIKE 'cronlink:passing%'"))
                .isEmpty();

        // Others' are kept, as nobody else logs in as them.
        String role = database.createJobUser("other");
        assertThat(jobs.run(role, "SELECT current_user").result()).isEqualTo(role);
        database.owner().sql("SELECT cron.drop_login(?)").param(role).query().singleRow();
    }

    @Test
    void aSessionThatDidNotLogInAsTheOwnerHasNothingToPassOn() throws SQLException {
        assumeTrue(isPossible());
        try (Connection session = database.connect(database.superuserName());
                Statement statement = session.createStatement()) {
            statement.execute("SET SESSION AUTHORIZATION " + TestDatabase.identifier(database.ownerName()));

            SqlFailure failure = SqlFailure.of(() -> execute(statement, setHome()));

            assertThat(failure.sqlState()).isEqualTo("28000");
            assertThat(failure.message())
                    .isEqualTo("the log-in of role \"" + database.ownerName() + "\" is not passed on");
            assertThat(failure.hint()).contains("CRONLINK_LOOPBACK_SCRAMPASSTHROUGH");
        }
    }

    private static void execute(Statement statement, String query) {
        try (ResultSet row = statement.executeQuery(query)) {
            assertThat(row.next()).isTrue();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Test
    void anOlderServerSaysSo() {
        assumeTrue(!isPossible());

        SqlFailure failure = SqlFailure.of(() -> jobs.value(setHome()));

        assertThat(failure.sqlState()).isEqualTo("0A000");
        assertThat(failure.hint()).contains("that came with PostgreSQL 18");
    }
}
