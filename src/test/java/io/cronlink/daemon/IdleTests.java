package io.cronlink.daemon;

import static io.cronlink.database.TestDatabase.identifier;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cronlink.database.CronlinkDatabase;
import io.cronlink.database.TestDatabase;
import io.cronlink.run.TestJobs;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** G8: where nothing is due, nothing is written, and nothing is held. */
@Tag("engine")
@CronlinkDatabase
class IdleTests {

    private final TestDatabase database;
    private final TestJobs jobs;

    IdleTests(TestDatabase database) {
        this.database = database;
        this.jobs = new TestJobs(database);
    }

    @BeforeAll
    static void scheduleForLater(TestDatabase database) {
        database.owner()
                .sql(
                        "SELECT count(cron.schedule('later ' || i, '0 0 29 2 *', 'SELECT 1')) FROM generate_series(1, 1000) AS i")
                .query(Long.class)
                .single();
    }

    @Test
    void writesNotOneRow() throws SQLException {
        // Statistics come a moment after what they count.
        await().until(() -> writes().contains("cron.job: 1000") && writes().contains("cron_engine.timer: 1000"));
        String before = writes();

        try (Connection connection = database.connect(database.ownerName());
                Statement daemon = connection.createStatement()) {
            daemon.execute("CALL cron_engine.run_daemon('10 s')");
        }

        // A session's statistics are written before it is gone.
        await().until(() -> sessions().equals("0"));
        assertThat(writes()).isEqualTo(before);
    }

    @Test
    void needsNoTransactionId() throws SQLException {
        try (Connection connection = database.connect(database.ownerName());
                Statement daemon = connection.createStatement()) {
            // Once to lead and to settle what came before.
            daemon.execute("CALL cron_engine.run_daemon('0 s')");
            connection.setAutoCommit(false);
            daemon.execute("""
                    SELECT cron_engine.tick(clock_timestamp()), cron_engine.staff(clock_timestamp()),
                           cron_engine.mark_stops(clock_timestamp()), cron_engine.sweep(clock_timestamp())
                    """);
            var rows = daemon.executeQuery("SELECT pg_current_xact_id_if_assigned() IS NULL");
            rows.next();
            assertThat(rows.getBoolean(1)).isTrue();
        }
    }

    /** As while paused: what is due is not fired, and it would be no use to look for it all the time. */
    @Test
    void doesNotSpinBehindWhatStaysDue() {
        assertThat(jobs.value(
                        "SELECT cron_engine.sleep_time(timestamptz '2100-01-01 00:00', 0.2, 0) BETWEEN 0.19 AND 0.2"))
                .isEqualTo("true");
    }

    /** What waits for a run's end is looked for less often than what gets on. */
    @Test
    void doesNotSpinBehindWhatHasNoWorker() {
        long runid = jobs.start(jobs.create("SELECT 1"));
        String worker = "('busy', CURRENT_USER, 0, 1, 'infinity', true, now(), now() - interval '1 h')";
        for (String statement : new String[] {
            "SELECT cron_engine.tick(clock_timestamp())",
            "UPDATE cron.settings SET max_running_jobs = 1",
            "INSERT INTO cron_engine.worker (name, login, pid, seat, start_at, busy, opened_at, since) VALUES "
                    + worker,
        }) {
            execute(statement);
        }
        try {
            assertThat(jobs.value("SELECT cron_engine.staff(clock_timestamp())"))
                    .isEqualTo("-1");
            assertThat(jobs.find(runid).status()).isEqualTo("queued");
        } finally {
            execute("DELETE FROM cron_engine.worker");
            execute("UPDATE cron.settings SET max_running_jobs = 32");
            execute("SELECT cron.cancel(" + runid + ")");
        }
    }

