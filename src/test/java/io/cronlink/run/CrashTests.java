package io.cronlink.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cronlink.database.CronlinkDatabase;
import io.cronlink.database.SqlFailure;
import io.cronlink.database.TestDatabase;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A crash of the server empties unlogged tables and ends all sessions: what was queued is queued again, as it was. Here the tables are
 * emptied by hand, without a daemon; {@link io.cronlink.fault.FaultTests} crashes servers.
 */
@Tag("engine")
@CronlinkDatabase
class CrashTests {

    private final TestDatabase database;
    private final TestJobs jobs;
    private final TestClock clock;

    CrashTests(TestDatabase database) {
        this.database = database;
        this.jobs = new TestJobs(database);
        this.clock = new TestClock(database);
    }

    @BeforeEach
    void empty() {
        database.owner()
                .sql("CREATE TABLE IF NOT EXISTS app.effects (runid bigint)")
                .update();
        database.owner().sql("DELETE FROM cron.job").update();
        clock.recoverLostRuns(jobs.now());
        clock.tick(jobs.now());
    }

    @AfterEach
    void stop() {
        clock.close();
    }

    private void crash() {
        List<String> lost = database.owner()
                .sql("SELECT c.oid::regclass::text FROM pg_class AS c WHERE c.relpersistence = 'u' AND c.relkind = 'r'")
                .query(String.class)
                .list();
        assertThat(lost).contains("cron_engine.queue", "cron_engine.due", "cron_engine.working_set_complete");
        database.owner().sql("TRUNCATE " + String.join(", ", lost)).update();
    }

    private void recover() {
        clock.restoreWorkingSet(jobs.now());
        clock.recoverLostRuns(jobs.now());
        clock.tick(jobs.now());
        jobs.value("SELECT cron_engine.look_again(clock_timestamp())");
    }

    private String queued(long runid, String column) {
        return jobs.value("SELECT " + column + " FROM cron_engine.queue WHERE runid = " + runid);
    }

    /** Fires a job that is due each hour, and not again while the test lasts; its run. */
    private long fire(long jobid) {
        clock.startTimer(jobid, jobs.now().minusHours(1).minusSeconds(1));
        clock.tick(jobs.now());
        return jobs.runsOf(jobid).get(0).runid();
    }

    /** Starts a run in a session that is lost in the middle of it, when it has been recorded that it runs. */
    private void lose(long runid) {
        lose(runid, () -> jobs.running(runid));
    }

    private void lose(long runid, Runnable begun) {
        try (TestLock lock = new TestLock(database)) {
            database.owner()
                    .sql("UPDATE cron.job_run_details SET command = ? WHERE runid = ?")
                    .param("INSERT INTO app.effects VALUES (%s); %s".formatted(runid, lock.command()))
                    .param(runid)
                    .update();
            TestClock.Worker worker = clock.startWork();
            begun.run();
            database.superuser()
                    .sql("SELECT pg_terminate_backend(?, 10000)")
                    .param(worker.pid())
                    .query()
                    .singleRow();
            crash();
            assertThatThrownBy(worker::join).hasMessageContaining("terminating connection");
        }
    }

    private String effects(long runid) {
        return jobs.value("SELECT count(*) FROM app.effects WHERE runid = " + runid);
    }

    @Test
    void aFireThatWaitedRunsOnce() {
        OffsetDateTime start = jobs.now().minusMinutes(63);
        long jobid = jobs.schedule("@every 1 hour", "SELECT 1");
        jobs.set(
                jobid,
                "start_deadline = '1 hour', timeout = '5 min', priority = 7, job_group = 'heavy', log_level = 'all'");
        clock.startTimer(jobid, start);
        clock.tick(jobs.now());
        long runid = jobs.runsOf(jobid).get(0).runid();
        String before = queued(
                runid,
                "(login, username, priority, may_overlap, top_level, start_before, timeout, job_group, plain, claims, pid)");

        crash();
        recover();

        assertThat(
                        queued(
                                runid,
                                "(login, username, priority, may_overlap, top_level, start_before, timeout, job_group, plain, claims, pid)"))
                .isEqualTo(before);
        clock.work();
        assertThat(jobs.runsOf(jobid)).extracting(RecordedRun::status).containsExactly("succeeded");
    }

