package io.cronlink.run;

import static io.cronlink.database.TestDatabase.identifier;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cronlink.database.CronlinkDatabase;
import io.cronlink.database.TestDatabase;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is recorded of a command: the texts of pg_cron 1.6, which are libpq's. */
@Tag("engine")
@CronlinkDatabase
class CommandTests {

    private final TestDatabase database;
    private final TestJobs jobs;

    CommandTests(TestDatabase database) {
        this.database = database;
        this.jobs = new TestJobs(database);
    }

    @BeforeAll
    static void prepare(TestDatabase database) {
        for (String statement : new String[] {
            "CREATE TABLE app.t (a integer)",
            "CREATE TABLE app.child (a integer PRIMARY KEY, parent integer REFERENCES app.child DEFERRABLE INITIALLY DEFERRED)",
            "CREATE PROCEDURE app.p() LANGUAGE plpgsql AS 'BEGIN INSERT INTO app.t VALUES (100); END'",
            "CREATE PROCEDURE app.p_notice() LANGUAGE plpgsql AS 'BEGIN RAISE NOTICE ''noise''; END'",
            "CREATE PROCEDURE app.p_commit() LANGUAGE plpgsql AS 'BEGIN INSERT INTO app.t VALUES (200); COMMIT; END'",
            "CREATE SEQUENCE app.outside",
            "CREATE PROCEDURE app.p_outside() LANGUAGE plpgsql AS 'BEGIN PERFORM nextval(''app.outside''); COMMIT; END'",
            "CREATE PROCEDURE app.p_nested() LANGUAGE plpgsql AS 'BEGIN PERFORM nextval(''app.outside''); CALL app.p_commit(); END'",
            "CREATE MATERIALIZED VIEW app.mv AS SELECT 1 AS a",
        }) {
            database.owner().sql(statement).update();
        }
        database.startDaemon();
    }

    static Stream<Arguments> succeeding() {
        return Stream.of(
                row("SELECT 1", "1 row", "1"),
                row("SELECT 1;", "1 row", "1"),
                row("SELECT 'a', 'b'", "1 row", "a"),
                row("SELECT NULL", "1 row", null),
                row("SELECT generate_series(1, 3)", "3 rows", "1"),
                row("SELECT 1 WHERE false", "0 rows", null),
                row("SELECT * FROM generate_series(1, 5000000)", "5000000 rows", "1"),
                row("(SELECT 1) UNION ALL (SELECT 2) ORDER BY 1", "2 rows", "1"),
                row("VALUES (1), (2)", "2 rows", "1"),
                row("TABLE app.child", "0 rows", null),
                row("WITH w AS (SELECT 5) SELECT * FROM w", "1 row", "5"),
                row("WITH w AS (SELECT 5 AS a) INSERT INTO app.t SELECT a FROM w", "INSERT 0 1", null),
                row("INSERT INTO app.t VALUES (1), (2)", "INSERT 0 2", null),
                row("INSERT INTO app.t VALUES (3) RETURNING a", "1 row", "3"),
                row("UPDATE app.t SET a = a WHERE false", "UPDATE 0", null),
                row("DELETE FROM app.t WHERE false", "DELETE 0", null),
                row("CALL app.p()", "CALL", null),
                row("CALL app.p_notice()", "CALL", null),
                row("DO $$BEGIN END$$", "DO", null),
                row("CREATE TEMP TABLE x (a integer)", "CREATE TABLE", null),
                row("CREATE TABLE app.made AS SELECT 1 AS a", "SELECT 1", null),
                row("ANALYZE app.t", "ANALYZE", null),
                row("SET timezone = 'GMT'", "SET", null),
                row("SHOW server_encoding", "1 row", "UTF8"),
                row("EXPLAIN (COSTS off) SELECT 1", "1 row", "Result"),
                row("", "0 rows", null),
                row("-- nothing but a comment", "0 rows", null),
                row("/* nothing */ ;", "0 rows", null),
                row("SELECT 1; SELECT 2 UNION ALL SELECT 3", "2 rows", null),
                row("SELECT 1; INSERT INTO app.t VALUES (4)", "INSERT 0 1", null),
                row("SELECT 1; CREATE TEMP TABLE y (a integer); SELECT a FROM y", "0 rows", null),
                // At top level, where these have to be.
                row("VACUUM app.t", "VACUUM", null),
                row("/* a */ VACUUM app.t /* b */", "VACUUM", null),
                row("REFRESH MATERIALIZED VIEW app.mv", "REFRESH MATERIALIZED VIEW", null),
                row("REFRESH MATERIALIZED VIEW app.mv; -- the last one", "REFRESH MATERIALIZED VIEW", null),
                row("SELECT 'COMMIT'", "1 row", "COMMIT"),
                row("CREATE INDEX CONCURRENTLY t_idx ON app.t (a)", "CREATE INDEX", null),
                row("CALL app.p_commit()", "CALL", null),
                row("BEGIN; INSERT INTO app.t VALUES (5); COMMIT", "COMMIT", null),
                row("SET statement_timeout = '10s'; SELECT 8", "1 row", "8"));
    }

