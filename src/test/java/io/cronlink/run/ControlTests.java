package io.cronlink.run;

import static io.cronlink.database.TestDatabase.literal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cronlink.database.CronlinkDatabase;
import io.cronlink.database.SqlFailure;
import io.cronlink.database.TestDatabase;
import java.sql.Connection;
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

/** Canceled means stopped, wherever the command runs. */
@Tag("engine")
@CronlinkDatabase
class ControlTests {

    private static final Duration STOPPED = Duration.ofSeconds(2);
    private static final String BUSY = "DO $$BEGIN LOOP END LOOP; END$$";
    private static final String SLEEP_AT_TOP_LEVEL = "SET statement_timeout = '1h'; SELECT pg_sleep(600)";
    private static final String DEAF = """
            DO $$BEGIN
                LOOP
                    BEGIN
                        PERFORM pg_sleep(600);
                    EXCEPTION WHEN query_canceled THEN
                        NULL;
                    END;
                END LOOP;
            END$$""";

    private final TestDatabase database;
    private final TestJobs jobs;

    ControlTests(TestDatabase database) {
        this.database = database;
        this.jobs = new TestJobs(database);
    }

    @BeforeAll
    static void prepare(TestDatabase database) {
        for (String statement : new String[] {
            "CREATE TABLE app.locked (a integer)",
            "CREATE SERVER elsewhere FOREIGN DATA WRAPPER dblink_fdw OPTIONS (host 'elsewhere', hostaddr '127.0.0.1', port '"
                    + database.owner()
                            .sql("SELECT current_setting('port')")
                            .query(String.class)
                            .single() + "', dbname " + literal(database.name()) + ")",
            "CREATE USER MAPPING FOR CURRENT_USER SERVER elsewhere OPTIONS (user " + literal(database.ownerName())
                    + ", password " + literal(database.password(database.ownerName())) + ")",
            "UPDATE cron.settings SET cancel_grace = '1 s'",
        }) {
            database.owner().sql(statement).update();
        }
        database.startDaemon();
    }

    @AfterAll
    static void stop(TestDatabase database) {
        database.stopDaemons();
    }

    private long elsewhere(String command) {
        long jobid = jobs.create(command);
        jobs.alter(jobid, "nodename = 'elsewhere'");
        return jobid;
    }

    private void assertStopped(RecordedRun run, OffsetDateTime asked, Duration within) {
        assertThat(Duration.between(asked, run.endTime())).isLessThan(within);
        assertThat(run.status()).isEqualTo("failed");
        assertThat(run.sqlstate()).isEqualTo("57014");
        assertNothingGoesOn();
    }

    /** Neither a worker nor a session that a worker opened is still at it. */
    private void assertNothingGoesOn() {
        await().atMost(STOPPED).untilAsserted(() -> assertThat(
                        database.superuser().sql("""
                                SELECT query FROM pg_stat_activity
                                WHERE datname = current_database() AND state <> 'idle' AND pid <> pg_backend_pid()
                                    AND query NOT LIKE '%run_daemon%' AND query NOT LIKE 'LOCK%'
                                """).query(String.class).list())
                .isEmpty());
    }

