package io.cronlink.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cronlink.database.CronlinkDatabase;
import io.cronlink.database.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A cancel that comes too late for its run harms no other. Without a daemon: the test sends what the daemon would have sent. */
@Tag("engine")
@CronlinkDatabase
class LateCancelTests {

    private final TestDatabase database;
    private final TestJobs jobs;
    private final TestClock clock;

    LateCancelTests(TestDatabase database) {
        this.database = database;
        this.jobs = new TestJobs(database);
        this.clock = new TestClock(database);
    }

    @AfterEach
    void stop() {
        clock.close();
    }

    private void cancelBackend(int pid) {
        database.owner().sql("SELECT pg_cancel_backend(?)").param(pid).query().singleRow();
    }

    /** A run that ends although it is marked to be stopped; its worker goes on to what else is queued. */
    private TestClock.Worker endOneThatIsMarked(TestLock lock, Runnable next) {
        long runid = jobs.start(jobs.create(lock.command()));
        clock.tick(jobs.now());
        TestClock.Worker worker = clock.startWork();
        jobs.running(runid);
        next.run();
        clock.tick(jobs.now());
        database.owner().sql("SELECT cron.cancel(?)").param(runid).query().singleRow();
        clock.markStops(jobs.now());
        lock.open();
        assertThat(jobs.ended(runid).status()).isEqualTo("succeeded");
        return worker;
    }

    @Test
    void runsTheNextOneAgainWhenItIsHit() {
        try (TestLock first = new TestLock(database);
                TestLock second = new TestLock(database)) {
            database.owner().sql("CREATE TABLE app.effects (a integer)").update();
            long jobid = jobs.create("INSERT INTO app.effects VALUES (1); " + second.command());
            TestClock.Worker worker = endOneThatIsMarked(first, () -> jobs.start(jobid));
            RecordedRun next = jobs.runsOf(jobid).get(0);
            jobs.running(next.runid());
            awaitWaiting(worker);

            cancelBackend(worker.pid());
            await().until(() -> claims(next.runid()).equals("2"));
            second.open();

            assertThat(jobs.ended(next.runid()).status()).isEqualTo("succeeded");
            worker.join();
            assertThat(jobs.value("SELECT count(*) FROM app.effects")).isEqualTo("1");
        }
    }

    @Test
    void runsALaterOneAgainWhenItIsHit() {
        try (TestLock first = new TestLock(database);
                TestLock second = new TestLock(database)) {
            long later = jobs.create(second.command());
            TestClock.Worker worker = endOneThatIsMarked(first, () -> {
                jobs.start(jobs.create("SELECT 1"));
                jobs.start(jobs.create("SELECT 2"));
                jobs.start(later);
            });
            long runid = jobs.runsOf(later).get(0).runid();
            jobs.running(runid);
            awaitWaiting(worker);

            cancelBackend(worker.pid());
            await().until(() -> claims(runid).equals("2"));
            second.open();

            assertThat(jobs.ended(runid).status()).isEqualTo("succeeded");
            worker.join();
        }
    }

    @Test
    void runsNothingAgainThatWasStoppedAtTopLevel() {
        database.owner().sql("CREATE TABLE app.kept (a integer)").update();
        try (TestLock lock = new TestLock(database)) {
            // It keeps what it has done, and then is stopped by its own timeout.
            long jobid = jobs.create("DO $$BEGIN INSERT INTO app.kept VALUES (1); COMMIT; "
                    + "RAISE EXCEPTION USING ERRCODE = '57014'; END$$");
            TestClock.Worker worker = endOneThatIsMarked(lock, () -> jobs.start(jobid));

            RecordedRun run = jobs.ended(jobs.runsOf(jobid).get(0).runid());

            assertThat(run.sqlstate()).isEqualTo("57014");
            worker.join();
            assertThat(jobs.value("SELECT count(*) FROM app.kept")).isEqualTo("1");
        }
    }

    @Test
    void letsARunThatIsCancelledFromOutsideFail() {
        try (TestLock lock = new TestLock(database)) {
            long runid = jobs.start(jobs.create(lock.command()));
            clock.tick(jobs.now());
            TestClock.Worker worker = clock.startWork();
            awaitWaiting(worker);

            cancelBackend(worker.pid());

            RecordedRun run = jobs.ended(runid);
            assertThat(run.returnMessage()).isEqualTo("ERROR:  canceling statement due to user request");
            assertThat(run.sqlstate()).isEqualTo("57014");
            worker.join();
        }
    }

    @Test
    void endsACommandThatCancelsItselfAllTheSame() {
        try (TestLock lock = new TestLock(database)) {
            long jobid = jobs.create("SELECT pg_cancel_backend(pg_backend_pid())");
            TestClock.Worker worker = endOneThatIsMarked(lock, () -> jobs.start(jobid));

            RecordedRun run = jobs.ended(jobs.runsOf(jobid).get(0).runid());

            assertThat(run.sqlstate()).isEqualTo("57014");
            worker.join();
        }
    }

    private String claims(long runid) {
        return jobs.value("SELECT claims FROM cron_engine.queue WHERE runid = " + runid);
    }

    private void awaitWaiting(TestClock.Worker worker) {
        await().until(() -> jobs.value("SELECT count(*) FROM pg_locks WHERE NOT granted AND pid = " + worker.pid())
                .equals("1"));
    }
}
