package io.cronlink.catalogue;

import static io.cronlink.catalogue.Sessions.refusal;
import static io.cronlink.catalogue.Sessions.warnings;
import static io.cronlink.database.TestDatabase.identifier;
import static io.cronlink.database.TestDatabase.literal;
import static org.assertj.core.api.Assertions.assertThat;

import io.cronlink.database.CronlinkDatabase;
import io.cronlink.database.SqlFailure;
import io.cronlink.database.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What pg_cron's functions do, quirks included. */
@Tag("engine")
@CronlinkDatabase
class JobFunctionTests {

    private final TestDatabase database;

    JobFunctionTests(TestDatabase database) {
        this.database = database;
    }

    private long id(String role, String sql) {
        return database.as(role).sql(sql).query(Long.class).single();
    }

    private void call(String role, String sql) {
        database.as(role).sql(sql).query().listOfRows();
    }

    private Map<String, Object> job(long jobid) {
        return database.owner()
                .sql("SELECT * FROM cron.job WHERE jobid = ?")
                .param(jobid)
                .query()
                .singleRow();
    }

    private boolean exists(long jobid) {
        return database.owner()
                .sql("SELECT EXISTS (SELECT FROM cron.job WHERE jobid = ?)")
                .param(jobid)
                .query(Boolean.class)
                .single();
    }

    private String role(String kind) {
        return switch (kind) {
            case "superuser" -> database.superuserName();
            case "owner" -> database.ownerName();
            case "trusted" -> trusted();
            default -> database.createUser(kind);
        };
    }

    private String trusted() {
        String role = database.createUser("trusted");
        database.owner()
                .sql("GRANT EXECUTE ON FUNCTION cron.alter_job, cron.schedule_in_database TO " + identifier(role))
                .update();
        return role;
    }

    @ParameterizedTest
    @ValueSource(strings = {"superuser", "owner", "trusted", "user"})
    void scheduleMakesAJobOfTheCaller(String kind) {
        String role = role(kind);

        long unnamed = id(role, "SELECT cron.schedule('0 3 * * *', 'VACUUM')");
        long named = id(role, "SELECT cron.schedule('nightly', ' 30 sEcOnDs ', '')");

        assertThat(job(unnamed))
                .containsEntry("schedule", "0 3 * * *")
                .containsEntry("command", "VACUUM")
                .containsEntry("nodename", "localhost")
                .containsEntry("nodeport", database.port())
                .containsEntry("database", database.name())
                .containsEntry("username", role)
                .containsEntry("active", true)
                .containsEntry("jobname", null);
        assertThat(job(named))
                .containsEntry("schedule", " 30 sEcOnDs ")
                .containsEntry("command", "")
                .containsEntry("username", role)
                .containsEntry("jobname", "nightly");
    }