    @Test
    void cancelsARunThatWaits() {
        database.owner()
                .sql("INSERT INTO cron.job_group (name, max_running) VALUES ('held', 0)")
                .update();
        long jobid = jobs.create("SELECT 1");
        jobs.set(jobid, "job_group = 'held', max_attempts = 3, retry_delay = '0'");
        long runid = jobs.start(jobid);

        assertThat(jobs.cancel(runid)).isTrue();

        RecordedRun run = jobs.find(runid);
        assertThat(run.status()).isEqualTo("failed");
        assertThat(run.returnMessage()).isEqualTo("job canceled");
        assertThat(run.sqlstate()).isEqualTo("57014");
        assertThat(run.note()).endsWith("canceled by " + database.ownerName());
        assertThat(jobs.cancel(runid)).isFalse();
        await().until(() ->
                jobs.value("SELECT count(*) FROM cron_engine.ended_run").equals("0"));
        assertThat(jobs.runsOf(jobid)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT pg_sleep(600)", BUSY, SLEEP_AT_TOP_LEVEL})
    void cancelsARunThatRuns(String command) {
        long jobid = jobs.create(command);
        jobs.set(jobid, "max_attempts = 3, retry_delay = '0'");
        long runid = jobs.start(jobid);
        awaitCommand(runid);

        OffsetDateTime asked = jobs.now();
        assertThat(jobs.cancel(runid)).isTrue();

        RecordedRun run = jobs.ended(runid);
        assertStopped(run, asked, STOPPED);
        assertThat(run.returnMessage()).isEqualTo("job canceled");
        assertThat(run.note()).endsWith("canceled by " + database.ownerName());
        assertThat(jobs.ended(jobs.start(jobs.create("SELECT 1"))).status()).isEqualTo("succeeded");
        assertThat(jobs.runsOf(jobid)).hasSize(1);
    }

    /** Waits until it does what it is to be stopped in. */
    private void awaitCommand(long runid) {
        awaitCommand(runid, "true");
    }

    /** Before it sleeps it is not deaf yet, and the session at top level is told of its run under the run's name. */
    private void awaitDeafCommand(long runid) {
        awaitCommand(runid, "a.wait_event = 'PgSleep'");
    }

    private void awaitCommand(long runid, String condition) {
        jobs.running(runid);
        await().until(() -> !jobs.value("""
                        SELECT a.pid FROM pg_stat_activity AS a, cron_engine.queue AS q
                        WHERE q.runid = %d AND a.state = 'active' AND a.pid <> pg_backend_pid()
                            AND (a.pid = q.pid AND q.top_level IS NOT TRUE OR a.pid <> q.pid AND a.application_name LIKE 'cronlink: %%')
                            AND %s
                        LIMIT 1
                        """.formatted(runid, condition)).isEmpty());
    }

    @Test
    void cancelsAVacuumThatWaitsForALock() throws SQLException {
        try (Connection holder = database.connect(database.ownerName());
                Statement lock = holder.createStatement()) {
            holder.setAutoCommit(false);
            lock.execute("LOCK TABLE app.locked");
            long runid = jobs.start(jobs.create("VACUUM app.locked"));
            await().until(() -> jobs.value("SELECT count(*) FROM pg_locks WHERE NOT granted")
                    .equals("1"));

            OffsetDateTime asked = jobs.now();
            jobs.cancel(runid);

            RecordedRun run = jobs.ended(runid);
            assertStopped(run, asked, STOPPED);
            assertThat(run.returnMessage()).isEqualTo("job canceled");
            assertThat(jobs.value("SELECT count(*) FROM pg_locks WHERE NOT granted"))
                    .isEqualTo("0");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT pg_sleep(600)", BUSY})
    void cancelsARunOnAnotherHost(String command) {
        long runid = jobs.start(elsewhere(command));
        awaitCommand(runid);

        OffsetDateTime asked = jobs.now();
        jobs.cancel(runid);

        RecordedRun run = jobs.ended(runid);
        assertStopped(run, asked, STOPPED);
        assertThat(run.returnMessage()).isEqualTo("job canceled");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT pg_sleep(600)", BUSY, SLEEP_AT_TOP_LEVEL})
    void stopsARunThatTakesTooLong(String command) {
        long jobid = jobs.create(command);
        jobs.set(jobid, "timeout = '500 ms'");

        RecordedRun run = jobs.ended(jobs.start(jobid));

        assertStopped(run, Objects.requireNonNull(run.startTime()).plusNanos(500_000_000), STOPPED);
        assertThat(Duration.between(run.startTime(), run.endTime())).isGreaterThan(Duration.ofMillis(500));
        assertThat(run.returnMessage()).isEqualTo("job timeout after 00:00:00.5");
        assertThat(run.note()).doesNotContain("canceled by");
    }

    @Test
    void stopsARunOnAnotherHostThatTakesTooLong() {
        long jobid = elsewhere("SELECT pg_sleep(600)");
        jobs.set(jobid, "timeout = '500 ms'");

        RecordedRun run = jobs.ended(jobs.start(jobid));

        assertStopped(run, Objects.requireNonNull(run.startTime()).plusNanos(500_000_000), STOPPED);
        assertThat(run.returnMessage()).isEqualTo("job timeout after 00:00:00.5");
    }

    @Test
    void triesARunThatTookTooLongAgain() {
        long jobid = jobs.create("SELECT pg_sleep(600)");
        jobs.set(jobid, "timeout = '100 ms', max_attempts = 2, retry_delay = '0'");
        jobs.start(jobid);

        assertThat(jobs.ended(jobid, 2)).extracting(RecordedRun::attempt).containsExactly(1, 2);
    }

    @Test
    void endsTheSessionOfARunThatDoesNotListen() {
        long jobid = jobs.create(DEAF);
        jobs.set(jobid, "max_attempts = 2, retry_delay = '0'");
        long runid = jobs.start(jobid);
        awaitDeafCommand(runid);

        OffsetDateTime asked = jobs.now();
        jobs.cancel(runid);

        RecordedRun run = jobs.ended(runid);
        // Its grace time is one second.
        assertStopped(run, asked, Duration.ofSeconds(4));
        assertThat(run.returnMessage()).isEqualTo("job canceled");
        await().until(() ->
                jobs.value("SELECT count(*) FROM cron_engine.ended_run").equals("0"));
        assertThat(jobs.runsOf(jobid)).hasSize(1);
    }

    @Test
    void endsTheSessionOfARunAtTopLevelThatDoesNotListen() {
        long jobid = jobs.create(DEAF);
        jobs.set(jobid, "transactional = false, max_attempts = 2, retry_delay = '0'");
        long runid = jobs.start(jobid);
        awaitDeafCommand(runid);

        OffsetDateTime asked = jobs.now();
        jobs.cancel(runid);

        RecordedRun run = jobs.ended(runid);
        assertThat(Duration.between(asked, run.endTime())).isLessThan(Duration.ofSeconds(4));
        assertThat(run.status()).isEqualTo("failed");
        assertThat(run.sqlstate()).isEqualTo("08007");
        assertThat(run.returnMessage()).startsWith("outcome unknown: ");
        assertNothingGoesOn();
        await().until(() ->
                jobs.value("SELECT count(*) FROM cron_engine.ended_run").equals("0"));
        assertThat(jobs.runsOf(jobid)).hasSize(1);
    }

    @Test
    void cancelsNothingThatHasEnded() {
        RecordedRun run = jobs.run("SELECT 1");

        assertThat(jobs.cancel(run.runid())).isFalse();

        assertThat(jobs.find(run.runid())).isEqualTo(run);
    }

    @Test
    void doesNotKnowARunThatIsNotThere() {
        assertThat(SqlFailure.of(() -> jobs.cancel(-1)).sqlState()).isEqualTo("P0002");
    }

    @Test
    void unschedulesAJobWithoutStoppingItsRun() {
        try (TestLock lock = new TestLock(database)) {
            long jobid = jobs.create(lock.command());
            long runid = jobs.start(jobid);
            jobs.running(runid);
            long waiting = jobs.start(jobid);

            jobs.unschedule(jobid);

            assertThat(jobs.find(waiting).status()).isEqualTo("skipped");
            assertThat(jobs.find(waiting).returnMessage()).isEqualTo("job unscheduled");
            assertThat(jobs.find(runid).status()).isEqualTo("running");
            lock.open();
            assertThat(jobs.ended(runid).status()).isEqualTo("succeeded");
        }
    }

    @Test
    void recordsWhoAskedForARun() {
        long jobid = jobs.create("SELECT 'by hand'");
        long runid = database.owner()
                .sql("SELECT cron.run_job(?, 'month-end')")
                .param(jobid)
                .query(Long.class)
                .single();

        RecordedRun run = jobs.ended(runid);

        assertThat(run.trigger()).isEqualTo("manual");
        assertThat(run.note()).isEqualTo("asked for by %s: month-end", database.ownerName());
        assertThat(run.scheduledTime()).isNull();
        assertThat(run.result()).isEqualTo("by hand");
    }

    @Test
    void runsAPastRunAgainAsItWas() {
        long jobid = jobs.create("SELECT 'as it was'");
        RecordedRun past = jobs.ended(jobs.start(jobid));
        jobs.alter(jobid, "command = 'SELECT 1 / 0'");

        long runid = database.owner()
                .sql("SELECT cron.rerun(?, 'once more')")
                .param(past.runid())
                .query(Long.class)
                .single();

        RecordedRun run = jobs.ended(runid);
        assertThat(run.result()).isEqualTo("as it was");
        assertThat(run.jobid()).isEqualTo(jobid);
        assertThat(run.trigger()).isEqualTo("manual");
        assertThat(run.note()).isEqualTo("asked for by %s: once more", database.ownerName());
        assertThat(jobs.value("SELECT origin_runid FROM cron.job_run_details WHERE runid = " + runid))
                .isEqualTo(String.valueOf(past.runid()));
    }

    @Test
    void runsACommandOnceWithoutAJob() {
        long runid = database.owner()
                .sql("SELECT cron.run_once('SELECT 6 * 7', note => 'to know')")
                .query(Long.class)
                .single();

        await().until(() -> jobs.value("SELECT status FROM cron.job_run_details WHERE runid = " + runid)
                .equals("succeeded"));

        assertThat(jobs.value("""
                        SELECT concat_ws('|', jobid, result, trigger, note, username) FROM cron.job_run_details WHERE runid =\s""" + runid))
                .isEqualTo("42|manual|asked for by %s: to know|%s", database.ownerName(), database.ownerName());
    }

    @Test
    void stopsACommandThatIsRunOnceAtItsTimeout() {
        long runid = database.owner()
                .sql("SELECT cron.run_once('SELECT pg_sleep(600)', timeout => '300 ms')")
                .query(Long.class)
                .single();

        await().until(() -> jobs.value("SELECT return_message FROM cron.job_run_details WHERE runid = " + runid)
                .equals("job timeout after 00:00:00.3"));
    }

    @Test
    void recordsWhatTriggeredARun() {
        database.owner()
                .sql("SELECT cron.schedule('first of two', '0 0 29 2 *', 'SELECT 1')")
                .query()
                .singleRow();
        long first = database.owner()
                .sql("SELECT jobid FROM cron.job WHERE jobname = 'first of two'")
                .query(Long.class)
                .single();
        long second = jobs.schedule("@after first of two", "SELECT 2");

        long runid = jobs.start(first);

        RecordedRun after = jobs.ended(second, 1).get(0);
        assertThat(after.trigger()).isEqualTo("after");
        assertThat(jobs.value("SELECT origin_runid FROM cron.job_run_details WHERE runid = " + after.runid()))
                .isEqualTo(String.valueOf(runid));
    }
}
