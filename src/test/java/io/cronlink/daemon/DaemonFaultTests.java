package io.cronlink.daemon;

import static io.cronlink.database.TestDatabase.identifier;
import static io.cronlink.database.TestDatabase.literal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cronlink.database.CronlinkDatabase;
import io.cronlink.database.SqlFailure;
import io.cronlink.database.TestDatabase;
import io.cronlink.run.RecordedRun;
import io.cronlink.run.TestJobs;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/** What the daemon cannot do it tries again; nothing else waits for that, and it is seen. */
@Tag("engine")
@CronlinkDatabase
class DaemonFaultTests {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final TestDatabase database;
    private final TestJobs jobs;

    DaemonFaultTests(TestDatabase database) {
        this.database = database;
        this.jobs = new TestJobs(database);
    }

    @AfterEach
    void clear() {
        allow();
        database.stopDaemons();
        execute("DELETE FROM cron.job");
        execute("UPDATE cron.settings SET max_attempts = 1, retry_delay = '10 s'");
    }

    private void execute(String sql) {
        database.owner().sql(sql).update();
    }

    /** As somebody might who means well: rows that are not so cannot be written. */
    private void forbidAllBut(String table, String condition) {
        execute("ALTER TABLE %s ADD CONSTRAINT strange CHECK (%s) NOT VALID".formatted(table, condition));
    }

    private void allow() {
        execute("ALTER TABLE cron.job_run_details DROP CONSTRAINT IF EXISTS strange");
        execute("ALTER TABLE cron_engine.queue DROP CONSTRAINT IF EXISTS strange");
        execute("ALTER TABLE cron_engine.worker DROP CONSTRAINT IF EXISTS strange");
    }

    private void awaitFault(String step, String item, int count) {
        await().atMost(PATIENCE).until(() -> !jobs.value("""
                        SELECT count FROM cron_engine.daemon_faults()
                        WHERE step = %s AND item = %s AND count >= %s AND sqlstate = '23514'
                        """.formatted(literal(step), literal(item), count))
                .isEmpty());
    }

    private void awaitNoFault() {
        await().atMost(PATIENCE).until(() -> jobs.value("SELECT count(*) FROM cron_engine.daemon_faults()")
                .equals("0"));
    }

    private void awaitMoreRunsOf(long jobid) {
        jobs.ended(jobid, jobs.runsOf(jobid).size() + 2);
    }

    private Health health() {
        return new DaemonHealth(database.owner(), new DefaultListableBeanFactory().getBeanProvider(DaemonSession.class))
                .health();
    }

    @Test
    void numbersThatAreTakenStopNoJob() {
        database.startDaemon();
        long fires = jobs.schedule("@every 200 ms", "SELECT 1");
        jobs.ended(fires, 3);
        execute("UPDATE cron.settings SET max_attempts = 2, retry_delay = '100 ms'");
        long fails = jobs.schedule("@every 300 ms", "SELECT 1 / 0");

        for (int i = 0; i < 3; i++) {
            database.owner().sql("SELECT setval('cron.runid_seq', 1)").query().singleRow();
            awaitMoreRunsOf(fires);
            awaitMoreRunsOf(fails);
        }

        assertThat(jobs.runsOf(fails)).extracting(RecordedRun::trigger).contains("retry");
        awaitNoFault();
    }

