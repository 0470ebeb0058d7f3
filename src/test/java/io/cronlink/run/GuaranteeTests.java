package io.cronlink.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cronlink.database.CronlinkDatabase;
import io.cronlink.database.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One by one, what io.cronlink.fault.FaultTests has in a crowd. */
@Tag("engine")
@CronlinkDatabase
class GuaranteeTests {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration STOPPED_WITHIN = Duration.ofSeconds(2);

    private final TestDatabase database;
    private final TestJobs jobs;

    GuaranteeTests(TestDatabase database) {
        this.database = database;
        this.jobs = new TestJobs(database);
    }

    @BeforeAll
    static void start(TestDatabase database) {
        for (String statement : new String[] {
            "CREATE TABLE app.effects (runid text)",
            "CREATE TABLE app.busy (a integer)",
            "CREATE PROCEDURE app.long_walk() LANGUAGE plpgsql AS 'BEGIN LOOP PERFORM pg_sleep(0.05); COMMIT; END LOOP; END'",
        }) {
            database.owner().sql(statement).update();
        }
        database.startDaemon();
    }

    @AfterAll
    static void stop(TestDatabase database) {
        database.stopDaemons();
    }

    private String effects(long runid) {
        return jobs.value("SELECT count(*) FROM app.effects WHERE runid = '" + runid + "'");
    }

    /** G2. */
    @Test
    void aRunThatWasTakenForLostDoesNotCommitTwice() throws SQLException {
        try (Connection holder = database.connect(database.ownerName());
                Statement lock = holder.createStatement()) {
            lock.execute("SELECT pg_advisory_lock(901)");
            long runid = jobs.start(jobs.create("""
                    INSERT INTO app.effects VALUES (current_setting('cronlink.runid')); SELECT pg_advisory_xact_lock(901)"""));
            Integer first = jobs.running(runid).jobPid();

            database.owner()
                    .sql("SELECT cron_engine.recover_run(?, 1, false, NULL, clock_timestamp())")
                    .param(runid)
                    .query()
                    .singleRow();
            await().atMost(PATIENCE)
                    .until(() -> !Objects.equals(jobs.find(runid).jobPid(), first));
            lock.execute("SELECT pg_advisory_unlock(901)");

            assertThat(jobs.ended(runid).status()).isEqualTo("succeeded");
            assertThat(jobs.ended(runid).jobPid()).isNotEqualTo(first);
            await().atMost(PATIENCE)
                    .until(() -> jobs.value("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'advisory'"
                                    + " AND datname = current_database()")
                            .equals("0"));
            assertThat(effects(runid)).isEqualTo("1");
        }
    }

    /** G2. */
    @Test
    void aRunWhoseWorkerWasKilledHasItsEffectOnce() {
        long runid = jobs.start(jobs.create(
                "INSERT INTO app.effects VALUES (current_setting('cronlink.runid')); SELECT pg_sleep(0.5)"));
        Integer first = jobs.running(runid).jobPid();

        jobs.terminate(first);

        RecordedRun run = jobs.ended(runid);
        assertThat(run.status()).isEqualTo("succeeded");
        assertThat(run.jobPid()).isNotEqualTo(first);
        assertThat(effects(runid)).isEqualTo("1");
    }

    /** G4. */
    @Test
    void aRunAtTopLevelWhoseWorkerWasKilledIsOfUnknownOutcomeAndNotTriedAgain() {
        long jobid = jobs.create("CALL app.long_walk()");
        long runid = jobs.start(jobid);
        await().atMost(PATIENCE)
                .until(() -> jobs.value("SELECT top_level FROM cron_engine.queue WHERE runid = " + runid)
                        .equals("true"));

        jobs.terminate(jobs.find(runid).jobPid());

        RecordedRun run = jobs.ended(runid);
        assertThat(run.status()).isEqualTo("failed");
        assertThat(run.returnMessage()).startsWith("outcome unknown");
        assertThat(run.sqlstate()).isEqualTo("08007");
        assertThat(jobs.runsOf(jobid)).hasSize(1);
        // Its command does not go on unseen.
        await().atMost(PATIENCE)
                .until(() -> jobs.value("SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'CALL app.long_walk%'")
                        .equals("0"));
    }