    @Test
    void timersGoOn() {
        long jobid = jobs.schedule("0 3 * * *", "SELECT 1");
        long done = jobs.schedule("@at 2001-01-01 00:00", "SELECT 1");

        crash();
        recover();

        assertThat(jobs.value("SELECT count(*) FROM cron_engine.due WHERE jobid = " + done))
                .isEqualTo("0");
        assertThat(jobs.value(
                        "SELECT d.next_fire = t.next_fire FROM cron_engine.due AS d JOIN cron_engine.timer AS t USING (jobid) WHERE jobid = "
                                + jobid))
                .isEqualTo("true");
    }

    @Test
    void aRunInATransactionIsTriedThreeTimesAtMost() {
        long runid = jobs.start(jobs.create("SELECT 1"));
        clock.tick(jobs.now());

        for (int claims = 1; claims <= 2; claims++) {
            lose(runid);
            recover();
            assertThat(jobs.find(runid).status()).isEqualTo("queued");
            assertThat(queued(runid, "claims")).isEqualTo(Integer.toString(claims));
        }
        lose(runid);
        recover();

        assertThat(jobs.find(runid).status()).isEqualTo("failed");
        assertThat(jobs.find(runid).returnMessage()).contains("lost in each of 3 tries");
        assertThat(effects(runid)).isEqualTo("0");
        assertThat(jobs.value("SELECT count(*) FROM cron_engine.saved_run")).isEqualTo("0");
    }

    /** That it was claimed nothing has recorded, and it may be what crashed the server. */
    @Test
    void aRunThatHadOnlyJustBegunIsRecordedBeforeItBeginsTheNextTime() {
        long runid = jobs.start(jobs.create("SELECT 1"));
        clock.tick(jobs.now());

        lose(runid, () -> await().until(() -> !queued(runid, "pid").isEmpty()));
        recover();

        assertThat(jobs.find(runid).status()).isEqualTo("queued");
        assertThat(queued(runid, "claims || ' ' || careful")).isEqualTo("0 true");

        // Without the daemon's step.
        lose(runid, () -> await().until(() -> jobs.find(runid).status().equals("running")));
        recover();

        assertThat(queued(runid, "claims")).isEqualTo("1");
        clock.work();
        assertThat(jobs.find(runid).status()).isEqualTo("succeeded");
    }

    /** Or whoever crashes the server would take them along the third time. */
    @Test
    void runsThatWereUnderWayAtTwoCrashesHaveTheirLastTryOneByOne() {
        List<Long> runids = Stream.generate(() -> jobs.start(jobs.create("SELECT 1")))
                .limit(3)
                .toList();
        clock.tick(jobs.now());
        for (long runid : runids) {
            database.owner()
                    .sql(
                            "UPDATE cron_engine.queue SET careful = true, claims = 2, pid = 1, started_at = now() WHERE runid = ?")
                    .param(runid)
                    .update();
            database.owner()
                    .sql("SELECT cron_engine.save_run(?)")
                    .param(runid)
                    .query()
                    .singleRow();
        }
        crash();
        recover();

        for (long runid : runids) {
            assertThat(jobs.value("SELECT array_agg(runid) FROM cron_engine.queue WHERE ready"))
                    .isEqualTo("{" + runid + "}");
            clock.work();
            assertThat(jobs.find(runid).status()).isEqualTo("succeeded");
            recover();
        }
    }

    @Test
    void aRunThatWasClaimedByAFireIsTriedAgain() {
        long jobid = jobs.schedule("@every 1 hour", "SELECT 1");
        long runid = fire(jobid);

        lose(runid);
        recover();

        assertThat(queued(runid, "claims")).isEqualTo("1");
        assertThat(jobs.find(runid).status()).isEqualTo("queued");
    }