    static Stream<Arguments> failing() {
        return Stream.of(
                row("SELECT 1 / 0", "22012", "ERROR:  division by zero"),
                row("SELECT * FROM app.nowhere", "42P01", "ERROR:  relation \"app.nowhere\" does not exist"),
                row("SELEKT 1", "42601", "ERROR:  syntax error at or near \"SELEKT\""),
                row("DO $$BEGIN RAISE EXCEPTION 'boom' USING DETAIL = 'why', HINT = 'do'; END$$", "P0001", """
                        ERROR:  boom
                        DETAIL:  why
                        HINT:  do
                        CONTEXT:  PL/pgSQL function inline_code_block line 1 at RAISE"""),
                row("DO $$BEGIN ASSERT false, 'not so'; END$$", "P0004", """
                        ERROR:  not so
                        CONTEXT:  PL/pgSQL function inline_code_block line 1 at ASSERT"""),
                row("INSERT INTO app.child VALUES (1, 99)", "23503", """
                        ERROR:  insert or update on table "child" violates foreign key constraint "child_parent_fkey"
                        DETAIL:  Key (parent)=(99) is not present in table "child"."""),
                row("COPY app.t TO STDOUT", "0A000", "COPY not supported"),
                row("COPY app.t FROM STDIN", "0A000", "COPY not supported"),
                row("SELECT 1; COPY app.t TO STDOUT", "0A000", "COPY not supported"),
                row("CALL app.p_commit(); SELECT 1", "2D000", """
                        ERROR:  invalid transaction termination
                        CONTEXT:  PL/pgSQL function app.p_commit() line 1 at COMMIT"""),
                row("VACUUM app.t; ANALYZE app.t", "25001", "ERROR:  VACUUM cannot run inside a transaction block"),
                row(
                        "SET statement_timeout = 100; SELECT pg_sleep(10)",
                        "57014",
                        "ERROR:  canceling statement due to statement timeout"),
                row(
                        "SELECT pg_cancel_backend(pg_backend_pid())",
                        "57014",
                        "ERROR:  canceling statement due to user request"));
    }

    private static Arguments row(@Nullable Object... values) {
        return Arguments.of(values);
    }

    @ParameterizedTest
    @MethodSource
    void succeeding(String command, String message, @Nullable String result) {
        RecordedRun run = jobs.run(command);

        assertThat(run.returnMessage()).isEqualTo(message);
        assertThat(run.status()).isEqualTo("succeeded");
        assertThat(run.result()).isEqualTo(result);
        assertThat(run.sqlstate()).isNull();
        assertThat(run.jobPid()).isPositive();
        assertThat(run.startTime()).isNotNull();
        assertThat(run.endTime()).isAfterOrEqualTo(run.startTime());
    }

