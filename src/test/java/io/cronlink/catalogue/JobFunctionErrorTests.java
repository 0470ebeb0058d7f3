package io.cronlink.catalogue;

import static io.cronlink.database.TestDatabase.identifier;
import static io.cronlink.database.TestDatabase.literal;
import static org.assertj.core.api.Assertions.assertThat;

import io.cronlink.database.CronlinkDatabase;
import io.cronlink.database.SqlFailure;
import io.cronlink.database.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whom pg_cron's functions refuse what: its messages, DETAIL and HINT, with fitting SQLSTATEs. A "user" may use the schema, a
 * "trusted" one may also call alter_job and schedule_in_database, a "stranger" may not even use the schema.
 */
@Tag("engine")
@CronlinkDatabase
class JobFunctionErrorTests {

    private static final List<String> ALL = List.of("superuser", "owner", "trusted", "user");
    private static final List<String> HIGH = List.of("superuser", "owner");
    private static final List<String> GRANTED = List.of("superuser", "owner", "trusted");
    private static final List<String> TRUSTED = List.of("trusted");
    private static final List<String> LOW = List.of("trusted", "user");
    private static final String USAGE = "Use cron format (e.g. 5 4 * * *), or interval format '[1-59] seconds'";
    private static final String NOTHING =
            "You must specify at least one job attribute to change when calling alter_job";
    private static final String LOGIN = "Jobs may only be run by roles that have the LOGIN attribute.";

    private static final Map<String, String> NAMES = new HashMap<>();
    private static @Nullable TestDatabase closed;

    private final TestDatabase database;

    JobFunctionErrorTests(TestDatabase database) {
        this.database = database;
    }

    @BeforeAll
    static void prepare(TestDatabase database) {
        closed = TestDatabase.createEmpty();
        NAMES.put("superuser", database.superuserName());
        NAMES.put("owner", database.ownerName());
        NAMES.put("trusted", database.createUser("trusted"));
        NAMES.put("user", database.createUser("user"));
        NAMES.put("stranger", database.createRole("stranger"));
        NAMES.put("other", database.createUser("other"));
        NAMES.put("nologin", database.createRole("nologin"));
        NAMES.put("db", database.name());
        NAMES.put("closed", closed.name());
        database.superuser()
                .sql("ALTER ROLE %s NOLOGIN".formatted(identifier(name("nologin"))))
                .update();
        database.superuser()
                .sql("REVOKE CONNECT ON DATABASE %s FROM PUBLIC".formatted(identifier(closed.name())))
                .update();
        database.owner()
                .sql("GRANT EXECUTE ON FUNCTION cron.alter_job, cron.schedule_in_database TO %s"
                        .formatted(identifier(name("trusted"))))
                .update();
        for (String role : List.of("superuser", "owner", "trusted", "user", "other")) {
            NAMES.put(
                    role + "'s",
                    database.as(name(role))
                            .sql("SELECT cron.schedule(?, '0 3 * * *', 'SELECT 1')")
                            .param("job of " + role)
                            .query(String.class)
                            .single());
        }
    }

    @AfterAll
    static void close() {
        if (closed != null) {
            closed.close();
        }
    }

    private static String name(String role) {
        return Objects.requireNonNull(NAMES.get(role));
    }

    /** In the texts, {me} is the caller, {mine} the jobid of a job of its own, {other} another role, {other's} a job of that. */
    private static String filled(String text, String role) {
        String filled = text.replace("{me}", name(role)).replace("{mine}", NAMES.getOrDefault(role + "'s", "0"));
        for (Map.Entry<String, String> name : NAMES.entrySet()) {
            filled = filled.replace("'{" + name.getKey() + "}'", literal(name.getValue()))
                    .replace("{" + name.getKey() + "}", name.getValue());
        }
        return filled;
    }