    @ParameterizedTest
    @CsvSource({"true, queued", "false, failed"})
    void aRunAtTopLevelIsTriedAgainOnlyIfNothingWasSent(boolean connecting, String status) {
        long jobid = jobs.create("SELECT 1");
        jobs.set(jobid, "transactional = false");
        long runid = jobs.start(jobid);
        clock.tick(jobs.now());
        database.owner()
                .sql(
                        "UPDATE cron_engine.queue SET pid = 1, claims = 1, top_level = true, connect_before = CASE WHEN ? THEN now() + '1 h' END WHERE runid = ?")
                .param(connecting)
                .param(runid)
                .update();
        database.owner()
                .sql("SELECT cron_engine.save_run(?)")
                .param(runid)
                .query()
                .singleRow();
        database.owner()
                .sql("UPDATE cron.job_run_details SET status = 'running', start_time = now() WHERE runid = ?")
                .param(runid)
                .update();

        crash();
        recover();

        assertThat(jobs.find(runid).status()).isEqualTo(status);
        assertThat(String.valueOf(jobs.find(runid).sqlstate())).isEqualTo(connecting ? "null" : "08007");
    }

    @Test
    void aRunKnownToNeedTheTopLevelThatHadNotBegunIsTriedAgain() {
        long jobid = jobs.schedule("@every 1 hour", "SELECT 1");
        jobs.set(jobid, "transactional = false");
        long runid = fire(jobid);
        database.owner()
                .sql("UPDATE cron.job_run_details SET status = 'running', start_time = now() WHERE runid = ?")
                .param(runid)
                .update();

        crash();
        clock.restoreWorkingSet(jobs.now());
        clock.sweep(jobs.now());
        clock.tick(jobs.now());

        assertThat(jobs.find(runid).status()).isEqualTo("queued");
    }

    @Test
    void aRunThatWasToldToStopDoesNotRunAgain() {
        long runid = jobs.start(jobs.create("SELECT 1"));
        clock.tick(jobs.now());
        try (TestLock lock = new TestLock(database)) {
            database.owner()
                    .sql("UPDATE cron.job_run_details SET command = ? WHERE runid = ?")
                    .param(lock.command())
                    .param(runid)
                    .update();
            TestClock.Worker worker = clock.startWork();
            jobs.running(runid);
            database.owner().sql("SELECT cron.cancel(?)").param(runid).query().singleRow();
            database.superuser()
                    .sql("SELECT pg_terminate_backend(?, 10000)")
                    .param(worker.pid())
                    .query()
                    .singleRow();
            crash();
            assertThatThrownBy(worker::join).hasMessageContaining("terminating connection");
        }

        recover();

        assertThat(jobs.find(runid).returnMessage()).isEqualTo("job canceled");
    }

    @Test
    void aRunThatNoJobDescribesKeepsWhatWasAskedFor() {
        long runid = database.owner()
                .sql("SELECT cron.run_once('SELECT 1', timeout => '7 min', transactional => true)")
                .query(Long.class)
                .single();

        crash();
        recover();

        assertThat(queued(runid, "(timeout, top_level)")).isEqualTo("(00:07:00,f)");
    }

    @Test
    void aRetryWaitsAsLongAsItWouldHave() {
        long jobid = jobs.create("SELECT 1 / 0");
        jobs.set(jobid, "max_attempts = 2, retry_delay = '1 hour'");
        jobs.start(jobid);
        clock.tick(jobs.now());
        clock.work();
        clock.tick(jobs.now());
        long retry = jobs.runsOf(jobid).get(1).runid();
        String until = queued(retry, "not_before");

        crash();
        recover();

        assertThat(queued(retry, "not_before")).isEqualTo(until).isNotEmpty();
        assertThat(queued(retry, "ready")).isEqualTo("false");
    }

    @Test
    void aFailureThatWasNotYetSettledIs() {
        long jobid = jobs.create("SELECT 1 / 0");
        jobs.set(jobid, "max_attempts = 2");
        jobs.start(jobid);
        clock.tick(jobs.now());
        clock.work();

        crash();
        recover();

        assertThat(jobs.runsOf(jobid)).hasSize(2);
    }

    @Test
    void aSuccessThatAnotherJobWaitsForIsNotForgotten() {
        long first = jobs.create("SELECT 1");
        jobs.alter(first, "jobname = 'first'");
        long second = jobs.schedule("@after first", "SELECT 2");
        jobs.start(first);
        clock.tick(jobs.now());
        clock.work();

        crash();
        recover();

        assertThat(jobs.runsOf(second)).hasSize(1);
    }