    @ParameterizedTest
    @MethodSource
    void failing(String command, String sqlstate, String message) {
        RecordedRun run = jobs.run(command);

        assertThat(run.returnMessage()).isEqualTo(message);
        assertThat(run.status()).isEqualTo("failed");
        assertThat(run.sqlstate()).isEqualTo(sqlstate);
        assertThat(run.result()).isNull();
        assertThat(run.jobPid()).isPositive();
        assertThat(run.endTime()).isAfterOrEqualTo(run.startTime());
        assertThat(jobs.run("SELECT 'the next'").result()).isEqualTo("the next");
    }

    @Test
    void leavesNothingOfAFailedOneBehind() {
        jobs.run("CREATE TABLE app.kept (a integer)");

        RecordedRun run = jobs.run("INSERT INTO app.kept VALUES (1); SELECT 1 / (SELECT count(*) - 1 FROM app.kept)");

        assertThat(run.sqlstate()).isEqualTo("22012");
        assertThat(jobs.value("SELECT count(*) FROM app.kept")).isEqualTo("0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CALL app.p_outside()",
                "/* it's /* nested */ */ call /* ( */ \"app\".p_outside ( );",
                "CALL app.p_nested()",
                "DO $$BEGIN PERFORM nextval('app.outside'); COMMIT; END$$",
                "DO LANGUAGE plpgsql 'BEGIN PERFORM nextval(''app.outside''); ROLLBACK; END'",
                "SELECT nextval('app.outside') AS a INTO TEMP fresh",
                "SELECT nextval('app.outside'); COMMIT",
                "SELECT nextval('app.outside'); CALL app.p_commit()",
            })
    void isNotTriedInATransactionFirstIfItsTextTells(String command) {
        jobs.run("SELECT setval('app.outside', 1)");

        jobs.run(command);

        // What a sequence has given is not taken back.
        assertThat(jobs.value("SELECT last_value FROM app.outside")).isEqualTo("2");
    }

    @ParameterizedTest
    @MethodSource
    void atTopLevel(String command, String message, @Nullable String result) {
        long jobid = jobs.create(command);
        jobs.set(jobid, "transactional = false");

        RecordedRun run = jobs.ended(jobs.start(jobid));

        assertThat(run.returnMessage()).isEqualTo(message);
        assertThat(run.status()).isEqualTo("succeeded");
        assertThat(run.result()).isEqualTo(result);
    }

    static Stream<Arguments> atTopLevel() {
        return Stream.of(
                row("SELECT NULL", "1 row", null),
                row("SELECT 'COMMIT'", "1 row", "COMMIT"),
                row("SELECT 'MOVE 7'", "1 row", "MOVE 7"),
                row("SELECT 1, 2 WHERE false", "0 rows", null),
                row("SELECT * FROM generate_series(1, 1000000)", "1000000 rows", "1"),
                row("SELECT count(*) FROM generate_series(1, 10)", "1 row", "10"),
                row("SELECT 1; SELECT 2, 3 UNION ALL SELECT 4, 5", "2 rows", "2"),
                row("INSERT INTO app.t VALUES (3), (4) RETURNING *, 'x'", "2 rows", "3"),
                row("WITH w AS (INSERT INTO app.t VALUES (3) RETURNING a) SELECT a FROM w", "1 row", "3"),
                row("SELECT '\\' AS \"--\" -- '", "1 row", "\\"),
                row("", "0 rows", null),
                row("/* nothing */ ;", "0 rows", null));
    }