    @Test
    void aTimerThatCannotBeFiredIsTriedAgainAndLosesNothing() {
        database.startDaemon();
        long other = jobs.schedule("@every 200 ms", "SELECT 1");
        long jobid = jobs.schedule("0 0 1 1 *", "SELECT 1");
        forbidAllBut("cron.job_run_details", "jobid <> " + jobid);
        execute("UPDATE cron.job SET schedule = '1 second' WHERE jobid = " + jobid);

        awaitFault("fire", String.valueOf(jobid), 2);

        awaitMoreRunsOf(other);
        assertThat(jobs.value("SELECT fault FROM cron.job_details WHERE jobid = " + jobid))
                .isEqualTo("new row for relation \"job_run_details\" violates check constraint \"strange\"");
        assertThat(jobs.value("SELECT fault FROM cron.job_details WHERE jobid = " + other))
                .isEmpty();
        assertThat(jobs.value("SELECT retry_at > since FROM cron_engine.daemon_faults()"))
                .isEqualTo("true");
        Health health = health();
        assertThat(health.getStatus()).isEqualTo(Status.UP);
        assertThat(health.getDetails().get("faults"))
                .asInstanceOf(InstanceOfAssertFactories.list(DaemonHealth.Fault.class))
                .singleElement()
                .satisfies(fault -> {
                    assertThat(fault.step()).isEqualTo("fire");
                    assertThat(fault.jobid()).isEqualTo(jobid);
                    assertThat(fault.sqlstate()).isEqualTo("23514");
                });
        String owed = jobs.value("SELECT scheduled_time FROM cron_engine.timer WHERE jobid = " + jobid);

        allow();

        assertThat(jobs.ended(jobid, 2)).first().satisfies(run -> {
            assertThat(run.status()).isEqualTo("succeeded");
            assertThat(jobs.value("SELECT scheduled_time FROM cron.job_run_details WHERE runid = " + run.runid()))
                    .isEqualTo(owed);
        });
        awaitNoFault();
        assertThat(health().getDetails()).doesNotContainKey("faults");
    }

    @Test
    void anAlteredJobIsTriedAtOnce() {
        database.startDaemon();
        long jobid = jobs.schedule("0 0 1 1 *", "SELECT 1");
        forbidAllBut("cron.job_run_details", "command <> 'SELECT 13'");
        execute("UPDATE cron.job SET schedule = '1 second', command = 'SELECT 13' WHERE jobid = " + jobid);
        awaitFault("fire", String.valueOf(jobid), 3);

        execute("UPDATE cron.job SET schedule = '@every 500 ms', command = 'SELECT 12' WHERE jobid = " + jobid);

        awaitNoFault();
        jobs.ended(jobid, 2);
    }

    @Test
    void anEndThatCannotBeSettledIsTriedAgainAndLosesNothing() {
        database.startDaemon();
        long other = jobs.schedule("@every 200 ms", "SELECT 1");
        long followed = jobs.schedule("0 0 1 1 *", "SELECT 2");
        String name = jobs.value("SELECT jobname FROM cron.job WHERE jobid = " + followed);
        long follower = jobs.schedule("@after " + name, "SELECT 3");
        forbidAllBut("cron.job_run_details", "trigger <> 'after'");
        long runid = jobs.start(followed);
        assertThat(jobs.ended(runid).status()).isEqualTo("succeeded");

        awaitFault("settle", String.valueOf(runid), 2);

        awaitMoreRunsOf(other);
        assertThat(jobs.value("SELECT count(*) FROM cron_engine.ended_run WHERE runid <> " + runid + " AND jobid = "
                        + followed))
                .isEqualTo("0");
        allow();
        jobs.ended(follower, 1);
        assertThat(jobs.value("SELECT string_agg(origin_runid::text, ' ') FROM cron.job_run_details WHERE jobid = "
                        + follower))
                .isEqualTo(String.valueOf(runid));
        awaitNoFault();
    }

    @Test
    void aRunThatCannotBeMadeReadyKeepsNoOtherWaiting() {
        database.startDaemon();
        long other = jobs.schedule("@every 200 ms", "SELECT 1");
        long held = jobs.create("SELECT 2");
        forbidAllBut("cron_engine.queue", "NOT ready OR jobid <> " + held);
        long runid = jobs.start(held);

        awaitFault("ready run", String.valueOf(runid), 2);

        awaitMoreRunsOf(other);
        assertThat(jobs.run("SELECT 3").status()).as("made ready beside it").isEqualTo("succeeded");
        allow();
        assertThat(jobs.ended(runid).status()).isEqualTo("succeeded");
        awaitNoFault();
    }