    @Test
    void theWaitingRunOfAJobThatIsUnscheduledMeanwhileIsSkipped() {
        long jobid = jobs.schedule("@every 1 hour", "SELECT 1");
        fire(jobid);

        crash();
        jobs.unschedule(jobid);
        recover();

        assertThat(jobs.runsOf(jobid))
                .extracting(RecordedRun::status, RecordedRun::returnMessage)
                .hasToString("[(\"skipped\", \"job unscheduled\")]");
    }

    @Test
    void nothingIsLostByWhoCleansUpMeanwhile() {
        long runid = jobs.start(jobs.create("SELECT 1"));

        crash();
        database.owner().sql("DELETE FROM cron.job_run_details").update();

        assertThat(jobs.find(runid).status()).isEqualTo("queued");
        assertThatThrownBy(() ->
                        database.owner().sql("TRUNCATE cron.job_run_details").update())
                .hasMessageContaining("which runs wait or run cannot be told now");
    }

    @Test
    void whoCancelsMeanwhileIsToldToTryAgain() {
        long runid = jobs.start(jobs.create("SELECT 1"));
        String cancel = "SELECT cron.cancel(" + runid + ")";

        crash();

        assertThat(SqlFailure.of(() -> database.owner().sql(cancel).query().singleRow())
                        .sqlState())
                .isEqualTo("55000");
        recover();
        database.owner().sql(cancel).query().singleRow();
        assertThat(jobs.find(runid).returnMessage()).isEqualTo("job canceled");
    }

    @Test
    void aJobThatIsDeactivatedWhileItsTimerIsRestoredDoesNotFire() {
        long jobid = jobs.schedule("@every 1 hour", "SELECT 1");
        jobs.alter(jobid, "active = false");
        long gone = jobs.schedule("@every 1 hour", "SELECT 1");
        jobs.unschedule(gone);
        crash();
        recover();
        // As a restoration leaves it that began before these changes were committed.
        database.owner()
                .sql("INSERT INTO cron_engine.due VALUES (?, now()), (?, now())")
                .param(jobid)
                .param(gone)
                .update();

        clock.tick(jobs.now());

        assertThat(jobs.runsOf(jobid)).isEmpty();
        assertThat(jobs.value("SELECT count(*) FROM cron_engine.due WHERE jobid IN (%s, %s)".formatted(jobid, gone)))
                .isEqualTo("0");
    }

    @Test
    void aRunInAnotherDatabaseDoesNotComeHomeWithAnotherJob() {
        long jobid = jobs.schedule("@every 1 hour", "SELECT 1");
        long runid = fire(jobid);
        database.owner()
                .sql("UPDATE cron.job_run_details SET database = 'postgres' WHERE runid = ?")
                .param(runid)
                .update();

        crash();
        recover();

        assertThat(queued(runid, "(top_level, database)")).isEqualTo("(t,postgres)");
        database.owner().sql("SELECT cron.cancel(?)").param(runid).query().singleRow();
    }

    @Test
    void theTimeThatTheServerWasDownIsNotTheRuns() {
        long jobid = jobs.create("SELECT 1");
        jobs.set(jobid, "timeout = '1 min'");
        long runid = jobs.start(jobid);
        clock.tick(jobs.now());
        lose(runid);

        clock.restoreWorkingSet(jobs.now());
        clock.sweep(jobs.now().plusMinutes(10));

        assertThat(jobs.find(runid).status()).isEqualTo("queued");
    }

    @Test
    void onlyWhatMayNotHaveEndedIsRead() {
        long runid = jobs.start(jobs.create("SELECT 1"));
        clock.tick(jobs.now());
        clock.work();
        clock.tick(jobs.now());
        database.owner().sql("SELECT cron_engine.note_recovery_point()").query().singleRow();

        assertThat(Long.parseLong(jobs.value("SELECT first_runid FROM cron_engine.recovery_point")))
                .isGreaterThanOrEqualTo(runid);
        long next = jobs.start(jobs.create("SELECT 1"));
        database.owner().sql("SELECT cron_engine.note_recovery_point()").query().singleRow();
        assertThat(jobs.value("SELECT first_runid FROM cron_engine.recovery_point"))
                .isEqualTo(Long.toString(next));
    }
}
