package io.cronlink.run;

import static io.cronlink.database.TestDatabase.literal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cronlink.database.CronlinkDatabase;
import io.cronlink.database.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A lower max_running_jobs holds for the workers that are there already. */
@Tag("engine")
@CronlinkDatabase
class RunningLimitTests {

    private final TestDatabase database;
    private final TestJobs jobs;

    RunningLimitTests(TestDatabase database) {
        this.database = database;
        this.jobs = new TestJobs(database);
    }

    @AfterEach
    void clear() {
        database.stopDaemons();
        database.owner()
                .sql(
                        "UPDATE cron.settings SET max_running_jobs = DEFAULT, max_running_jobs_per_role = DEFAULT, reserved_running_jobs = DEFAULT")
                .update();
        database.owner().sql("DELETE FROM cron.job").update();
    }

    private void limit(int runs) {
        database.owner()
                .sql("UPDATE cron.settings SET max_running_jobs = ?")
                .param(runs)
                .update();
    }

    private long start(String command) {
        return jobs.start(jobs.create(command));
    }

    @Test
    void closesIdleWorkersAboveIt() {
        database.startDaemon();
        try (TestLock lock = new TestLock(database)) {
            List<Long> runs = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                runs.add(start(lock.command()));
            }
            runs.forEach(jobs::running);
            limit(2);
            lock.open();
            runs.forEach(jobs::ended);
        }

        await().until(() ->
                jobs.value("SELECT count(*) FROM cron_engine.worker").equals("2"));
        assertThat(jobs.ended(start("SELECT 1")).status()).isEqualTo("succeeded");
    }

    @Test
    void startsNothingUntilFewerRun() {
        database.startDaemon();
        List<TestLock> locks = new ArrayList<>();
        try {
            List<Long> runs = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                locks.add(new TestLock(database));
                runs.add(start(locks.get(i).command()));
            }
            runs.forEach(jobs::running);
            // A worker is warm and idle, or two: one more may have been connected than was needed.
            locks.get(3).open();
            jobs.ended(runs.get(3));
            await().until(() -> jobs.value("SELECT count(*) > 0 FROM cron_engine.worker WHERE NOT busy")
                    .equals("true"));
            // A worker below the limit may take a second run within its first second.
            await().until(() -> jobs.value(
                            "SELECT bool_and(since < clock_timestamp() - interval '1 s') FROM cron_engine.worker WHERE busy")
                    .equals("true"));
            limit(2);

            long next = start("SELECT 1");
            locks.get(0).open();
            jobs.ended(runs.get(0));
            locks.get(1).open();

            RecordedRun second = jobs.ended(runs.get(1));
            assertThat(jobs.ended(next).startTime()).isAfterOrEqualTo(second.endTime());
            locks.get(2).open();
            jobs.ended(runs.get(2));
        } finally {
            locks.forEach(TestLock::close);
        }
    }

    /** Those that are busy stop at once to take the next. */
    @Test
    void aWorkerAboveItTakesNoMoreRuns() throws SQLException {
        TestClock clock = new TestClock(database);
        long run = start("SELECT 1");
        clock.tick(jobs.now());
        limit(2);

        try (Connection session = database.connect(database.ownerName());
                Statement statement = session.createStatement()) {
            statement.execute("CALL cron_engine.work('1 s', 3)");
            assertThat(jobs.find(run).status()).isEqualTo("queued");
            statement.execute("CALL cron_engine.work('1 s', 2)");
            assertThat(jobs.find(run).status()).isEqualTo("succeeded");
        }
        clock.close();
    }

    @Test
    void aRoleTakesNoMoreThanItsShare() {
        String greedy = database.createJobUser("greedy");
        database.owner()
                .sql("UPDATE cron.settings SET max_running_jobs_per_role = 2")
                .update();
        database.startDaemon();
        List<Long> runs = sleepers(greedy, 3);

        await().until(() -> runningOf(greedy) == 2);
        assertThat(jobs.ended(start("SELECT 1")).status()).isEqualTo("succeeded");
        assertThat(runningOf(greedy)).isEqualTo(2);
        runs.forEach(jobs::cancel);
    }

    @Test
    void aRoleOfWhichNothingRunsFindsAPlace() {
        String greedy = database.createJobUser("greedy");
        String modest = database.createJobUser("modest");
        limit(8);
        database.startDaemon();
        List<Long> runs = sleepers(greedy, 9);

        // Two are kept, as others have nothing that runs: the owner and the other role, whom they serve.
        await().until(() -> runningOf(greedy) == 6);
        assertThat(jobs.ended(start("SELECT 1")).status()).isEqualTo("succeeded");
        assertThat(jobs.run(modest, "SELECT 1").status()).isEqualTo("succeeded");
        List<Long> others = sleepers(modest, 2);
        await().until(() -> runningOf(modest) == 1);
        assertThat(jobs.ended(start("SELECT 1")).status()).isEqualTo("succeeded");
        assertThat(runningOf(greedy)).isEqualTo(6);
        assertThat(runningOf(modest)).isEqualTo(1);
        runs.forEach(jobs::cancel);
        others.forEach(jobs::cancel);
    }

    @Test
    void whoIsAloneMayHaveAllPlaces() {
        for (String login : database.owner()
                .sql("SELECT username FROM cron_engine.login")
                .query(String.class)
                .list()) {
            if (!login.equals(database.ownerName())) {
                database.owner()
                        .sql("SELECT cron.drop_login(?)")
                        .param(login)
                        .query()
                        .singleRow();
            }
        }
        limit(8);
        database.startDaemon();
        List<Long> runs = sleepers(database.ownerName(), 9);

        await().until(() -> runningOf(database.ownerName()) == 8);
        runs.forEach(jobs::cancel);
    }

    private List<Long> sleepers(String role, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> jobs.start(jobs.create(role, "SELECT pg_sleep(600)")))
                .toList();
    }

    private int runningOf(String role) {
        return Integer.parseInt(jobs.value(
                "SELECT count(*) FROM cron_engine.queue WHERE pid IS NOT NULL AND username = " + literal(role)));
    }
}