    @Test
    void aLoginThatCannotBeServedKeepsNoOtherWaiting() {
        database.startDaemon();
        String role = database.createJobUser("unserved");
        long other = jobs.schedule("@every 200 ms", "SELECT 1");
        forbidAllBut("cron.job_run_details", "username <> " + literal(role) + " OR status = 'queued'");
        long runid = jobs.start(jobs.create(role, "SELECT 2"));

        awaitFault("staff", role, 2);

        awaitMoreRunsOf(other);
        assertThat(jobs.value("SELECT count(*) < 10 FROM pg_stat_activity WHERE usename = " + literal(role)))
                .isEqualTo("true");
        allow();
        assertThat(jobs.ended(runid).status()).isEqualTo("succeeded");
        awaitNoFault();
    }

    /** It is claimed ahead of its time, by the daemon. */
    @Test
    void aLoginThatCannotBeServedAheadKeepsNoOtherWaiting() {
        database.startDaemon();
        String role = database.createJobUser("unserved");
        database.superuser()
                .sql("GRANT USAGE ON SCHEMA cron TO " + identifier(role))
                .update();
        long other = jobs.schedule("@every 200 ms", "SELECT 1");
        long jobid = jobs.schedule(role, "1 second", "SELECT 2");
        forbidAllBut("cron_engine.worker", "reserved IS NULL OR login <> " + literal(role));

        awaitFault("staff", role, 1);

        awaitMoreRunsOf(other);
        // At its time it is served as others are.
        awaitMoreRunsOf(jobid);
        allow();
        awaitNoFault();
    }

    @Test
    void aJobThatCannotRunAtTheStartKeepsNobodyFromLeading() {
        long rebooted = jobs.schedule("@reboot", "SELECT 1");
        forbidAllBut("cron.job_run_details", "trigger <> 'reboot'");
        long other = jobs.schedule("@every 200 ms", "SELECT 1");
        database.startDaemon();

        awaitFault("reboot", String.valueOf(rebooted), 2);

        awaitMoreRunsOf(other);
        allow();
        assertThat(jobs.ended(rebooted, 1)).singleElement().satisfies(run -> assertThat(run.trigger())
                .isEqualTo("reboot"));
        awaitNoFault();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "timeout",
                "retry_delay",
                "max_retry_delay",
                "start_deadline",
                "cancel_grace",
                "worker_idle_timeout",
                "worker_max_age",
                "connect_timeout",
                "keep_runs",
                "keep_failed_runs"
            })
    void aTimeBeyondTheEndOfTheCalendarIsRefused(String setting) {
        assertThat(SqlFailure.of(() -> execute("UPDATE cron.settings SET " + setting + " = '1000000 years'"))
                        .sqlState())
                .isEqualTo("23514");
    }

    @ParameterizedTest
    @ValueSource(strings = {"timeout", "retry_delay", "start_deadline", "jitter"})
    void norMayAJobAskForOne(String option) {
        long jobid = jobs.create("SELECT 1");

        assertThat(SqlFailure.of(() -> execute("INSERT INTO cron.job_options (jobid, %s) VALUES (%s, '1000000 years')"
                                .formatted(option, jobid)))
                        .sqlState())
                .isEqualTo("23514");
    }

    @Test
    void whoeverIsInItsWayIsNamedAndATickThatDoesNothingIsNone() throws SQLException {
        database.startDaemon();
        long jobid = jobs.schedule("1 second", "SELECT 1");
        awaitMoreRunsOf(jobid);
        try (Connection session = database.connect(database.ownerName());
                Statement statement = session.createStatement()) {
            session.setAutoCommit(false);
            statement.execute("LOCK TABLE cron.job_run_details IN EXCLUSIVE MODE");

            await().atMost(PATIENCE).until(() -> jobs.value("""
                            SELECT message FROM cron_engine.daemon_faults() WHERE sqlstate = '55P03' AND step = 'fire' AND count > 2
                            """)
                    .endsWith("session %d of role \"%s\" holds ExclusiveLock on cron.job_run_details"
                            .formatted(session.unwrap(PGConnection.class).getBackendPID(), database.ownerName())));
            await().atMost(PATIENCE).until(() -> health().getStatus().equals(Status.DOWN));
            session.rollback();
        }

        awaitNoFault();
        assertThat(health().getStatus()).isEqualTo(Status.UP);
        awaitMoreRunsOf(jobid);
    }
}
