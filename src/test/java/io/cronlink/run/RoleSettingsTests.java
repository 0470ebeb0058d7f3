package io.cronlink.run;

import static io.cronlink.database.TestDatabase.identifier;
import static io.cronlink.database.TestDatabase.literal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.cronlink.database.CronlinkDatabase;
import io.cronlink.database.TestDatabase;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an administrator may have set for a role must not keep its jobs from running, or their records from being true. */
@Tag("engine")
@CronlinkDatabase
class RoleSettingsTests {

    private final TestDatabase database;
    private final TestJobs jobs;

    RoleSettingsTests(TestDatabase database) {
        this.database = database;
        this.jobs = new TestJobs(database);
    }

    @BeforeAll
    static void start(TestDatabase database) {
        database.owner().sql("CREATE TABLE app.written (a int)").update();
        database.owner().sql("GRANT USAGE ON SCHEMA app TO PUBLIC").update();
        database.startDaemon();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "default_transaction_isolation = 'serializable'",
                "default_transaction_isolation = 'repeatable read'",
                "default_transaction_read_only = on",
                "default_transaction_deferrable = on",
                "lock_timeout = '50ms'",
                "idle_in_transaction_session_timeout = '50ms'",
                "idle_session_timeout = '50ms'",
                "search_path = ''",
                "search_path = 'pg_temp', 'public', 'pg_catalog'",
                "client_min_messages = 'debug5'",
                "application_name = 'hidden'",
                "row_security = off",
                "enable_seqscan = off",
                "datestyle = 'German'",
                "intervalstyle = 'sql_standard'",
                "bytea_output = 'escape'",
                "standard_conforming_strings = off",
                "backslash_quote = off",
                "plpgsql.variable_conflict = 'use_column'",
                "plpgsql.extra_errors = 'none'",
                "check_function_bodies = off",
                "timezone = 'Asia/Kathmandu'",
                "work_mem = '64kB'",
            })
    void doNotKeepItsJobsFromRunning(String setting) {
        String role = database.createJobUser("set");
        database.superuser()
                .sql("ALTER ROLE " + identifier(role) + " SET " + setting)
                .update();

        assertThat(jobs.run(role, "SELECT 1").returnMessage()).isEqualTo("1 row");
        assertThat(jobs.run(role, "SELECT pg_sleep(0.2)").returnMessage()).isEqualTo("1 row");
        assertThat(jobs.run(role, "SELECT 1 / 0").sqlstate()).isEqualTo("22012");
        assertThat(jobs.run(role, "DO $$BEGIN COMMIT; END$$").returnMessage()).isEqualTo("DO");
        assertThat(jobs.run(role, "SELECT 'again'").result()).isEqualTo("again");
    }

    private void set(String role, String setting) {
        database.superuser()
                .sql("ALTER ROLE " + identifier(role) + " SET " + setting)
                .update();
    }

    /** A role that can log in itself, or one that the owner becomes; both ways of running a command. */
    static Stream<Arguments> ways() {
        return Stream.of(
                arguments(false, false), arguments(false, true), arguments(true, false), arguments(true, true));
    }

    private String role(boolean via) {
        if (!via) {
            return database.createJobUser("set");
        }
        String role = database.createUser("set");
        database.superuser()
                .sql("GRANT %s TO %s".formatted(identifier(role), identifier(database.ownerName())))
                .update();
        database.owner()
                .sql("SELECT cron.add_login(:role, via => :owner)")
                .param("role", role)
                .param("owner", database.ownerName())
                .query()
                .singleRow();
        return role;
    }

    private RecordedRun run(String role, boolean topLevel, String command) {
        long jobid = jobs.create(role, command);
        if (topLevel) {
            jobs.set(jobid, "transactional = false");
        }
        return jobs.ended(jobs.start(jobid));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void holdForItsCommands(boolean via, boolean topLevel) {
        String role = role(via);
        set(role, "work_mem = '77MB'");
        set(role, "lock_timeout = '8765ms'");
        set(role, "statement_timeout = '2min'");
        set(role, "search_path = 'Odd \"path\"', public");
        set(role, "default_transaction_isolation = 'serializable'");
        set(role, "default_transaction_read_only = on");
        set(role, "idle_in_transaction_session_timeout = '3min'");

        RecordedRun run = run(role, topLevel, """
                SELECT concat_ws(' ', current_user, current_setting('work_mem'), current_setting('lock_timeout'), current_setting('statement_timeout'),
                    current_setting('search_path'), current_setting('transaction_isolation'), current_setting('transaction_read_only'),
                    current_setting('idle_in_transaction_session_timeout'))
                """);

        assertThat(run.status()).as(run.returnMessage()).isEqualTo("succeeded");
        assertThat(run.result())
                .isEqualTo(role + " 77MB 8765ms 2min \"Odd \"\"path\"\"\", public serializable on 3min");
    }

    @ParameterizedTest
    @MethodSource("ways")
    void letItsCommandsWriteOnlyWhatTheyMay(boolean via, boolean topLevel) {
        String role = role(via);
        set(role, "default_transaction_read_only = on");
        database.owner()
                .sql("GRANT INSERT ON app.written TO " + identifier(role))
                .update();

        RecordedRun refused = run(role, topLevel, "INSERT INTO app.written VALUES (1)");
        RecordedRun written = run(role, topLevel, "SET TRANSACTION READ WRITE; INSERT INTO app.written VALUES (1)");

        assertThat(refused.sqlstate()).isEqualTo("25006");
        assertThat(refused.returnMessage()).isEqualTo("ERROR:  cannot execute INSERT in a read-only transaction");
        assertThat(written.status()).as(written.returnMessage()).isEqualTo("succeeded");
    }

    @ParameterizedTest
    @MethodSource("ways")
    void endItsStatementsInTime(boolean via, boolean topLevel) {
        String role = role(via);
        set(role, "statement_timeout = '700ms'");

        RecordedRun run = run(role, topLevel, "SELECT pg_sleep(30)");
        RecordedRun several = run(role, topLevel, "SELECT pg_sleep(0.4); SELECT pg_sleep(0.4)");
        RecordedRun caught = run(
                role,
                topLevel,
                "DO $$BEGIN PERFORM pg_sleep(30); EXCEPTION WHEN query_canceled THEN PERFORM pg_sleep(0.1); END$$");

        assertThat(run.sqlstate()).isEqualTo("57014");
        assertThat(run.returnMessage()).isEqualTo("ERROR:  canceling statement due to statement timeout");
        assertThat(several.status()).as(several.returnMessage()).isEqualTo("succeeded");
        assertThat(caught.status()).as(caught.returnMessage()).isEqualTo("succeeded");
    }

    /** What catches it goes on: no second cancel follows the first, as before PostgreSQL 18 the server would let it by way of a connection. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void endAStatementOnce(boolean via) {
        String role = role(via);
        set(role, "statement_timeout = '500ms'");

        List<Long> runs = IntStream.range(0, 24)
                .mapToObj(
                        i -> jobs.start(
                                jobs.create(
                                        role,
                                        "DO $$BEGIN PERFORM pg_sleep(30); EXCEPTION WHEN query_canceled THEN PERFORM pg_sleep(0.1); END$$")))
                .toList();

        assertThat(runs).map(jobs::ended).allSatisfy(run -> assertThat(run.returnMessage())
                .isEqualTo("DO"));
    }

    /** The cancel goes through a session of its own, if there may be one. */
    @Test
    void endItsStatementsInTimeThoughItMayHaveNoMoreSessions() {
        String role = database.createJobUser("lonely");
        set(role, "statement_timeout = '300ms'");
        database.superuser()
                .sql("ALTER ROLE " + identifier(role) + " CONNECTION LIMIT 1")
                .update();

        RecordedRun run = run(role, false, "SELECT pg_sleep(20)");

        assertThat(run.returnMessage()).isEqualTo("ERROR:  canceling statement due to statement timeout");
    }

    /** As where the daemon was lost, or no session was to be had, just then. */
    @Test
    void endItsStatementsEvenIfTheCancelCouldNotBeSentAtOnce() {
        String role = database.createJobUser("late");
        set(role, "statement_timeout = '1h'");
        long runid = jobs.start(jobs.create(role, "SELECT pg_sleep(20)"));
        jobs.running(runid);

        database.owner()
                .sql("UPDATE cron_engine.queue SET timed_out_at = clock_timestamp() WHERE runid = ?")
                .param(runid)
                .update();

        assertThat(jobs.ended(runid).returnMessage()).isEqualTo("ERROR:  canceling statement due to statement timeout");
    }

    @ParameterizedTest
    @MethodSource("ways")
    void makeItAnotherRole(boolean via, boolean topLevel) {
        String role = role(via);
        String other = database.createRole("other");
        database.superuser()
                .sql("GRANT %s TO %s".formatted(identifier(other), identifier(role)))
                .update();
        set(role, "role = " + literal(other));

        assertThat(run(role, topLevel, "SELECT current_user").result()).isEqualTo(other);
    }

    @Test
    void endItsTransactionsInTime() {
        assumeThat(jobs.value("SELECT current_setting('server_version_num')::int >= 170000"))
                .isEqualTo("true");
        String role = role(false);
        set(role, "transaction_timeout = '500ms'");

        RecordedRun run = run(role, false, "SELECT pg_sleep(30)");

        assertThat(run.sqlstate()).isEqualTo("25P04");
        assertThat(run.returnMessage()).isEqualTo("ERROR:  terminating connection due to transaction timeout");
        assertThat(jobs.run(role, "SELECT 1").status()).isEqualTo("succeeded");
    }

    @Test
    void ofTheWholeDatabaseKeepJobsFromWritingButNotTheScheduler() {
        database.owner().sql("CREATE TABLE app.full_disk (a int)").update();
        long jobid = jobs.create("INSERT INTO app.full_disk VALUES (1)");
        setDatabase("SET default_transaction_read_only = on");
        try {
            // In a session of before, as one of now could not ask for a run.
            long runid = jobs.start(jobid);
            assertThat(jobs.ended(runid).sqlstate()).isIn(null, "25006");
            await().untilAsserted(() ->
                    assertThat(jobs.ended(jobs.start(jobid)).sqlstate()).isEqualTo("25006"));
            database.stopDaemons();
            database.startDaemon();
            assertThat(jobs.ended(jobs.start(jobid)).sqlstate()).isEqualTo("25006");
            assertThat(jobs.value("SELECT cron_engine.is_read_only()")).isEqualTo("true");
        } finally {
            setDatabase("RESET default_transaction_read_only");
        }
        await().untilAsserted(
                        () -> assertThat(jobs.ended(jobs.start(jobid)).status()).isEqualTo("succeeded"));
        assertThat(jobs.value("SELECT cron_engine.is_read_only()")).isEqualTo("false");
    }

    private void setDatabase(String setting) {
        database.superuser()
                .sql("ALTER DATABASE " + identifier(database.name()) + " " + setting)
                .update();
    }

    @Test
    void thatKeepItFromTheEngineAreToldInTheRecord() {
        String role = database.createJobUser("shutout");
        database.owner()
                .sql(
                        "REVOKE EXECUTE ON FUNCTION cron_engine.claim_run(boolean, cron_engine.claim, integer, text, float8) FROM PUBLIC")
                .update();
        try {
            RecordedRun run = jobs.run(role, "SELECT 1");

            assertThat(run.status()).isEqualTo("failed");
            assertThat(run.returnMessage()).isEqualTo("the worker failed: permission denied for function claim_run");
            assertThat(run.sqlstate()).isEqualTo("42501");
        } finally {
            database.owner()
                    .sql(
                            "GRANT EXECUTE ON FUNCTION cron_engine.claim_run(boolean, cron_engine.claim, integer, text, float8) TO PUBLIC")
                    .update();
        }
    }
}
