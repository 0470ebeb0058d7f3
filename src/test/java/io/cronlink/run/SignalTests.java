package io.cronlink.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cronlink.database.CronlinkDatabase;
import io.cronlink.database.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How others hear of runs, and a run of itself. */
@Tag("engine")
@CronlinkDatabase
class SignalTests {

    private static final OffsetDateTime NOON = OffsetDateTime.of(2031, 5, 5, 12, 0, 0, 0, ZoneOffset.UTC);

    private final TestDatabase database;
    private final TestJobs jobs;
    private final TestClock clock;

    SignalTests(TestDatabase database) {
        this.database = database;
        this.jobs = new TestJobs(database);
        this.clock = new TestClock(database);
    }

    @AfterEach
    void stop() {
        clock.close();
        database.stopDaemons();
        database.owner().sql("DELETE FROM cron.job").update();
        database.owner().sql("DELETE FROM cron_engine.ended_run").update();
    }

    /** Listens from now on. */
    private final class Listener implements AutoCloseable {
        private final Connection connection;
        private final List<String> payloads = new ArrayList<>();
        private final List<String> signals = new ArrayList<>();

        Listener() throws SQLException {
            connection = database.connect(database.ownerName());
            try (Statement statement = connection.createStatement()) {
                statement.execute("LISTEN cron_run");
            }
        }

        /** All so far, as {@code runid jobid status}. */
        List<String> signals() throws SQLException {
            PGNotification[] received = connection.unwrap(PGConnection.class).getNotifications(20);
            for (PGNotification notification : received == null ? new PGNotification[0] : received) {
                payloads.add(notification.getParameter());
                for (JsonNode run : JsonMapper.shared().readTree(notification.getParameter())) {
                    signals.add("%s %s %s"
                            .formatted(
                                    run.path("runid"),
                                    run.path("jobid"),
                                    run.path("status").asString()));
                }
            }
            return signals;
        }

        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }

    @Test
    void tellsOfStartsAndEnds() throws SQLException {
        database.startDaemon();
        try (Listener listener = new Listener();
                TestLock lock = new TestLock(database)) {
            long good = jobs.create(lock.command());
            long bad = jobs.create("SELECT 1 / 0");
            long goodRun = jobs.start(good);
            await().until(() -> listener.signals().contains("%d %d running".formatted(goodRun, good)));
            long badRun = jobs.start(bad);
            lock.open();

            await().until(() -> listener.signals().contains("%d %d succeeded".formatted(goodRun, good)));
            await().until(() -> listener.signals().contains("%d %d failed".formatted(badRun, bad)));
        }
    }

    @Test
    void tellsOfRunsThatEndedWithoutAStart() throws SQLException {
        try (Listener listener = new Listener()) {
            long jobid = jobs.create("SELECT 1");
            long canceled = jobs.start(jobid);
            database.owner()
                    .sql("SELECT cron.cancel(?)")
                    .param(canceled)
                    .query()
                    .singleRow();

            clock.tick(jobs.now());

            await().until(() -> listener.signals().contains("%d %d failed".formatted(canceled, jobid)));
        }
    }

    @Test
    void tellsOfManyAtOnceInFewNotifications() throws SQLException {
        try (Listener listener = new Listener()) {
            database.owner()
                    .sql("SELECT setval('cron.runid_seq', 9000000000000000000)")
                    .query()
                    .singleRow();
            database.owner()
                    .sql("SELECT setval('cron.jobid_seq', 9000000000000000000)")
                    .query()
                    .singleRow();
            List<Long> runs = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                runs.add(jobs.start(jobs.create("SELECT 1")));
            }
            clock.tick(jobs.now());
            clock.work();
            clock.tick(jobs.now());

            await().until(() -> listener.signals().size() >= 200);

            assertThat(listener.signals).hasSize(200).allMatch(signal -> signal.endsWith(" succeeded"));
            assertThat(listener.payloads).hasSize(3);
            assertThat(listener.payloads).allMatch(payload -> payload.getBytes(StandardCharsets.UTF_8).length < 8_000);
            assertThat(listener.signals.stream().map(signal -> Long.valueOf(signal.split(" ")[0])))
                    .containsExactlyInAnyOrderElementsOf(runs);
        } finally {
            database.owner()
                    .sql("SELECT setval('cron.runid_seq', 1000000)")
                    .query()
                    .singleRow();
            database.owner()
                    .sql("SELECT setval('cron.jobid_seq', 1000000)")
                    .query()
                    .singleRow();
        }
    }

    private long hourly(String command, boolean transactional) {
        long jobid = jobs.schedule("0 * * * *", command);
        jobs.set(jobid, "transactional = " + transactional + ", max_attempts = 2, retry_delay = '0'");
        clock.startTimer(jobid, NOON.minusMinutes(30));
        return jobid;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRunKnowsItself(boolean transactional) {
        long jobid = hourly("""
                SELECT concat_ws('|', current_setting('cronlink.jobid'), current_setting('cronlink.runid'),
                                 current_setting('cronlink.attempt'),
                                 current_setting('cronlink.scheduled_time')::timestamptz AT TIME ZONE 'GMT',
                                 current_setting('application_name'))
                """, transactional);
        clock.tick(NOON);
        clock.work();

        RecordedRun run = jobs.runsOf(jobid).get(0);

        assertThat(run.result())
                .isEqualTo(
                        "%d|%d|1|2031-05-05 12:00:00|cronlink: %s",
                        jobid, run.runid(), jobs.value("SELECT jobname FROM cron.job WHERE jobid = " + jobid));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRunKnowsItsAttempt(boolean transactional) {
        long jobid = hourly(
                "SELECT current_setting('cronlink.attempt') FROM generate_series(1, 1) WHERE 1 / (current_setting('cronlink.attempt')::integer - 1) = 1",
                transactional);
        clock.tick(NOON);
        for (int i = 0; i < 2; i++) {
            clock.work();
            clock.tick(NOON.plusSeconds(1 + i));
        }

        assertThat(jobs.runsOf(jobid)).extracting(RecordedRun::status).containsExactly("failed", "succeeded");
        assertThat(jobs.runsOf(jobid).get(1).result()).isEqualTo("2");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theSessionOfARunIsNamedAfterItsJob(boolean transactional) {
        try (TestLock lock = new TestLock(database)) {
            long jobid = hourly(lock.command(), transactional);
            database.owner()
                    .sql("UPDATE cron.job SET jobname = 'nightly \"rollup\"' WHERE jobid = ?")
                    .param(jobid)
                    .update();
            clock.tick(NOON);
            TestClock.Worker worker = clock.startWork();

            await().until(() -> jobs.value("""
                            SELECT count(*) FROM pg_stat_activity
                            WHERE application_name = 'cronlink: nightly "rollup"' AND wait_event = 'advisory'
                            """).equals("1"));

            lock.open();
            worker.join();
        }
    }
}