    /** G4: the one result that told of the end may have been lost to a cancel. */
    @Test
    void aRunWhoseConnectionAtTopLevelIsGoneEnds() throws SQLException {
        try (Connection worker = database.connect(database.ownerName());
                Statement statement = worker.createStatement()) {
            for (String sql : new String[] {
                "SELECT public.dblink_connect('gone', (SELECT server FROM cron_engine.login WHERE username = current_user))",
                "SELECT public.dblink_send_query('gone', 'SELECT pg_terminate_backend(pg_backend_pid())')",
                "SELECT * FROM public.dblink_get_result('gone', false) AS r (a text)",
                "SELECT * FROM public.dblink_get_result('gone', false) AS r (a text)",
            }) {
                statement.execute(sql);
            }

            ResultSet outcome = statement.executeQuery("""
                    SELECT o.status, o.sqlstate
                    FROM cron_engine.read_result('gone', 'SELECT 1; SELECT 2', (NULL, '1 row', NULL, '08007', true, 0)) AS o""");

            assertThat(outcome.next()).isTrue();
            assertThat(outcome.getString("status")).isEqualTo("failed");
            assertThat(outcome.getString("sqlstate")).isEqualTo("08007");
        }
    }

    /** G5. */
    @ParameterizedTest
    @ValueSource(strings = {"cron.job", "cron.job_run_details", "cron.settings"})
    void aLockedCatalogueDelaysFiresAndLosesNone(String table) throws SQLException {
        long jobid = jobs.schedule("1 second", "SELECT 1");
        jobs.ended(jobid, 1);
        try (Connection holder = database.connect(database.ownerName());
                Statement lock = holder.createStatement()) {
            holder.setAutoCommit(false);
            lock.execute("LOCK TABLE " + table + " IN ACCESS EXCLUSIVE MODE");
            lock.execute("SELECT pg_sleep(2.5)");
            holder.commit();
        }

        int before = jobs.runsOf(jobid).size();
        assertThat(jobs.ended(jobid, before + 2))
                .extracting(RecordedRun::status)
                .contains("succeeded")
                .doesNotContain("failed");
        jobs.unschedule(jobid);
    }

