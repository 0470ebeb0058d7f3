package io.cronlink.catalogue;

import static io.cronlink.catalogue.Sessions.refusal;
import static io.cronlink.catalogue.Sessions.warnings;
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
import java.time.OffsetDateTime;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Schedules that wait for something else than a time of day. */
@Tag("engine")
@CronlinkDatabase
class ChainTests {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final TestDatabase database;
    private final TestJobs jobs;
    private final String suffix = " " + NUMBER.incrementAndGet();

    ChainTests(TestDatabase database) {
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

    /** Names are told apart by test; in a schedule, NAME! stands for a name's whole. */
    private long job(String name, String schedule, String command) {
        return job(database.ownerName(), name, schedule, command);
    }

    private long job(String role, String name, String schedule, String command) {
        return database.as(role)
                .sql("SELECT cron.schedule(?, ?, ?)")
                .param(name + suffix)
                .param(schedule.replace("!", suffix))
                .param(command)
                .query(Long.class)
                .single();
    }

    private SqlFailure refused(String sql) {
        return refusal(database, database.ownerName(), sql.replace("!", suffix));
    }

    private SqlFailure circle(String schedule, String name) {
        return new SqlFailure(
                "22023",
                "invalid schedule: " + schedule.replace("!", suffix),
                "Job \"" + name + suffix + "\" would run after itself.",
                "Break the circle of @after schedules.");
    }

    @ParameterizedTest
    @CsvSource({"SELECT 1, success", "SELECT 1/0, failure"})
    void aJobRunsAfterWhatItWaitsFor(String command, String outcome) {
        long first = job("first", "0 0 29 2 *", command);
        long success = job("success", "@after first!", "SELECT 'after success'");
        long failure = job("failure", "@after-failure first!", "SELECT 'after failure'");
        long any = job("any", "@after-any first!", "SELECT 'after any'");
        long last = job("last", "@after any!", "SELECT 'last'");
        long inactive = job("inactive", "@after-any first!", "SELECT 'never'");
        long over = job("over", "@after-any first!", "SELECT 'never'");
        database.owner()
                .sql("UPDATE cron.job SET active = false WHERE jobid = ?")
                .param(inactive)
                .update();
        jobs.set(over, "valid_until = '2020-01-01'");
        long follower = outcome.equals("success") ? success : failure;

        long runid = jobs.start(first);
        jobs.ended(last, 1);
        RecordedRun followed = jobs.ended(follower, 1).get(0);

        assertThat(followed.trigger()).isEqualTo("after");
        assertThat(followed.result()).isEqualTo("after " + outcome);
        assertThat(followed.scheduledTime()).isNull();
        assertThat(jobs.value("SELECT origin_runid FROM cron.job_run_details WHERE runid = " + followed.runid()))
                .isEqualTo(Long.toString(runid));
        // All that follow a run are queued together, and the last one came after one of them.
        assertThat(jobs.runsOf(any)).hasSize(1);
        assertThat(jobs.runsOf(last)).hasSize(1);
        assertThat(jobs.runsOf(follower == success ? failure : success)).isEmpty();
        assertThat(jobs.runsOf(inactive)).isEmpty();
        assertThat(jobs.runsOf(over)).isEmpty();
    }

    @Test
    void aJobDoesNotRunAfterAnotherRolesJobOfThatName() {
        String other = database.createJobUser("namesake");
        long first = job("first", "0 0 29 2 *", "SELECT 1");
        long foreign = job(other, "follower", "@after-any first!", "SELECT 1");
        long own = job("follower", "@after-any first!", "SELECT 1");

        jobs.start(first);
        jobs.ended(own, 1);

        assertThat(jobs.runsOf(foreign)).isEmpty();
    }

    @Test
    void aJobMayWaitForOneThatIsMadeLater() {
        assertThat(warnings(
                        database,
                        database.ownerName(),
                        "SELECT cron.schedule('early%s', '@after late%s', 'SELECT 1')".formatted(suffix, suffix)))
                .containsExactly(
                        "there is no job \"late%s\" of role \"%s\" yet".formatted(suffix, database.ownerName()));
        long late = job("late", "0 0 29 2 *", "SELECT 1");
        long early = Long.parseLong(jobs.value("SELECT jobid FROM cron.job WHERE jobname = 'early" + suffix + "'"));

        assertThat(warnings(
                        database,
                        database.ownerName(),
                        "SELECT cron.schedule('early%s', '@after-any late%s', 'SELECT 1')".formatted(suffix, suffix)))
                .isEmpty();
        jobs.start(late);

        assertThat(jobs.ended(early, 1)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"@after", "@after-failure", "@after-any"})
    void aCircleIsRefused(String after) {
        String schedule = after + " third!";
        job("first", "0 0 29 2 *", "SELECT 1");
        job("second", "@after first!", "SELECT 1");
        job("third", "@after-any second!", "SELECT 1");

        assertThat(refused("SELECT cron.schedule('alone!', '" + after + " alone!', '')"))
                .isEqualTo(circle(after + " alone!", "alone"));
        assertThat(refused("SELECT cron.schedule('first!', '" + schedule + "', '')"))
                .isEqualTo(circle(schedule, "first"));
        assertThat(refused("SELECT cron.schedule_in_database('second!', '" + schedule + "', '', current_database())"))
                .isEqualTo(circle(schedule, "second"));
        assertThat(refused("SELECT cron.alter_job(jobid, '" + schedule + "') FROM cron.job WHERE jobname = 'first!'"))
                .isEqualTo(circle(schedule, "first"));
        assertThat(refused("UPDATE cron.job SET schedule = '" + schedule + "' WHERE jobname = 'first!' RETURNING 1"))
                .isEqualTo(circle(schedule, "first"));
    }

    @Test
    void aCircleByANewNameIsRefused() {
        job("first", "@after missing!", "SELECT 1");
        job("second", "@after first!", "SELECT 1");
        job("third", "@after second!", "SELECT 1");

        assertThat(refused("UPDATE cron.job SET jobname = 'missing!' WHERE jobname = 'third!' RETURNING 1"))
                .isEqualTo(circle("@after second!", "missing"));
    }

    @Test
    void aCircleByANewRoleIsRefused() {
        String other = database.createJobUser("inheriting");
        job("first", "@after second!", "SELECT 1");
        long second = job(other, "second", "@after first!", "SELECT 1");

        assertThat(refused("SELECT cron.alter_job(" + second + ", username => " + literal(database.ownerName()) + ")"))
                .isEqualTo(circle("@after first!", "second"));
    }

    @Test
    void aCircleMadeByOneStatementIsRefused() {
        assertThat(refused("""
                        INSERT INTO cron.job (jobname, schedule, command)
                        VALUES ('one!', '@after three!', ''), ('two!', '@after one!', ''), ('three!', '@after two!', '') RETURNING 1
                        """).detail()).endsWith("would run after itself.");
        job("one", "@after two!", "");
        job("two", "0 0 29 2 *", "");
        job("three", "0 0 29 2 *", "");
        assertThat(refused("""
                        UPDATE cron.job SET schedule = CASE jobname WHEN 'two!' THEN '@after three!' ELSE '@after one!' END
                        WHERE jobname IN ('two!', 'three!') RETURNING 1
                        """).detail()).endsWith("would run after itself.");
    }

    @Test
    void aCircleMadeByTwoAtOnceIsRefused() throws SQLException {
        job("one", "0 0 29 2 *", "");
        job("two", "0 0 29 2 *", "");
        String close = "SELECT cron.schedule('two%s', '@after one%s', '')".formatted(suffix, suffix);
        try (Connection session = database.connect(database.ownerName());
                Statement statement = session.createStatement()) {
            session.setAutoCommit(false);
            statement.execute("SELECT cron.schedule('one%s', '@after two%s', '')".formatted(suffix, suffix));
            CompletableFuture<SqlFailure> second = CompletableFuture.supplyAsync(() -> refused(close));
            await().until(() -> second.isDone()
                    || jobs.value("SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = 'transactionid'")
                            .equals("1"));
            session.commit();

            assertThat(second.join()).isEqualTo(circle("@after one!", "two"));
        }
    }

    @Test
    void aJobAtATimeRunsOnceAndIsInactiveThen() {
        String moment = jobs.value(
                "SELECT to_char((clock_timestamp() + interval '1.5 s') AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')");
        long jobid = job("once", "@at " + moment + "Z", "SELECT 'once'");

        RecordedRun run = jobs.ended(jobid, 1).get(0);
        await().until(() ->
                jobs.value("SELECT active FROM cron.job WHERE jobid = " + jobid).equals("false"));

        assertThat(run.result()).isEqualTo("once");
        assertThat(run.scheduledTime()).isEqualTo(OffsetDateTime.parse(moment.replace(' ', 'T') + "Z"));
        assertThat(jobs.value("SELECT deactivated_reason FROM cron.job_details WHERE jobid = " + jobid))
                .isEqualTo("fired at its time");
        database.owner()
                .sql("UPDATE cron.job SET active = true WHERE jobid = ?")
                .param(jobid)
                .update();
        assertThat(jobs.value("SELECT deactivated_reason FROM cron.job_details WHERE jobid = " + jobid))
                .isEqualTo("its time has passed");
        assertThat(jobs.value("SELECT next_fire FROM cron_engine.timer WHERE jobid = " + jobid))
                .as("its time is over")
                .isEmpty();
        assertThat(jobs.runsOf(jobid)).hasSize(1);
    }

    @Test
    void aJobAtATimeKnowsItsZone() {
        long jobid = job("far", "@at 2090-07-01 12:00 America/New_York", "SELECT 1");

        assertThat(jobs.value("SELECT next_fire AT TIME ZONE 'UTC' FROM cron_engine.timer WHERE jobid = " + jobid))
                .isEqualTo("2090-07-01 16:00:00");
    }

    @ParameterizedTest
    @ValueSource(strings = {"@every 0.2 seconds", "1 second"})
    void anIntervalKeepsItsGrid(String schedule) {
        long jobid = job("grid", schedule, "SELECT pg_sleep(0.05)");
        OffsetDateTime anchor = OffsetDateTime.parse(jobs.value("""
                SELECT to_char(anchor AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.USZ') FROM cron_engine.timer WHERE jobid =\s""" + jobid));
        long step = schedule.startsWith("@") ? 200_000 : 1_000_000;

        List<RecordedRun> runs = jobs.ended(jobid, 4);
        jobs.unschedule(jobid);

        assertThat(runs.get(0).scheduledTime()).isEqualTo(anchor.plusNanos(step * 1000));
        assertThat(runs).allSatisfy(run -> assertThat(
                        Duration.between(anchor, run.scheduledTime()).toNanos() / 1000 % step)
                .isZero());
    }

    @Test
    void aJobAtRebootRunsWhenADaemonBeginsToLead() {
        long active = job("boot", "@reboot", "SELECT 'up'");
        long inactive = job("no boot", "@restart", "SELECT 'up'");
        database.owner()
                .sql("UPDATE cron.job SET active = false WHERE jobid = ?")
                .param(inactive)
                .update();

        database.stopDaemons();
        database.startDaemon();
        RecordedRun run = jobs.ended(active, 1).get(0);
        database.stopDaemons();
        database.startDaemon();

        assertThat(run.trigger()).isEqualTo("reboot");
        assertThat(run.result()).isEqualTo("up");
        assertThat(jobs.ended(active, 2)).hasSize(2);
        assertThat(jobs.runsOf(inactive)).isEmpty();
        jobs.unschedule(active);
    }
}