    static Stream<Arguments> refusals() {
        List<Arguments> rows = new ArrayList<>();
        add(
                rows,
                ALL,
                "SELECT cron.schedule('every day', 'SELECT 1')",
                "22023",
                "invalid schedule: every day",
                null,
                USAGE);
        add(
                rows,
                ALL,
                "SELECT cron.schedule('x', 'every day', 'SELECT 1')",
                "22023",
                "invalid schedule: every day",
                null,
                USAGE);
        add(
                rows,
                ALL,
                "SELECT cron.schedule(NULL, '* * * * *', 'SELECT 1')",
                "22004",
                "job_name can not be NULL",
                null,
                null);
        add(rows, ALL, "SELECT cron.schedule('x', NULL, 'SELECT 1')", "22004", "schedule can not be NULL", null, null);
        add(rows, ALL, "SELECT cron.schedule('x', '* * * * *', NULL)", "22004", "command can not be NULL", null, null);
        add(
                rows,
                ALL,
                "SELECT cron.unschedule(987654321)",
                "P0002",
                "could not find valid entry for job 987654321",
                null,
                null);
        add(
                rows,
                ALL,
                "SELECT cron.unschedule('none''s')",
                "P0002",
                "could not find valid entry for job 'none's'",
                null,
                null);
        add(
                rows,
                ALL,
                "SELECT cron.unschedule('job of other')",
                "P0002",
                "could not find valid entry for job 'job of other'",
                null,
                null);

        String inDatabase = "SELECT cron.schedule_in_database(";
        add(rows, GRANTED, inDatabase + "'x', 'x', 'SELECT 1', '{db}')", "22023", "invalid schedule: x", null, USAGE);
        add(
                rows,
                GRANTED,
                inDatabase + "NULL, '* * * * *', 'SELECT 1', '{db}')",
                "22004",
                "job_name can not be NULL",
                null,
                null);
        add(
                rows,
                GRANTED,
                inDatabase + "'x', NULL, 'SELECT 1', '{db}')",
                "22004",
                "schedule can not be NULL",
                null,
                null);
        add(
                rows,
                GRANTED,
                inDatabase + "'x', '* * * * *', NULL, '{db}')",
                "22004",
                "command can not be NULL",
                null,
                null);
        add(
                rows,
                GRANTED,
                inDatabase + "'x', '* * * * *', '', 'nowhere')",
                "3D000",
                "database \"nowhere\" does not exist",
                null,
                null);
        add(
                rows,
                HIGH,
                inDatabase + "'x', '* * * * *', '', '{db}', 'nobody')",
                "42704",
                "role \"nobody\" does not exist",
                null,
                null);
        add(
                rows,
                TRUSTED,
                inDatabase + "'x', '* * * * *', '', '{db}', 'nobody')",
                "42501",
                "must be superuser to create a job for another role",
                null,
                "Become a member of role nobody.");
        add(
                rows,
                HIGH,
                inDatabase + "'x', '* * * * *', '', '{db}', '{nologin}')",
                "28000",
                "role \"{nologin}\" can not log in",
                LOGIN,
                null);
        // The schedule is looked at first, then the role, then the database.
        add(
                rows,
                GRANTED,
                inDatabase + "'x', 'x', '', 'nowhere', 'nobody')",
                "22023",
                "invalid schedule: x",
                null,
                USAGE);
        add(
                rows,
                HIGH,
                inDatabase + "'x', '* * * * *', '', 'nowhere', 'nobody')",
                "42704",
                "role \"nobody\" does not exist",
                null,
                null);
        add(
                rows,
                TRUSTED,
                inDatabase + "'x', '* * * * *', '', 'nowhere', 'nobody')",
                "42501",
                "must be superuser to create a job for another role",
                null,
                "Become a member of role nobody.");
        add(
                rows,
                HIGH,
                inDatabase + "'x', '* * * * *', '', '{closed}', '{user}')",
                "42501",
                "User {user} does not have CONNECT privilege on {closed}",
                null,
                null);
        add(
                rows,
                List.of("trusted"),
                inDatabase + "'x', '* * * * *', '', '{closed}')",
                "42501",
                "User {me} does not have CONNECT privilege on {closed}",
                null,
                null);
        add(
                rows,
                List.of("trusted"),
                inDatabase + "'x', '* * * * *', '', '{db}', '{other}')",
                "42501",
                "must be superuser to create a job for another role",
                null,
                "Become a member of role {other}.");
        add(
                rows,
                List.of("user"),
                inDatabase + "'x', '* * * * *', '', '{db}')",
                "42501",
                "permission denied for function schedule_in_database",
                null,
                null);

        add(
                rows,
                GRANTED,
                "SELECT cron.alter_job(NULL, active => true)",
                "22004",
                "job_id can not be NULL",
                null,
                null);
        add(rows, GRANTED, "SELECT cron.alter_job({mine})", "22023", "no updates specified", null, NOTHING);
        add(rows, GRANTED, "SELECT cron.alter_job({mine}, 'x')", "22023", "invalid schedule: x", null, USAGE);
        add(
                rows,
                GRANTED,
                "SELECT cron.alter_job({mine}, database => 'nowhere')",
                "3D000",
                "database \"nowhere\" does not exist",
                null,
                null);
        add(
                rows,
                HIGH,
                "SELECT cron.alter_job({mine}, username => 'nobody')",
                "42704",
                "role \"nobody\" does not exist",
                null,
                null);
        add(
                rows,
                TRUSTED,
                "SELECT cron.alter_job({mine}, username => 'nobody')",
                "42501",
                "must be superuser to alter username",
                null,
                "Become a member of role nobody.");
        add(
                rows,
                HIGH,
                "SELECT cron.alter_job({mine}, username => '{nologin}')",
                "28000",
                "role \"{nologin}\" can not log in",
                LOGIN,
                null);
        add(
                rows,
                GRANTED,
                "SELECT cron.alter_job(987654321, active => true)",
                "P0002",
                "Job 987654321 does not exist or you don't own it",
                null,
                null);
        add(
                rows,
                HIGH,
                "SELECT cron.alter_job({user's}, database => '{closed}')",
                "42501",
                "User {user} does not have CONNECT privilege on {closed}",
                null,
                null);
        add(
                rows,
                List.of("trusted"),
                "SELECT cron.alter_job({mine}, database => '{closed}')",
                "42501",
                "User {me} does not have CONNECT privilege on {closed}",
                null,
                null);
        add(
                rows,
                List.of("trusted"),
                "SELECT cron.alter_job({other's}, active => true)",
                "P0002",
                "Job {other's} does not exist or you don't own it",
                null,
                null);
        add(
                rows,
                List.of("trusted"),
                "SELECT cron.alter_job({mine}, username => '{other}')",
                "42501",
                "must be superuser to alter username",
                null,
                "Become a member of role {other}.");
        add(
                rows,
                List.of("user"),
                "SELECT cron.alter_job({mine}, active => true)",
                "42501",
                "permission denied for function alter_job",
                null,
                null);

        add(rows, LOW, "SELECT cron.unschedule({other's})", "42501", "permission denied for table job", null, null);
        for (String sql : List.of(
                "INSERT INTO cron.job (schedule, command) VALUES ('* * * * *', '') RETURNING 1",
                "UPDATE cron.job SET active = false RETURNING 1",
                "DELETE FROM cron.job RETURNING 1",
                "TRUNCATE cron.job")) {
            add(rows, LOW, sql, "42501", "permission denied for table job", null, null);
        }
        for (String call : List.of(
                "schedule('* * * * *', '')",
                "schedule('x', '* * * * *', '')",
                "schedule('x', '* * * * *', '', 'UTC')",
                "schedule_in_database('x', '* * * * *', '', '{db}')",
                "unschedule({other's})",
                "unschedule('job of other')",
                "alter_job({other's}, active => true)",
                "job_cache_invalidate()")) {
            add(
                    rows,
                    List.of("stranger"),
                    "SELECT cron." + call,
                    "42501",
                    "permission denied for schema cron",
                    null,
                    null);
        }
        add(rows, List.of("stranger"), "TABLE cron.job", "42501", "permission denied for schema cron", null, null);
        return rows.stream();
    }