    /** G5. */
    @Test
    void aJobThatHoldsItsOwnRowDelaysNoOther() throws SQLException {
        long holding = jobs.create(
                "SELECT 1 FROM cron.job WHERE command LIKE 'SELECT 1 FROM cron.job%' FOR UPDATE; SELECT pg_sleep(600)");
        long runid = jobs.start(holding);
        jobs.running(runid);

        long begin = System.nanoTime();
        assertThat(jobs.run("SELECT 1").status()).isEqualTo("succeeded");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));

        jobs.cancel(runid);
        jobs.ended(runid);
    }

    /** G6. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT pg_sleep(600)",
                "DO $$BEGIN LOOP NULL; END LOOP; END$$",
                "DO $$BEGIN LOOP BEGIN PERFORM pg_sleep(600); EXCEPTION WHEN division_by_zero THEN NULL; END; END LOOP; END$$",
                "CALL app.long_walk()",
                "BEGIN; SELECT pg_sleep(600); COMMIT",
                "SELECT * FROM generate_series(1, 1000000000000)",
                "SET statement_timeout = '1h'; SELECT pg_sleep(600)",
            })
    void aCancelledRunIsStopped(String command) {
        long runid = jobs.start(jobs.create(command));
        jobs.running(runid);
        long begin = System.nanoTime();

        assertThat(jobs.cancel(runid)).isTrue();

        RecordedRun run = jobs.ended(runid);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(STOPPED_WITHIN);
        assertThat(run.status()).isEqualTo("failed");
        assertThat(run.sqlstate()).isEqualTo("57014");
        assertThat(run.returnMessage()).isEqualTo("job canceled");
        assertThat(run.note()).contains("canceled by " + database.ownerName());
        await().atMost(STOPPED_WITHIN).until(() -> jobs.value("SELECT count(*) FROM pg_stat_activity"
                        + " WHERE state = 'active' AND pid <> pg_backend_pid() AND query LIKE '%pg_sleep(600)%'")
                .equals("0"));
        assertThat(jobs.cancel(runid)).isFalse();
    }

    /** G6. */
    @Test
    void aCancelledVacuumIsStopped() throws SQLException {
        try (Connection holder = database.connect(database.ownerName());
                Statement lock = holder.createStatement()) {
            holder.setAutoCommit(false);
            lock.execute("LOCK TABLE app.busy");
            long runid = jobs.start(jobs.create("VACUUM app.busy"));
            await().atMost(PATIENCE).until(() -> jobs.value(
                            "SELECT count(*) FROM pg_stat_activity WHERE query = 'VACUUM app.busy' AND wait_event_type = 'Lock'")
                    .equals("1"));
            long begin = System.nanoTime();

            jobs.cancel(runid);

            assertThat(jobs.ended(runid).sqlstate()).isEqualTo("57014");
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(STOPPED_WITHIN);
        }
    }

    /** G6. */
    @ParameterizedTest
    @ValueSource(strings = {"SELECT pg_sleep(600)", "CALL app.long_walk()", "DO $$BEGIN LOOP NULL; END LOOP; END$$"})
    void aRunThatTakesTooLongIsStopped(String command) {
        long jobid = jobs.create(command);
        jobs.set(jobid, "timeout = '700 ms'");

        RecordedRun run = jobs.ended(jobs.start(jobid));

        assertThat(run.sqlstate()).isEqualTo("57014");
        assertThat(run.returnMessage()).isEqualTo("job timeout after 00:00:00.7");
        assertThat(Duration.between(run.startTime(), run.endTime()))
                .isBetween(Duration.ofMillis(700), Duration.ofMillis(700).plus(STOPPED_WITHIN));
    }

    /** G6: a daemon that had nothing to do looks seldom, but not so when something has begun. */
    @Test
    void aStopIsNotLateBecauseNothingHadHappenedBefore() {
        long jobid = jobs.create("SELECT pg_sleep(600)");
        jobs.set(jobid, "timeout = '100 ms'");
        jobs.ended(jobs.start(jobid));

        for (int pause = 1; pause <= 3; pause++) {
            jobs.value("SELECT pg_sleep(1.2)");
            RecordedRun run = jobs.ended(jobs.start(jobid));

            assertThat(Duration.between(run.startTime(), run.endTime()))
                    .isBetween(Duration.ofMillis(100), Duration.ofMillis(1_000));
        }
    }

    /** G9 and G1, with the clock in the test's hand. */
    @Test
    void missedFiresFollowTheRuleOfTheJob() throws SQLException {
        try (TestDatabase quiet = TestDatabase.create()) {
            TestJobs there = new TestJobs(quiet);
            long once = there.schedule("* * * * *", "SELECT 1");
            long all = there.schedule("* * * * *", "SELECT 1");
            long skip = there.schedule("* * * * *", "SELECT 1");
            there.set(all, "catch_up = 'all'");
            there.set(skip, "catch_up = 'skip'");
            OffsetDateTime begin = there.now();

            tick(quiet, begin.plusHours(1));
            tick(quiet, begin.plusHours(1));

            assertThat(there.runsOf(once)).extracting(RecordedRun::trigger).containsExactly("catch-up");
            assertThat(there.runsOf(all))
                    .hasSize(60)
                    .extracting(RecordedRun::scheduledTime)
                    .doesNotHaveDuplicates();
            assertThat(there.runsOf(skip)).extracting(RecordedRun::status).containsExactly("skipped");

            tick(quiet, begin.plusMinutes(61));

            assertThat(there.runsOf(all)).hasSize(61);
        }
    }

    /** G9. */
    @Test
    void aClockThatIsSetBackDoesNotSilenceAJob() throws SQLException {
        try (TestDatabase quiet = TestDatabase.create();
                Connection daemon = quiet.connect(quiet.ownerName());
                Statement statement = daemon.createStatement()) {
            TestJobs there = new TestJobs(quiet);
            long minutely = there.schedule("* * * * *", "SELECT 1");
            long seconds = there.schedule("10 seconds", "SELECT 1");
            OffsetDateTime begin = there.now();

            for (OffsetDateTime time : new OffsetDateTime[] {begin.plusHours(5), begin, begin.plusSeconds(61)}) {
                statement.execute("SELECT cron_engine.tick('" + time + "')");
            }

            assertThat(there.runsOf(minutely)).hasSizeGreaterThan(1);
            assertThat(there.runsOf(seconds)).hasSizeGreaterThan(1);
        }
    }

    /** G1. */
    @Test
    void aFireIsWrittenAndItsTimerMovedOrNeither() throws SQLException {
        try (TestDatabase quiet = TestDatabase.create();
                Connection daemon = quiet.connect(quiet.ownerName());
                Statement statement = daemon.createStatement()) {
            TestJobs there = new TestJobs(quiet);
            long jobid = there.schedule("* * * * *", "SELECT 1");
            String timer = "SELECT next_fire FROM cron_engine.timer WHERE jobid = " + jobid;
            String before = there.value(timer);
            daemon.setAutoCommit(false);

            statement.execute("SELECT cron_engine.tick(clock_timestamp() + interval '61 s')");
            daemon.rollback();

            assertThat(there.runsOf(jobid)).isEmpty();
            assertThat(there.value(timer)).isEqualTo(before);

            statement.execute("SELECT cron_engine.tick(clock_timestamp() + interval '61 s')");
            daemon.commit();

            assertThat(there.runsOf(jobid)).hasSize(1);
            assertThat(there.value(timer)).isNotEqualTo(before);
        }
    }

    private static void tick(TestDatabase database, OffsetDateTime time) {
        database.owner()
                .sql("SELECT cron_engine.tick(?::timestamptz)")
                .param(time.toString())
                .query()
                .singleRow();
    }
}