    @ParameterizedTest
    @ValueSource(strings = {"superuser", "owner", "trusted"})
    void scheduleInDatabaseMakesAJobInAnotherDatabase(String kind) {
        String role = role(kind);

        long jobid = id(
                role,
                "SELECT cron.schedule_in_database('elsewhere', '0 3 * * *', 'VACUUM', 'postgres', active => false)");
        long fallback = id(role, "SELECT cron.schedule_in_database('here', '0 3 * * *', 'VACUUM', NULL, NULL, NULL)");

        assertThat(job(jobid))
                .containsEntry("database", "postgres")
                .containsEntry("username", role)
                .containsEntry("active", false);
        assertThat(job(fallback))
                .containsEntry("database", database.name())
                .containsEntry("username", role)
                .containsEntry("active", true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"superuser", "owner", "user"})
    void strictFunctionsAnswerNullWithNull(String kind) {
        String role = role(kind);
        String answers = """
                SELECT concat_ws('-', cron.schedule(NULL, 'SELECT 1'), cron.schedule('* * * * *', NULL),
                                 cron.unschedule(NULL::bigint), cron.unschedule(NULL::text))
                """;
        long before = id(database.ownerName(), "SELECT count(*) FROM cron.job");

        assertThat(database.as(role).sql(answers).query(String.class).single()).isEmpty();
        assertThat(id(database.ownerName(), "SELECT count(*) FROM cron.job")).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "an ever so long name, an ever so long name, an ever so long name, an ever so long name"
                        + ", an ever so long name, an ever so long name, an ever so long name, an ever so long name, an ever so long name"
            })
    void anyNameIsAccepted(String name) {
        long jobid = database.owner()
                .sql("SELECT cron.schedule(?, '* * * * *', 'SELECT 1')")
                .param(name)
                .query(Long.class)
                .single();

        assertThat(job(jobid)).containsEntry("jobname", name);
    }

    @Test
    void aNameThatIsTakenKeepsItsIdActivityAndNode() {
        String role = trusted();
        long jobid = id(
                role, "SELECT cron.schedule_in_database('kept', '0 3 * * *', 'SELECT 1', 'postgres', active => false)");
        database.owner()
                .sql("UPDATE cron.job SET nodename = '127.0.0.1' WHERE jobid = ?")
                .param(jobid)
                .update();

        long again = id(role, "SELECT cron.schedule('kept', '0 4 * * *', 'SELECT 2')");
        long inDatabase = id(
                role, "SELECT cron.schedule_in_database('kept', '0 5 * * *', 'SELECT 3', 'postgres', active => true)");
        long next = id(role, "SELECT cron.schedule('the next one', '0 4 * * *', 'SELECT 2')");

        assertThat(List.of(again, inDatabase)).containsOnly(jobid);
        assertThat(job(jobid))
                .containsEntry("schedule", "0 5 * * *")
                .containsEntry("command", "SELECT 3")
                .containsEntry("database", "postgres")
                .containsEntry("nodename", "127.0.0.1")
                .containsEntry("active", false);
        assertThat(next).as("each upsert costs one id").isEqualTo(jobid + 3);
    }

    @Test
    void namesBelongToTheirRole() {
        String one = database.createUser("one");
        String two = database.createUser("two");

        long first = id(one, "SELECT cron.schedule('shared', '0 3 * * *', 'SELECT 1')");
        long second = id(two, "SELECT cron.schedule('shared', '0 3 * * *', 'SELECT 2')");
        call(two, "SELECT cron.unschedule('shared')");

        assertThat(exists(first)).isTrue();
        assertThat(exists(second)).isFalse();
    }

    @Test
    void unnamedJobsDoNotReplaceEachOther() {
        assertThat(id(database.ownerName(), "SELECT cron.schedule('0 3 * * *', 'SELECT 1')"))
                .isNotEqualTo(id(database.ownerName(), "SELECT cron.schedule('0 3 * * *', 'SELECT 1')"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"superuser", "owner", "trusted", "user"})
    void unscheduleTakesAwayOnesOwnJobs(String kind) {
        String role = role(kind);
        long byId = id(role, "SELECT cron.schedule('by id', '0 3 * * *', 'SELECT 1')");
        long byName = id(role, "SELECT cron.schedule('by name', '0 3 * * *', 'SELECT 1')");

        assertThat(database.as(role)
                        .sql("SELECT cron.unschedule(" + byId + ") AND cron.unschedule(job_name := 'by name')")
                        .query(Boolean.class)
                        .single())
                .isTrue();
        assertThat(exists(byId) || exists(byName)).isFalse();
        assertThat(id(
                        database.ownerName(),
                        "SELECT count(*) FROM cron_engine.timer WHERE jobid IN (" + byId + ", " + byName + ")"))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"superuser", "owner"})
    void unscheduleTakesAwayAnothersJobById(String kind) {
        String other = database.createUser("other");
        long jobid = id(other, "SELECT cron.schedule('anothers', '0 3 * * *', 'SELECT 1')");

        assertThat(refusal(database, role(kind), "SELECT cron.unschedule('anothers')")
                        .sqlState())
                .isEqualTo("P0002");
        call(role(kind), "SELECT cron.unschedule(" + jobid + ")");

        assertThat(exists(jobid)).isFalse();
    }

    @Test
    void unscheduleOfAnothersJobIsForAdministrators() {
        String helper = database.createUser("helper");
        String other = database.createUser("other");
        long jobid = id(other, "SELECT cron.schedule('anothers', '0 3 * * *', 'SELECT 1')");
        String sql = "SELECT cron.unschedule(" + jobid + ")";

        assertThat(refusal(database, helper, sql))
                .isEqualTo(new SqlFailure("42501", "permission denied for table job", null, null));
        database.owner()
                .sql("GRANT DELETE ON cron.job TO " + identifier(helper))
                .update();
        assertThat(refusal(database, helper, sql).message()).isEqualTo("permission denied for table job");
        call(database.superuserName(), sql);

        assertThat(exists(jobid)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"superuser", "owner", "trusted"})
    void alterJobChangesWhatIsNamed(String kind) {
        String role = role(kind);
        long jobid = id(role, "SELECT cron.schedule('altered', '0 3 * * *', 'SELECT 1')");

        call(role, "SELECT cron.alter_job(" + jobid + ", '0 4 * * *', 'SELECT 2', 'postgres', NULL, false)");

        assertThat(job(jobid))
                .containsEntry("schedule", "0 4 * * *")
                .containsEntry("command", "SELECT 2")
                .containsEntry("database", "postgres")
                .containsEntry("username", role)
                .containsEntry("active", false)
                .containsEntry("jobname", "altered");
        call(role, "SELECT cron.alter_job(job_id := " + jobid + ", active := true)");
        assertThat(job(jobid)).containsEntry("active", true).containsEntry("command", "SELECT 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"superuser", "owner"})
    void alterJobChangesAnothersJobAndItsRole(String kind) {
        String from = database.createUser("from");
        String to = database.createUser("to");
        long jobid = id(from, "SELECT cron.schedule('handed over', '0 3 * * *', 'SELECT 1')");

        call(role(kind), "SELECT cron.alter_job(" + jobid + ", username => " + literal(to) + ")");

        assertThat(job(jobid)).containsEntry("username", to);
        assertThat(refusal(database, from, "SELECT cron.unschedule(" + jobid + ")")
                        .sqlState())
                .isEqualTo("42501");
        call(to, "SELECT cron.unschedule(" + jobid + ")");
    }

    @ParameterizedTest
    @ValueSource(strings = {"superuser", "owner"})
    void aJobForAnotherRoleIsThatRoles(String kind) {
        String other = database.createUser("other");

        long jobid = id(
                role(kind),
                "SELECT cron.schedule_in_database('made for', '0 3 * * *', 'SELECT 1', %s, %s)"
                        .formatted(literal(database.name()), literal(other)));

        assertThat(job(jobid)).containsEntry("username", other);
        call(other, "SELECT cron.unschedule('made for')");
    }

    @Test
    void aMemberOfARoleMakesJobsForIt() {
        String team = database.createUser("team");
        String member = trusted();
        database.superuser()
                .sql("GRANT %s TO %s".formatted(identifier(team), identifier(member)))
                .update();

        long jobid = id(
                member,
                "SELECT cron.schedule_in_database('for the team', '0 3 * * *', 'SELECT 1', %s, %s)"
                        .formatted(literal(database.name()), literal(team)));
        long own = id(
                member,
                "SELECT cron.schedule_in_database('own', '0 3 * * *', 'SELECT 1', %s, %s)"
                        .formatted(literal(database.name()), literal(member)));
        call(member, "SELECT cron.alter_job(" + own + ", username => " + literal(team) + ")");

        assertThat(job(jobid)).containsEntry("username", team);
        assertThat(job(own)).containsEntry("username", team);
    }

    @Test
    void aMemberThatMayNotBecomeTheRoleMakesNoJobsForIt() {
        String team = database.createUser("team");
        String member = trusted();
        // Before PostgreSQL 16 every member could; only who is none could not.
        database.superuser()
                .sql("""
                        DO $$BEGIN
                            IF current_setting('server_version_num')::integer >= 160000 THEN
                                EXECUTE %s;
                            END IF;
                        END$$
                        """.formatted(literal(
                        "GRANT %s TO %s WITH INHERIT TRUE, SET FALSE".formatted(identifier(team), identifier(member)))))
                .update();

        assertThat(refusal(
                                database,
                                member,
                                "SELECT cron.schedule_in_database('for the team', '0 3 * * *', 'SELECT 1', %s, %s)"
                                        .formatted(literal(database.name()), literal(team)))
                        .sqlState())
                .isEqualTo("42501");
    }

    @Test
    void theRoleLastSetIsTheCaller() {
        String team = database.createUser("team");
        String member = database.createUser("member");
        database.superuser()
                .sql("GRANT %s TO %s".formatted(identifier(team), identifier(member)))
                .update();

        warnings(
                database,
                member,
                "SET ROLE " + identifier(team) + "; SELECT cron.schedule('as the team', '0 3 * * *', 'SELECT 1')");

        assertThat(database.owner()
                        .sql("SELECT username FROM cron.job WHERE jobname = 'as the team'")
                        .query(String.class)
                        .list())
                .containsExactly(team);
    }

    @Test
    void rolesAreToldApartByCase() throws SQLException {
        String upper = database.createUser("CaseOwner");
        String lower = upper.toLowerCase(Locale.ROOT);
        database.superuser()
                .sql("CREATE ROLE %s LOGIN".formatted(identifier(lower)))
                .update();
        database.owner()
                .sql("GRANT USAGE ON SCHEMA cron TO " + identifier(lower))
                .update();
        long jobid = id(upper, "SELECT cron.schedule('cased', '0 3 * * *', 'SELECT 1')");
        assertThat(job(jobid)).containsEntry("username", upper);
        try (Connection session = database.connect(database.superuserName());
                Statement statement = session.createStatement()) {
            statement.execute("SET SESSION AUTHORIZATION " + identifier(lower));
            assertThat(SqlFailure.of(() -> statement.execute("SELECT cron.unschedule(" + jobid + ")")))
                    .isEqualTo(new SqlFailure("42501", "permission denied for table job", null, null));
        }
        assertThat(exists(jobid)).isTrue();
    }

    @Test
    void plainStatementsAreValidatedLikeCalls() {
        String owner = database.ownerName();
        long jobid = id(owner, """
                INSERT INTO cron.job (schedule, command, jobname) VALUES ('0 3 * * *', 'SELECT 1', 'plain') RETURNING jobid
                """);

        assertThat(job(jobid))
                .containsEntry("username", owner)
                .containsEntry("database", database.name())
                .containsEntry("nodeport", database.port());
        for (Map.Entry<String, SqlFailure> wrong : Map.of(
                        "schedule = '61 * * * *'",
                        new SqlFailure(
                                "22023",
                                "invalid schedule: 61 * * * *",
                                null,
                                "Use cron format (e.g. 5 4 * * *), or interval format '[1-59] seconds'"),
                        "username = 'nobody'",
                        new SqlFailure("42704", "role \"nobody\" does not exist", null, null),
                        "database = 'nowhere'",
                        new SqlFailure("3D000", "database \"nowhere\" does not exist", null, null))
                .entrySet()) {
            assertThat(refusal(database, owner, "UPDATE cron.job SET " + wrong.getKey() + " WHERE jobid = " + jobid))
                    .isEqualTo(wrong.getValue());
        }
        assertThat(refusal(database, owner, """
                INSERT INTO cron.job (schedule, command, jobname) VALUES ('0 3 * * *', 'SELECT 1', 'plain')
                """).sqlState()).isEqualTo("23505");
        database.owner()
                .sql("UPDATE cron.job SET schedule = '10 4 * * *' WHERE jobid = ?")
                .param(jobid)
                .update();
        assertThat(database.owner()
                        .sql(
                                "SELECT to_char(next_fire AT TIME ZONE 'GMT', 'HH24:MI') FROM cron_engine.timer WHERE jobid = ?")
                        .param(jobid)
                        .query(String.class)
                        .single())
                .isEqualTo("04:10");
        database.owner()
                .sql("DELETE FROM cron.job WHERE jobid = ?")
                .param(jobid)
                .update();
        assertThat(id(owner, "SELECT count(*) FROM cron_engine.timer WHERE jobid = " + jobid))
                .isZero();
    }

    @Test
    void aSixthFieldIsAcceptedWithOneWarning() {
        String sql = "SELECT cron.schedule('six', '*/10 * * * * *', 'SELECT 1')";
        String other = "SELECT cron.schedule('six', '*/20 * * * * *', 'SELECT 1')";

        assertThat(warnings(database, database.ownerName(), sql))
                .containsExactly("the sixth field of schedule \"*/10 * * * * *\" is ignored");
        assertThat(warnings(database, database.ownerName(), other))
                .containsExactly("the sixth field of schedule \"*/20 * * * * *\" is ignored");
    }

    @Test
    void aRolesNameIsNotCut() {
        String role = Objects.requireNonNull(database.createUser("r".repeat(50)));

        assertThat(job(id(role, "SELECT cron.schedule('0 3 * * *', 'SELECT 1')")))
                .containsEntry("username", role);
    }
}