    private static void add(
            List<Arguments> rows,
            List<String> roles,
            String sql,
            String sqlState,
            String message,
            @Nullable String detail,
            @Nullable String hint) {
        roles.forEach(role -> rows.add(Arguments.of(role, sql, sqlState, message, detail, hint)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("refusals")
    void isRefusedInTheWordsOfPgCron(
            String role, String sql, String sqlState, String message, @Nullable String detail, @Nullable String hint) {
        SqlFailure refusal = SqlFailure.of(
                () -> database.as(name(role)).sql(filled(sql, role)).query().listOfRows());

        assertThat(refusal)
                .isEqualTo(new SqlFailure(
                        sqlState,
                        filled(message, role),
                        detail,
                        hint == null ? null : filled(hint.replace("{other}", identifier(name("other"))), role)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"superuser", "owner", "trusted", "user"})
    void theTriggerFunctionIsNotForCalling(String role) throws SQLException {
        try (Connection session = database.connect(name(role));
                Statement statement = session.createStatement()) {
            assertThat(SqlFailure.of(() -> statement.execute("SELECT cron.job_cache_invalidate()")))
                    .isEqualTo(new SqlFailure("0A000", "trigger functions can only be called as triggers", null, null));
        }
    }

    @Test
    void jobsOfSuperusersAreRefusedWhereTheyAreSwitchedOff() {
        database.owner()
                .sql("UPDATE cron.settings SET enable_superuser_jobs = false")
                .update();
        try {
            for (String sql : List.of(
                    "SELECT cron.schedule('* * * * *', '')",
                    "SELECT cron.schedule('x', '* * * * *', '')",
                    "SELECT cron.schedule_in_database('x', '* * * * *', '', '{db}')",
                    "SELECT cron.alter_job({other's}, username => '{superuser}')")) {
                assertThat(SqlFailure.of(() -> database.superuser()
                                .sql(filled(sql, "superuser"))
                                .query()
                                .listOfRows()))
                        .isEqualTo(new SqlFailure(
                                "42501",
                                "cannot schedule jobs as superuser",
                                "Scheduling jobs as superuser is disallowed when cron.enable_superuser_jobs is set to off.",
                                null));
            }
        } finally {
            database.owner()
                    .sql("UPDATE cron.settings SET enable_superuser_jobs = true")
                    .update();
        }
    }

    @Test
    void aRefusalLeavesNothingBehind() {
        List<String> before = jobs();

        for (String role : ALL) {
            for (String sql :
                    List.of("SELECT cron.schedule('x', 'SELECT 1')", "SELECT cron.unschedule({other's} + 1000)")) {
                SqlFailure.of(() ->
                        database.as(name(role)).sql(filled(sql, role)).query().listOfRows());
            }
        }

        assertThat(jobs()).isEqualTo(before);
    }

    private List<String> jobs() {
        return database.owner()
                .sql(
                        "SELECT j::text || t::text FROM cron.job AS j JOIN cron_engine.timer AS t USING (jobid) ORDER BY jobid")
                .query(String.class)
                .list();
    }
}
