package io.cronlink.run;

import static io.cronlink.database.TestDatabase.identifier;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cronlink.database.CronlinkDatabase;
import io.cronlink.database.SqlFailure;
import io.cronlink.database.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the record says after a fault is what happened. Without a daemon: the test takes its steps. */
@Tag("engine")
@CronlinkDatabase
class RecoveryTests {

    private final TestDatabase database;
    private final TestJobs jobs;
    private final TestClock clock;

    RecoveryTests(TestDatabase database) {
        this.database = database;
        this.jobs = new TestJobs(database);
        this.clock = new TestClock(database);
    }

    @BeforeAll
    static void prepare(TestDatabase database) {
        for (String statement : new String[] {
            "CREATE TABLE app.effects (runid bigint)",
            "CREATE TABLE app.child (a integer PRIMARY KEY, parent integer)",
            """
            CREATE FUNCTION app.refuse() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF NEW.parent > 0 THEN
                    SET CONSTRAINTS ALL DEFERRED;
                    INSERT INTO app.child VALUES (NEW.a + 1, NEW.parent - 1);
                ELSE
                    RAISE EXCEPTION 'no parent left' USING ERRCODE = '23503';
                END IF;
                RETURN NULL;
            END$$
            """,
            """
            CREATE CONSTRAINT TRIGGER refuse AFTER INSERT ON app.child DEFERRABLE INITIALLY DEFERRED
                FOR EACH ROW EXECUTE FUNCTION app.refuse()
            """,
        }) {
            database.owner().sql(statement).update();
        }
    }

    @AfterEach
    void stop() {
        clock.close();
    }

    private static String effect(String command) {
        return "INSERT INTO app.effects VALUES (current_setting('cronlink.runid')::bigint); " + command;
    }

    private String effects(long runid) {
        return jobs.value("SELECT count(*) FROM app.effects WHERE runid = " + runid);
    }

    private void awaitWaiting() {
        await().until(() -> jobs.value("SELECT count(*) > 0 FROM pg_locks WHERE NOT granted AND locktype = 'advisory'")
                .equals("true"));
    }

    @Test
    void runsALostRunAgainWithItsEffectsOnce() {
        try (TestLock lock = new TestLock(database)) {
            long runid = jobs.start(jobs.create(effect(lock.command())));
            clock.tick(jobs.now());
            TestClock.Worker worker = clock.startWork();
            awaitWaiting();

            jobs.terminate(worker.pid());
            assertThatThrownBy(worker::join).isNotNull();
            jobs.running(runid);
            clock.recoverLostRuns(jobs.now());
            assertThat(jobs.find(runid).status()).isEqualTo("queued");
            assertThat(jobs.find(runid).startTime()).isNull();
            lock.open();
            clock.work();

            assertThat(jobs.find(runid).status()).isEqualTo("succeeded");
            assertThat(effects(runid)).isEqualTo("1");
        }
    }

    @Test
    void leavesARunAloneWhoseSessionLives() {
        try (TestLock lock = new TestLock(database)) {
            // Neither its name nor its advisory locks are left, nor both.
            for (String disguise : new String[] {
                "SET application_name = 'mine'; ",
                "SELECT pg_advisory_unlock_all(); ",
                "SELECT pg_advisory_unlock_all(); SET application_name = 'mine'; ",
            }) {
                long runid = jobs.start(jobs.create(disguise + lock.command()));
                clock.tick(jobs.now());
                clock.startWork();
                jobs.running(runid);

                clock.recoverLostRuns(jobs.now());

                jobs.running(runid);
            }
            lock.open();
        }
    }

    @Test
    void leavesARunAloneWhoseLockSomebodyElseHolds() throws Exception {
        String role = database.createJobUser("robbed");
        try (TestLock lock = new TestLock(database);
                Connection worker = database.connect(role);
                Statement work = worker.createStatement();
                Connection thief = database.connect(database.createUser("thief"));
                Statement steal = thief.createStatement()) {
            int pid = worker.unwrap(org.postgresql.PGConnection.class).getBackendPID();
            steal.execute("SELECT pg_advisory_lock(1129467470, " + pid + ")");
            long runid = jobs.start(jobs.create(role, "SET application_name = 'mine'; " + lock.command()));
            clock.tick(jobs.now());
            CompletableFuture<Void> end = CompletableFuture.runAsync(() -> {
                try {
                    work.execute("CALL cron_engine.work('10 s')");
                } catch (SQLException failure) {
                    throw new IllegalStateException(failure);
                }
            });
            awaitWaiting();

            clock.recoverLostRuns(jobs.now());

            jobs.running(runid);
            lock.open();
            end.join();
            assertThat(jobs.find(runid).status()).isEqualTo("succeeded");
        }
    }