    /** The sooner, the nearer a run is to its limit; one that has none, or none any more, is no reason. */
    @Test
    void looksAfterEverythingTwiceASecond() throws SQLException {
        String role = identifier(database.ownerName());
        database.superuser()
                .sql("ALTER ROLE " + role + " SET track_functions = 'pl'")
                .update();
        String sweeps = "SELECT coalesce(sum(calls), 0) FROM pg_stat_user_functions WHERE funcname = 'sweep'";
        try (Connection connection = database.connect(database.ownerName());
                Statement daemon = connection.createStatement()) {
            daemon.execute("CALL cron_engine.run_daemon('5 s')");
        } finally {
            database.superuser()
                    .sql("ALTER ROLE " + role + " RESET track_functions")
                    .update();
        }

        await().until(() -> !jobs.value(sweeps).equals("0"));
        assertThat(Integer.parseInt(jobs.value(sweeps))).isBetween(1, 12);
        long runid = jobs.start(jobs.create("SELECT 1"));
        execute("UPDATE cron_engine.queue SET pid = 1, started_at = now() - interval '2 days' WHERE runid = " + runid);
        assertThat(jobs.value("SELECT cron_engine.next_stop()")).isEmpty();
        execute("DELETE FROM cron_engine.queue");
    }

    private void execute(String sql) {
        if (sql.startsWith("SELECT")) {
            database.owner().sql(sql).query().listOfRows();
        } else {
            database.owner().sql(sql).update();
        }
    }

    /** Each look at a table that was long would read it to its end, for ever. */
    @Test
    void makesShortAgainWhatWasLong() throws SQLException {
        try (TestDatabase once = TestDatabase.create();
                Connection connection = once.connect(once.ownerName());
                Statement daemon = connection.createStatement()) {
            TestJobs there = new TestJobs(once);
            daemon.execute("INSERT INTO cron_engine.plain_end (runid, jobid, status)"
                    + " SELECT i, i, 'succeeded' FROM generate_series(1, 20000) AS i");
            daemon.execute("DELETE FROM cron_engine.plain_end");
            assertThat(there.value("SELECT pg_relation_size('cron_engine.plain_end') > 524288"))
                    .isEqualTo("true");

            daemon.execute("SELECT cron_engine.vacuum_working_set(50, true)");

            await().until(() -> there.value("SELECT pg_relation_size('cron_engine.plain_end')")
                    .equals("0"));
        }
    }

    /** The longer nothing happens the less often it looks; never so seldom that a cancel would come late. */
    @Test
    void looksLessOftenTheLongerNothingHappens() {
        assertThat(jobs.value("""
                WITH RECURSIVE poll (n, seconds) AS (
                    SELECT 1, cron_engine.next_poll(0.4, 1)
                    UNION ALL
                    SELECT n + 1, cron_engine.next_poll(seconds, 0) FROM poll WHERE n < 200
                )
                SELECT concat_ws(' ', min(seconds), max(seconds), min(n) FILTER (WHERE seconds >= 0.2), count(*) FILTER (WHERE seconds < 0.4) > 40)
                  FROM poll
                """)).isEqualTo("0.002 0.4 13 t");
    }

    @Test
    void holdsNoOldSnapshot() throws Exception {
        database.startDaemon();
        await().until(() -> !sessions().equals("0"));

        String horizon = jobs.value("SELECT pg_current_xact_id()");

        // What began before this moment is over soon: nothing keeps VACUUM from its work.
        await().until(() -> jobs.value("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                        + " AND age(backend_xmin) > age('" + horizon + "'::xid)")
                .equals("0"));
        database.stopDaemons();
    }

    private String sessions() {
        return jobs.value("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'cronlink daemon'"
                + " AND datname = current_database()");
    }

    private String writes() {
        return jobs.value("""
                SELECT string_agg(format('%s: %s', relid::regclass, n_tup_ins + n_tup_upd + n_tup_del), ', ' ORDER BY relid)
                FROM pg_stat_all_tables
                WHERE schemaname IN ('cron', 'cron_engine')
                      -- That it leads is written down, once.
                      AND relname <> 'leader'
                """);
    }
}