    @Test
    void runsInParallelWhatAsksForOneRow() {
        String role = database.createJobUser("parallel");
        for (String setting : List.of(
                "parallel_setup_cost = 0",
                "parallel_tuple_cost = 0",
                "min_parallel_table_scan_size = 0",
                "parallel_leader_participation = off")) {
            database.superuser()
                    .sql("ALTER ROLE " + identifier(role) + " SET " + setting)
                    .update();
        }
        for (String statement : List.of(
                "CREATE FUNCTION app.pid() RETURNS integer LANGUAGE plpgsql PARALLEL SAFE AS 'BEGIN RETURN pg_backend_pid(); END'",
                "CREATE TABLE app.large AS SELECT generate_series(1, 1000) AS a",
                "GRANT USAGE ON SCHEMA app TO PUBLIC",
                "GRANT SELECT ON app.large TO PUBLIC")) {
            database.owner().sql(statement).update();
        }

        // Now and then others have all the workers there are.
        await().until(() -> {
            RecordedRun run = jobs.run(role, "SELECT max(app.pid()) FROM app.large WHERE a > 0");
            return !String.valueOf(run.jobPid()).equals(run.result());
        });
    }

    @Test
    void learnsWhichNeedTheTopLevel() {
        long jobid = jobs.create("VACUUM app.child");
        assertThat(jobs.ended(jobs.start(jobid)).status()).isEqualTo("succeeded");

        RecordedRun again = jobs.ended(jobs.start(jobid));

        assertThat(again.status()).isEqualTo("succeeded");
        assertThat(jobs.value(
                        "SELECT s.top_level_command = md5('VACUUM app.child') FROM cron_engine.job_state AS s WHERE jobid = "
                                + jobid))
                .isEqualTo("true");
    }

    @Test
    void learnsAnewWhenTheCommandChanges() {
        long jobid = jobs.create("VACUUM app.child");
        jobs.ended(jobs.start(jobid));
        database.owner()
                .sql("UPDATE cron.job SET command = 'INSERT INTO app.t VALUES (pg_backend_pid())' WHERE jobid = ?")
                .param(jobid)
                .update();

        RecordedRun run = jobs.ended(jobs.start(jobid));

        // In the worker's own session, not in one that was opened for the top level.
        assertThat(jobs.value("SELECT count(*) FROM app.t WHERE a = " + run.jobPid()))
                .isEqualTo("1");
    }

    @Test
    void runsATransactionalJobNeverAtTopLevel() {
        long jobid = jobs.create("VACUUM app.t");
        jobs.set(jobid, "transactional = true");

        RecordedRun run = jobs.ended(jobs.start(jobid));

        assertThat(run.status()).isEqualTo("failed");
        assertThat(run.sqlstate()).isEqualTo("25001");
    }

    @Test
    void triesThreeTimesWhenItsSessionIsKilled() {
        RecordedRun run = jobs.run("SELECT pg_terminate_backend(pg_backend_pid()), pg_sleep(10)");

        assertThat(run.status()).isEqualTo("failed");
        assertThat(run.returnMessage())
                .isEqualTo(
                        "server closed the connection unexpectedly\nDETAIL:  The session was lost in each of 3 tries.");
        assertThat(run.sqlstate()).isEqualTo("57P01");
        assertThat(jobs.runsOf(run.jobid())).hasSize(1);
    }

    @Test
    void cutsALongResult() {
        RecordedRun run = jobs.run("SELECT repeat('x', 20000)");

        assertThat(run.result()).hasSize(10_000);
        assertThat(run.status()).isEqualTo("succeeded");
    }

    @Test
    void cutsALongMessage() {
        RecordedRun run = jobs.run("DO $$BEGIN RAISE EXCEPTION '%', repeat('x', 1000000); END$$");

        assertThat(run.returnMessage()).hasSizeBetween(1_000, 100_000);
        assertThat(run.status()).isEqualTo("failed");
    }

    @Test
    void seesItself() {
        RecordedRun run = jobs.run("""
                SELECT concat_ws(' ', current_setting('cronlink.jobid'), current_setting('cronlink.runid'),
                                 current_setting('cronlink.attempt'), session_user, current_user,
                                 current_setting('application_name'))
                """);

        String name = jobs.value("SELECT jobname FROM cron.job WHERE jobid = " + run.jobid());
        assertThat(run.result())
                .isEqualTo(
                        "%d %d 1 %s %s cronlink: %s",
                        run.jobid(), run.runid(), database.ownerName(), database.ownerName(), name);
    }
}
