package io.cronlink.catalogue;

import static io.cronlink.database.TestDatabase.identifier;
import static io.cronlink.database.TestDatabase.literal;
import static org.assertj.core.api.Assertions.assertThat;

import io.cronlink.database.CronlinkDatabase;
import io.cronlink.database.SqlFailure;
import io.cronlink.database.TestDatabase;
import io.cronlink.run.RecordedRun;
import io.cronlink.run.TestJobs;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("engine")
@CronlinkDatabase
class LoginTests {

    private final TestDatabase database;
    private final TestJobs jobs;

    LoginTests(TestDatabase database) {
        this.database = database;
        this.jobs = new TestJobs(database);
    }

    @BeforeAll
    static void start(TestDatabase database) {
        database.startDaemon();
    }

    @AfterAll
    static void stop(TestDatabase database) {
        database.stopDaemons();
    }

    private SqlFailure refused(String role, String password) {
        return SqlFailure.of(() -> add(role, password));
    }

    private void add(String role, String password) {
        database.owner()
                .sql("SELECT cron.add_login(?, ?)")
                .param(role)
                .param(password)
                .query()
                .singleRow();
    }

    @Test
    void makesARolesJobsRunAsThatRole() {
        String role = database.createJobUser("worker");

        RecordedRun run = jobs.run(role, "SELECT session_user || ' ' || current_user");

        assertThat(run.status()).isEqualTo("succeeded");
        assertThat(run.username()).isEqualTo(role);
        assertThat(run.result()).isEqualTo(role + " " + role);
    }

    @Test
    void isTheRolesOwnAffairToo() {
        String role = database.createUser("selfmade");

        database.as(role)
                .sql("SELECT cron.add_login(?, ?)")
                .param(role)
                .param(database.password(role))
                .query()
                .singleRow();

        assertThat(jobs.run(role, "SELECT 1").status()).isEqualTo("succeeded");
    }

    @Test
    void isMissedWithAWarningWhenAJobIsMade() throws SQLException {
        String role = database.createUser("early");
        try (Connection connection = database.connect(role);
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT cron.schedule('early', '0 0 29 2 *', 'SELECT 1')");

            SQLWarning warning = statement.getWarnings();

            assertThat((Throwable) warning)
                    .hasMessageContaining("no login is registered for role \"" + role + "\", its jobs will fail");
        }
    }

    @Test
    void isMissedInTheRecordWhenAJobRuns() {
        String role = database.createUser("late");

        RecordedRun run = jobs.run(role, "SELECT 1");

        assertThat(run.status()).isEqualTo("failed");
        assertThat(run.returnMessage())
                .isEqualTo(
                        "no login is registered for role \"%s\"%nDETAIL:  Register it once with SELECT cron.add_login(%s, <its password>).",
                        role, literal(role));
        assertThat(run.sqlstate()).isEqualTo("28000");
    }

    @Test
    void leadsThroughAnotherRoleThatMayBecomeIt() {
        String door = database.createJobUser("door");
        String behind = database.createUser("behind");
        database.superuser()
                .sql("GRANT " + identifier(behind) + " TO " + identifier(door))
                .update();
        database.owner()
                .sql("SELECT cron.add_login(?, via => ?)")
                .param(behind)
                .param(door)
                .query()
                .singleRow();

        RecordedRun run = jobs.run(behind, "SELECT session_user || ' ' || current_user");
        RecordedRun vacuum = jobs.run(behind, "VACUUM");

        assertThat(run.result()).isEqualTo(door + " " + behind);
        assertThat(vacuum.status()).isEqualTo("succeeded");
    }

    @Test
    void isRefusedThroughARoleThatMayNotBecomeIt() {
        String door = database.createJobUser("door");
        String stranger = database.createUser("stranger");

        SqlFailure refusal = SqlFailure.of(() -> database.owner()
                .sql("SELECT cron.add_login(?, via => ?)")
                .param(stranger)
                .param(door)
                .query()
                .singleRow());

        assertThat(refusal.sqlState()).isEqualTo("0P000");
    }

    @Test
    void refusesAWrongPasswordWithoutNamingIt() {
        String role = database.createUser("mistaken");

        SqlFailure refusal = refused(role, "wr0ng password");

        assertThat(refusal.sqlState()).isEqualTo("28000");
        assertThat(refusal.message())
                .startsWith("role \"" + role + "\" cannot log in at the server's own address " + database.host() + ":");
        assertThat(refusal.toString()).doesNotContain("wr0ng");
        assertThat(jobs.value("SELECT count(*) FROM cron_engine.login WHERE username = " + literal(role)))
                .isEqualTo("0");
    }

