package io.cronlink.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cronlink.database.CronlinkDatabase;
import io.cronlink.database.SqlFailure;
import io.cronlink.database.TestDaemon;
import io.cronlink.database.TestDatabase;
import io.cronlink.run.RecordedRun;
import io.cronlink.run.TestJobs;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("engine")
@CronlinkDatabase
class RunDaemonTests {

    private static final Duration TAKEOVER = Duration.ofSeconds(10);

    private final TestDatabase database;
    private final TestJobs jobs;

    RunDaemonTests(TestDatabase database) {
        this.database = database;
        this.jobs = new TestJobs(database);
    }

    @AfterEach
    void stop() {
        database.stopDaemons();
        database.owner().sql("DELETE FROM cron.job").update();
    }

    private void callDaemon(String lasting) throws SQLException {
        try (Connection plain = database.connect(database.ownerName());
                Statement statement = plain.createStatement()) {
            statement.execute("CALL cron_engine.run_daemon('" + lasting + "')");
        }
    }

    private void terminate(TestDaemon daemon) {
        database.superuser()
                .sql("SELECT pg_terminate_backend(?)")
                .param(daemon.pid())
                .query()
                .singleRow();
        await().atMost(TAKEOVER).until(() -> !daemon.isRunning());
    }

    @Test
    void runsJobsInAPlainSessionAndReturnsInTime() throws SQLException {
        long runid = jobs.start(jobs.create("SELECT 42"));
        OffsetDateTime begin = jobs.now();

        callDaemon("2 s");

        assertThat(Duration.between(begin, jobs.now())).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(5));
        assertThat(jobs.find(runid).result()).isEqualTo("42");
    }

    @Test
    void refusesToLeadBesideAnother() {
        TestDaemon leader = database.startDaemon();
        await().until(() -> Objects.equals(leader(), leader.pid()));

        SqlFailure refusal = SqlFailure.of(() -> callDaemon("1 s"));

        assertThat(refusal.sqlState()).isEqualTo("55006");
        assertThat(refusal.message()).isEqualTo("another session leads");
        assertThat(refusal.detail()).isEqualTo("Its process id is %s.", leader.pid());
        assertThat(leader.isRunning()).isTrue();
    }

    @Test
    void isForTheOwnerAlone() {
        String role = database.createJobUser("curious");

        SqlFailure refusal = SqlFailure.of(() ->
                database.as(role).sql("CALL cron_engine.run_daemon('1 s')").update());

        assertThat(refusal.sqlState()).isEqualTo("42501");
    }

    @Test
    void refusesToRunInsideATransaction() throws SQLException {
        try (Connection plain = database.connect(database.ownerName());
                Statement statement = plain.createStatement()) {
            plain.setAutoCommit(false);

            assertThat(SqlFailure.of(() -> statement.execute("CALL cron_engine.run_daemon('1 s')"))
                            .sqlState())
                    .isEqualTo("2D000");
        }
        await().until(() -> leader() == null);
    }

    @Test
    void firesOnTheGridAndKeepsAFullRecord() {
        jobs.schedule("0 3 * * *", "VACUUM");
        OffsetDateTime before = jobs.now();
        long jobid = jobs.schedule("2 seconds", "SELECT 'tick'");
        OffsetDateTime after = jobs.now();
        database.startDaemon();

        List<RecordedRun> runs = jobs.ended(jobid, 3);

        for (int i = 0; i < 3; i++) {
            RecordedRun run = runs.get(i);
            assertThat(run.status()).isEqualTo("succeeded");
            assertThat(run.returnMessage()).isEqualTo("1 row");
            assertThat(run.result()).isEqualTo("tick");
            assertThat(run.jobPid()).isPositive();
            assertThat(run.trigger()).isEqualTo("schedule");
            assertThat(run.scheduledTime())
                    .isBetween(before.plusSeconds(2L * (i + 1)), after.plusSeconds(2L * (i + 1)));
            assertThat(run.startTime()).isAfterOrEqualTo(run.scheduledTime());
            assertThat(run.endTime()).isAfterOrEqualTo(run.startTime());
            assertThat(Duration.between(runs.get(0).scheduledTime(), run.scheduledTime()))
                    .isEqualTo(Duration.ofSeconds(2L * i));
        }
        assertThat(runs).extracting(RecordedRun::jobid).containsOnly(jobid);
    }

    @Test
    void losesNoRunAndNoFireWhenItsBackendIsTerminated() throws SQLException {
        TestDaemon first = database.startDaemon();
        long ticking = jobs.schedule("1 second", "SELECT 1");
        jobs.set(ticking, "catch_up = 'all', overlap = 'allow'");
        try (Connection holder = database.connect(database.ownerName());
                Statement lock = holder.createStatement()) {
            lock.execute("SELECT pg_advisory_lock(815)");
            long runid = jobs.start(jobs.create("SELECT pg_advisory_lock_shared(815)"));
            RecordedRun running = jobs.running(runid);

            terminate(first);
            assertThat((Throwable) first.failure()).isNotNull();
            database.startDaemon();
            int before = jobs.runsOf(ticking).size();
            await().atMost(TAKEOVER).until(() -> jobs.runsOf(ticking).size() > before + 1);
            assertThat(jobs.find(runid).status()).isEqualTo("running");
            lock.execute("SELECT pg_advisory_unlock(815)");

            RecordedRun ended = jobs.ended(runid);
            assertThat(ended.status()).isEqualTo("succeeded");
            assertThat(ended.jobPid()).isEqualTo(running.jobPid());
        }
        jobs.unschedule(ticking);
        List<RecordedRun> fires = jobs.runsOf(ticking);
        for (int i = 1; i < fires.size(); i++) {
            assertThat(Duration.between(
                            fires.get(i - 1).scheduledTime(), fires.get(i).scheduledTime()))
                    .isEqualTo(Duration.ofSeconds(1));
        }
    }

    @Test
    void runsWaitForItWithoutBeingLost() {
        long runid = jobs.start(jobs.create("SELECT 1"));
        assertThat(jobs.find(runid).status()).isEqualTo("queued");

        database.startDaemon();

        assertThat(jobs.ended(runid).status()).isEqualTo("succeeded");
    }

    @Test
    @SuppressWarnings("SystemOut")
    void startsAThousandJobsOfTheSameSecond() {
        database.startDaemon();
        // Warm, as a scheduler that has been up for a while.
        jobs.run("SELECT 1");
        OffsetDateTime at = jobs.now().plusSeconds(4);

        database.owner()
                .sql(
                        "SELECT count(cron.schedule('many ' || i, '@at ' || ?, 'SELECT ' || i)) FROM generate_series(1, 1000) AS i")
                .param(at.toString())
                .query(Long.class)
                .single();
        await().atMost(Duration.ofSeconds(60)).until(() -> jobs.value("""
                        SELECT count(*) FROM cron.job_run_details AS d JOIN cron.job AS j USING (jobid)
                        WHERE jobname LIKE 'many %' AND d.status = 'succeeded'
                        """).equals("1000"));

        System.out.println(
                "1,000 jobs due in the same second, seconds until started (p50, p99, last): " + jobs.value("""
                        SELECT percentile_cont('{0.5,0.99,1}'::float[])
                                   WITHIN GROUP (ORDER BY extract(epoch FROM start_time - scheduled_time))
                        FROM cron.job_run_details AS d JOIN cron.job AS j USING (jobid)
                        WHERE jobname LIKE 'many %'
                        """));
        assertThat(jobs.value("""
                        SELECT count(*) FROM cron.job_run_details AS d JOIN cron.job AS j USING (jobid)
                        WHERE jobname LIKE 'many %' AND d.result = substr(d.command, 8)
                        """)).isEqualTo("1000");
    }

    private @Nullable Integer leader() {
        return (Integer) database.owner()
                .sql("SELECT leader_pid FROM cron_engine.daemon_status()")
                .query()
                .singleRow()
                .get("leader_pid");
    }
}