    @Test
    void givesUpAfterThreeSessions() {
        long runid = jobs.start(jobs.create(effect("SELECT pg_terminate_backend(pg_backend_pid()), pg_sleep(10)")));
        clock.tick(jobs.now());

        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(clock::work).isNotNull();
            clock.recoverLostRuns(jobs.now());
        }

        RecordedRun run = jobs.find(runid);
        assertThat(run.status()).isEqualTo("failed");
        assertThat(run.returnMessage())
                .isEqualTo(
                        "server closed the connection unexpectedly\nDETAIL:  The session was lost in each of 3 tries.");
        assertThat(run.sqlstate()).isEqualTo("57P01");
        assertThat(effects(runid)).isEqualTo("0");
        assertThat(jobs.value("SELECT count(*) FROM cron_engine.queue")).isEqualTo("0");
    }

    /** As when the second of two cancels, which servers before 18 send, strikes where nothing can catch it. */
    @Test
    void saysWhoCancelledARunWhoseSessionWasLost() {
        try (TestLock lock = new TestLock(database)) {
            long runid = jobs.start(jobs.create(lock.command()));
            clock.tick(jobs.now());
            TestClock.Worker worker = clock.startWork();
            awaitWaiting();
            database.owner().sql("SELECT cron.cancel(?)").param(runid).query().singleRow();

            jobs.terminate(worker.pid());
            assertThatThrownBy(worker::join).isNotNull();
            clock.recoverLostRuns(jobs.now());

            RecordedRun run = jobs.find(runid);
            assertThat(run.returnMessage()).isEqualTo("job canceled");
            assertThat(run.note()).endsWith("; canceled by " + database.ownerName());
        }
    }

    @Test
    void saysThatTheOutcomeAtTopLevelIsUnknown() {
        try (TestLock lock = new TestLock(database)) {
            long jobid = jobs.create(
                    "DO $$BEGIN INSERT INTO app.effects VALUES (-1); COMMIT; PERFORM (" + lock.command() + "); END$$");
            jobs.set(jobid, "transactional = false");
            long runid = jobs.start(jobid);
            clock.tick(jobs.now());
            TestClock.Worker worker = clock.startWork();
            awaitWaiting();

            jobs.terminate(worker.pid());
            assertThatThrownBy(worker::join).isNotNull();
            clock.recoverLostRuns(jobs.now());
            clock.tick(jobs.now());

            RecordedRun run = jobs.find(runid);
            assertThat(run.status()).isEqualTo("failed");
            assertThat(run.sqlstate()).isEqualTo("08007");
            assertThat(run.returnMessage()).startsWith("outcome unknown: ");
            assertThat(effects(-1)).isEqualTo("1");
            assertThat(jobs.runsOf(jobid)).hasSize(1);
            // The session in which it ran does not go on for long without its worker.
            await().until(() -> jobs.value("SELECT count(*) FROM pg_locks WHERE NOT granted")
                    .equals("0"));
        }
    }

    @Test
    void triesATopLevelRunAgainWhereTheJobAsksForIt() {
        long jobid = jobs.create("SELECT 1");
        jobs.set(jobid, "transactional = false, max_attempts = 2, retry_delay = '0'");
        long runid = jobs.start(jobid);
        clock.tick(jobs.now());
        database.owner()
                .sql("UPDATE cron_engine.queue SET pid = 1, claims = 1, started_at = now() WHERE runid = ?")
                .param(runid)
                .update();

        clock.recoverLostRuns(jobs.now());
        clock.tick(jobs.now());
        clock.tick(jobs.now().plusSeconds(1));
        clock.work();

        assertThat(jobs.runsOf(jobid)).extracting(RecordedRun::status).containsExactly("failed", "succeeded");
    }

    @Test
    void runsATopLevelRunAgainThatWasLostBeforeItsCommandWasSent() {
        long jobid = jobs.create("SELECT 1");
        jobs.set(jobid, "transactional = false");
        long runid = jobs.start(jobid);
        clock.tick(jobs.now());
        database.owner()
                .sql(
                        "UPDATE cron_engine.queue SET pid = 1, claims = 1, started_at = now(), connect_before = now() WHERE runid = ?")
                .param(runid)
                .update();

        clock.recoverLostRuns(jobs.now());
        clock.work();

        assertThat(jobs.runsOf(jobid)).extracting(RecordedRun::status).containsExactly("succeeded");
    }

    private void execute(String sql, Object... parameters) {
        database.owner().sql(sql).params(parameters).update();
    }

    /** As the daemon does with a run whose time comes within milliseconds. */
    private void reserve(long runid, int pid) {
        execute("DELETE FROM cron_engine.worker");
        execute(
                "INSERT INTO cron_engine.worker (name, login, pid, seat, opened_at, since) VALUES ('none', ?, ?, 1, now(), now())",
                database.ownerName(),
                pid);
        execute("UPDATE cron_engine.queue SET not_before = now() WHERE runid = ?", runid);
        database.owner()
                .sql(
                        "SELECT set_config('lock_timeout', '1s', true), cron_engine.staff_ahead(?, ARRAY[?]::bigint[], clock_timestamp())")
                .param(database.ownerName())
                .param(runid)
                .query()
                .singleRow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"transactional = true", "transactional = false"})
    void runsARunThatWasReservedForAWorkerAgainWhenThatIsLost(String options) {
        long jobid = jobs.create("SELECT 1");
        jobs.set(jobid, options);
        long runid = jobs.start(jobid);
        clock.tick(jobs.now());
        reserve(runid, 1);
        jobs.running(runid);

        clock.recoverLostRuns(jobs.now());
        assertThat(jobs.find(runid).status()).isEqualTo("queued");
        clock.work();

        assertThat(jobs.find(runid).status()).isEqualTo("succeeded");
        execute("DELETE FROM cron_engine.worker");
    }

    /** A launcher has the CALL of a worker some milliseconds before it is to send it; not a minute, unless the clock was set back meanwhile. */
    @ParameterizedTest
    @CsvSource({"5 ms, queued, 0", "-1 ms, running, 1", "1 min, running, 1"})
    void takesARunBackFromALauncherThatIsLostBeforeItsTime(String left, String status, String held) {
        long runid = jobs.start(jobs.create("SELECT 1"));
        clock.tick(jobs.now());
        reserve(runid, 1);
        execute(
                "UPDATE cron_engine.worker SET launcher = 'lost', start_at = NULL, since = timestamptz '2040-01-01 00:00Z' + ?::interval",
                left);
        jobs.running(runid);

        database.owner()
                .sql("SELECT cron_engine.lose_launcher('lost', '2040-01-01 00:00Z')")
                .query()
                .singleRow();

        assertThat(jobs.value("SELECT count(pid) FROM cron_engine.queue WHERE runid = " + runid))
                .isEqualTo(held);
        assertThat(jobs.find(runid).status()).isEqualTo(status);
        assertThat(jobs.value("SELECT count(*) FROM cron_engine.worker")).isEqualTo("0");
        clock.recoverLostRuns(jobs.now());
        clock.work();
        assertThat(jobs.find(runid).status()).isEqualTo("succeeded");
    }

    /** Whose session lives, as if it still had another run. */
    @Test
    void takesARunBackFromAWorkerThatCannotBeSetToWork() {
        long runid = jobs.start(jobs.create("SELECT 1"));
        clock.tick(jobs.now());
        try (TestLock lock = new TestLock(database)) {
            long other = jobs.start(jobs.create(lock.command()));
            execute("UPDATE cron_engine.queue SET ready = true WHERE runid = ?", other);
            execute("UPDATE cron_engine.queue SET ready = false WHERE runid = ?", runid);
            TestClock.Worker worker = clock.startWork();
            jobs.running(other);
            execute("UPDATE cron_engine.queue SET ready = true WHERE runid = ?", runid);
            reserve(runid, worker.pid());
            assertThat(jobs.value("SELECT pid FROM cron_engine.queue WHERE runid = " + runid))
                    .isEqualTo(Integer.toString(worker.pid()));

            database.owner()
                    .sql("SELECT * FROM cron_engine.start_on_time('-infinity')")
                    .query()
                    .singleRow();

            assertThat(jobs.find(runid).status()).isEqualTo("queued");
            assertThat(jobs.value("SELECT count(*) FROM cron_engine.worker")).isEqualTo("0");
            clock.work();
            assertThat(jobs.find(runid).status()).isEqualTo("succeeded");
            lock.open();
            worker.join();
        }
    }

    @Test
    void waitsForNobodyWhoLocksTheRowOfARunInTheHistory() throws SQLException {
        long runid = jobs.start(jobs.create("SELECT 1"));
        clock.tick(jobs.now());
        try (Connection holder = database.connect(database.ownerName());
                Statement lock = holder.createStatement()) {
            holder.setAutoCommit(false);
            lock.execute("DELETE FROM cron.job_run_details WHERE runid = " + runid);

            reserve(runid, 1);

            assertThat(jobs.value("SELECT pid FROM cron_engine.queue WHERE runid = " + runid))
                    .isEqualTo("1");
            assertThat(jobs.value("SELECT cron_engine.notify_started(clock_timestamp() + interval '1 s')"))
                    .isEmpty();
            assertThat(jobs.find(runid).status()).isEqualTo("queued");
            holder.rollback();
        }
        assertThat(jobs.running(runid).jobPid()).isEqualTo(1);
        clock.recoverLostRuns(jobs.now());
        clock.work();
        execute("DELETE FROM cron_engine.worker");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pid = NULL", "pid = 1, claims = claims + 1", "claims = claims + 1"})
    void letsNoSessionCommitARunThatWasTakenFromIt(String taken) {
        try (TestLock lock = new TestLock(database)) {
            long runid = jobs.start(jobs.create(effect(lock.command())));
            clock.tick(jobs.now());
            TestClock.Worker first = clock.startWork();
            awaitWaiting();
            // As if the network to it had been cut, and another session had the run now.
            database.owner()
                    .sql("UPDATE cron_engine.queue SET " + taken + " WHERE runid = ?")
                    .param(runid)
                    .update();

            lock.open();
            assertThat(SqlFailure.of(first::join).sqlState()).isEqualTo("40001");
            assertThat(effects(runid)).isEqualTo("0");
            // The first session's backend may take a moment to end.
            await().untilAsserted(() -> {
                clock.recoverLostRuns(jobs.now());
                clock.work();
                assertThat(jobs.find(runid).status()).isEqualTo("succeeded");
            });
            assertThat(effects(runid)).isEqualTo("1");
        }
    }

    /** The daemon is what sees a CALL fail at its COMMIT. */
    private RecordedRun runByDaemon(String role, String command) {
        try {
            database.startDaemon();
            return jobs.run(role, command);
        } finally {
            database.stopDaemons();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5})
    void recordsADeferredConstraintThatFails(int depth) {
        RecordedRun run = runByDaemon(
                database.ownerName(), effect("INSERT INTO app.child VALUES (" + depth * 100 + ", " + depth + ")"));

        assertThat(run.status()).isEqualTo("failed");
        assertThat(run.sqlstate()).isEqualTo("23503");
        assertThat(run.returnMessage()).startsWith("ERROR:  no parent left");
        assertThat(effects(run.runid())).isEqualTo("0");
    }

    @Test
    void recordsASerializationFailureAtTheCommit() throws SQLException {
        database.owner()
                .sql("CREATE TABLE app.doctors (name text, on_call boolean)")
                .update();
        database.owner()
                .sql("INSERT INTO app.doctors VALUES ('a', true), ('b', true)")
                .update();
        String role = database.createJobUser("serializable");
        for (String statement : new String[] {
            "GRANT ALL ON app.doctors, app.effects TO " + identifier(role),
            "ALTER ROLE " + identifier(role) + " SET default_transaction_isolation = 'serializable'",
        }) {
            database.superuser().sql(statement).update();
        }
        try (Connection other = database.connect(database.ownerName());
                Statement statement = other.createStatement();
                TestLock lock = new TestLock(database)) {
            database.startDaemon();
            long runid = jobs.start(jobs.create(role, effect("""
                    UPDATE app.doctors SET on_call = false
                    WHERE name = 'a' AND (SELECT count(*) FROM app.doctors WHERE on_call) > 1;
                    """) + lock.command()));
            awaitWaiting();
            other.setAutoCommit(false);
            other.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            statement.execute("""
                    UPDATE app.doctors SET on_call = false
                    WHERE name = 'b' AND (SELECT count(*) FROM app.doctors WHERE on_call) > 1
                    """);
            other.commit();
            lock.open();

            RecordedRun run = jobs.ended(runid);

            assertThat(run.status()).isEqualTo("failed");
            assertThat(run.sqlstate()).isEqualTo("40001");
            assertThat(effects(runid)).isEqualTo("0");
        } finally {
            database.stopDaemons();
        }
    }

    @Test
    void keepsARunFromFailingBecauseItsSnapshotIsOlderThanAnothersClaim() {
        String role = database.createJobUser("repeatable");
        database.superuser()
                .sql("ALTER ROLE " + identifier(role) + " SET default_transaction_isolation = 'repeatable read'")
                .update();
        try (TestLock first = new TestLock(database);
                TestLock second = new TestLock(database)) {
            long early = jobs.start(jobs.create(role, first.command()));
            long late = jobs.start(jobs.create(role, second.command()));
            clock.tick(jobs.now());
            TestClock.Worker one = clock.startWork(role);
            jobs.running(early);
            awaitWaiting();
            TestClock.Worker two = clock.startWork(role);
            jobs.running(late);

            first.open();
            one.join();

            assertThat(jobs.find(early).status()).isEqualTo("succeeded");
            second.open();
            two.join();
            assertThat(jobs.find(late).status()).isEqualTo("succeeded");
        }
    }
}