    @Test
    void isForgotten() {
        String role = database.createJobUser("leaver");

        assertThat(database.owner()
                        .sql("SELECT cron.drop_login(?)")
                        .param(role)
                        .query(Boolean.class)
                        .single())
                .isTrue();

        assertThat(jobs.run(role, "SELECT 1").sqlstate()).isEqualTo("28000");
        assertThat(jobs.value("SELECT count(*) FROM pg_foreign_server WHERE srvname = " + literal("cronlink:" + role)))
                .isEqualTo("0");
        assertThat(database.owner()
                        .sql("SELECT cron.drop_login(?)")
                        .param(role)
                        .query(Boolean.class)
                        .single())
                .isFalse();
    }

    @Test
    void takesANewPassword() {
        String role = database.createJobUser("changing");
        database.superuser()
                .sql("ALTER ROLE " + identifier(role) + " PASSWORD 'another'")
                .update();
        add(role, "another");

        assertThat(jobs.run(role, "SELECT 1").status()).isEqualTo("succeeded");
    }

    @Test
    void thatNoLongerWorksFailsItsRunsAndNoOther() {
        String role = database.createJobUser("revoked");
        database.superuser()
                .sql("ALTER ROLE " + identifier(role) + " PASSWORD 'another'")
                .update();

        RecordedRun run = jobs.run(role, "SELECT 1");

        assertThat(run.status()).isEqualTo("failed");
        assertThat(run.returnMessage())
                .startsWith("connection failed\nDETAIL:  ")
                .contains("password authentication failed");
        assertThat(jobs.run("SELECT 1").status()).isEqualTo("succeeded");
    }

    @Test
    void ofADroppedRoleFailsItsRunsAndNoOther() {
        String role = database.createJobUser("dropped");
        long jobid = jobs.create(role, "SELECT 1");
        database.owner()
                .sql("REVOKE USAGE ON SCHEMA cron FROM " + identifier(role))
                .update();
        database.superuser().sql("DROP ROLE " + identifier(role)).update();

        RecordedRun run = jobs.ended(jobs.start(jobid));

        assertThat(run.status()).isEqualTo("failed");
        assertThat(run.returnMessage()).contains(role);
        assertThat(jobs.run("SELECT 1").status()).isEqualTo("succeeded");
    }

    @Test
    void takesAnyNameAndAnyPassword() throws SQLException {
        String role = "Odd \"name's' \\ ü = " + "x".repeat(30);
        String password = "pass'word \\ \" = 'x' ü";
        execute("CREATE ROLE " + identifier(role) + " LOGIN PASSWORD " + literal(password));
        add(role, password);

        RecordedRun run = jobs.run(role, "SELECT session_user");

        assertThat(run.result()).isEqualTo(role);
        database.owner().sql("SELECT cron.drop_login(?)").param(role).query().singleRow();
        database.owner()
                .sql("DELETE FROM cron.job WHERE username = ?")
                .param(role)
                .update();
        execute("DROP ROLE " + identifier(role));
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void needsAServerThatAsksForThePassword() {
        try (TestDatabase trusting = TestDatabase.create()) {
            String role = trusting.createUser("trusted");
            trusting.trustEverybody();

            SqlFailure refusal = SqlFailure.of(() -> trusting.owner()
                    .sql("SELECT cron.add_login(?, ?)")
                    .param(role)
                    .param("anything")
                    .query()
                    .singleRow());

            assertThat(refusal.sqlState()).isEqualTo("2F003");
            assertThat(refusal.message()).contains("asks role \"" + role + "\" for no password");
            assertThat(refusal.hint()).contains("scram-sha-256");
        }
    }

    @Test
    void keepsItsPasswordToItself() throws SQLException {
        String role = database.createUser("secretive");
        String secret = "s3cret-of-secretive";
        database.superuser()
                .sql("ALTER ROLE " + identifier(role) + " PASSWORD '" + secret + "'")
                .update();
        try (Connection connection = database.connect(database.ownerName());
                PreparedStatement call = connection.prepareStatement("SELECT cron.add_login(?, ?)")) {
            call.setString(1, role);
            call.setString(2, secret);
            call.execute();

            assertThat(database.superuser()
                            .sql(
                                    "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%add_login%' AND query LIKE ? || '%'")
                            .param("%" + secret.substring(0, 6))
                            .query(Long.class)
                            .single())
                    .isZero();
        }
        jobs.run(role, "SELECT 1");
        jobs.run(role, "VACUUM");

        for (String table : tables()) {
            assertThat(jobs.value("SELECT count(*) FROM " + table + " AS t WHERE t::text LIKE '%" + secret + "%'"))
                    .as(table)
                    .isEqualTo("0");
        }
        // In the user mapping of the engine's owner, and there for nobody else.
        String look = "SELECT count(*) FROM pg_user_mappings WHERE umoptions::text LIKE '%" + secret + "%'";
        assertThat(jobs.value(look)).isEqualTo("1");
        assertThat(jobs.run(role, look).result()).isEqualTo("0");
    }

    private List<String> tables() {
        return database.owner()
                .sql(
                        "SELECT oid::regclass::text FROM pg_class WHERE relkind IN ('r', 'v') AND relnamespace IN ('cron'::regnamespace, 'cron_engine'::regnamespace)")
                .query(String.class)
                .list();
    }
}
