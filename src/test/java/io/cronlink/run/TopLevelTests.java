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
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs at top level that one worker executes in a row have a connection in common, and nothing else. Without a daemon. */
@Tag("engine")
@CronlinkDatabase
class TopLevelTests {

    private static final String PID = "SELECT pg_backend_pid()";

    private final TestDatabase database;
    private final TestJobs jobs;
    private final TestClock clock;
    private final String role;

    TopLevelTests(TestDatabase database) {
        this.database = database;
        this.jobs = new TestJobs(database);
        this.clock = new TestClock(database);
        this.role = database.createJobUser("top");
    }

    @AfterEach
    void stop() {
        clock.close();
    }

    private long start(String command, boolean topLevel) {
        long jobid = jobs.create(role, command);
        jobs.set(jobid, "transactional = " + !topLevel);
        return jobs.start(jobid);
    }

    /** The results of commands at top level, one after the other by the same worker. */
    private List<String> results(String... commands) {
        List<Long> runs =
                Stream.of(commands).map(command -> start(command, true)).toList();
        clock.tick(jobs.now());
        clock.startWork(role).join();
        List<String> results = new ArrayList<>();
        for (long runid : runs) {
            RecordedRun run = jobs.ended(runid);
            assertThat(run.status()).as(run.returnMessage()).isEqualTo("succeeded");
            results.add(run.result());
        }
        return results;
    }

    @Test
    void shareTheirConnectionAndNothingInIt() {
        String seen = """
                SELECT concat_ws(' ', pg_backend_pid(), current_user, current_setting('work_mem'), to_regclass('pg_temp.left_over'),
                    (SELECT count(*) FROM pg_prepared_statements), (SELECT count(*) FROM pg_cursors WHERE name = 'left_over'),
                    (SELECT count(*) FROM pg_locks WHERE pid = pg_backend_pid() AND locktype = 'advisory'),
                    (SELECT count(*) FROM pg_listening_channels()), public.dblink_get_connections(),
                    current_setting('client_encoding'), current_setting('transaction_isolation'))
                """;

        List<String> results = results(seen, """
                CREATE TEMP TABLE left_over (); PREPARE left_over AS SELECT 1; LISTEN left_over; SET work_mem = '77MB';
                SET client_encoding = 'LATIN1'; SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL SERIALIZABLE;
                DECLARE left_over CURSOR WITH HOLD FOR SELECT 1; SELECT pg_advisory_lock(4711), public.dblink_connect('mine', %s); %s""".formatted(itself(), PID), seen);

        assertThat(results.get(2)).isEqualTo(results.get(0)).startsWith(results.get(1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SET work_mem = '99MB'                                    | current_setting('work_mem')
            SET search_path = pg_temp                                | current_setting('search_path')
            SET my.setting = 'left behind'                           | nullif(current_setting('my.setting', true), '')
            PREPARE left_behind AS SELECT 1                          | (SELECT count(*) FROM pg_prepared_statements WHERE name = 'left_behind')
            CREATE TEMP TABLE left_behind (a int)                    | to_regclass('pg_temp.left_behind')
            SELECT pg_advisory_lock(4712)                            | (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = 4712)
            LISTEN left_behind                                       | (SELECT count(*) FROM pg_listening_channels())
            SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY     | current_setting('transaction_read_only')
            SELECT setseed(0.5)                                      | random() = (SELECT random() FROM setseed(0.5))
            BEGIN                                                    | pg_current_xact_id_if_assigned()
            SELECT 1                                                 | current_setting('cronlink.attempt')
            """)
    void leaveNothingForTheNext(String command, String probe) {
        String query = "SELECT " + probe;

        List<String> results = results(query, command, query);

        assertThat(results.get(2)).isEqualTo(results.get(0));
    }

    /** Not even if whoever comes first has set what they are to be. */
    @Test
    void seeARandomNumberEach() {
        List<String> results = results(
                "SELECT setseed(0.5); SELECT random()",
                "SELECT random()",
                "SELECT setseed(0.5); SELECT random(); SELECT random()");

        assertThat(results.get(1)).isNotEqualTo(results.get(2));
    }

    @Test
    void areEachToldWhichTheyAre() {
        String told =
                "SELECT concat_ws(' ', current_setting('cronlink.runid'), current_setting('cronlink.jobid'), current_setting('application_name'))";
        long first = start(told, true);
        long second = start(told, true);
        clock.tick(jobs.now());
        clock.startWork(role).join();

        for (long runid : List.of(first, second)) {
            RecordedRun run = jobs.ended(runid);
            assertThat(run.result()).isEqualTo("%1$s %2$s cronlink: %2$s".formatted(runid, run.jobid()));
        }
    }

    /** Where a new session would begin with something else, or the one that is there did not come to its end. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER ROLE CURRENT_USER SET work_mem = '77MB'; " + PID,
                // Nobody would see that it is still there.
                "BEGIN; CREATE TABLE public.never (); " + PID,
            })
    void getAnotherConnection(String command) {
        database.superuser().sql("GRANT CREATE ON SCHEMA public TO PUBLIC").update();

        List<String> results = results(
                command,
                "SELECT concat_ws(' ', pg_backend_pid(), current_setting('work_mem'), to_regclass('public.never'))");

        assertThat(results.get(1))
                .doesNotStartWith(results.get(0))
                .endsWith(command.startsWith("ALTER") ? " 77MB" : " 4MB");
    }

    @Test
    void leaveItToNoCommandInATransaction() {
        long first = start(PID, true);
        long second = start("SELECT public.dblink_get_connections()::text", false);
        long third = start(PID, true);
        clock.tick(jobs.now());
        TestClock.Worker worker = clock.startWork(role);
        worker.join();

        assertThat(jobs.ended(second).jobPid()).isEqualTo(worker.pid());
        assertThat(jobs.ended(second).status()).isEqualTo("succeeded");
        assertThat(jobs.ended(second).result()).isNull();
        assertThat(jobs.ended(third).result()).isNotEqualTo(jobs.ended(first).result());
    }

    @Test
    void getAnotherConnectionWhenItIsLostBetweenTwoRuns() throws SQLException {
        try (TestLock lock = new TestLock(database);
                Connection holder = database.connect(database.ownerName());
                Statement end = holder.createStatement()) {
            long first = start(lock.command() + "; " + PID, true);
            long second = start(PID, true);
            clock.tick(jobs.now());
            TestClock.Worker worker = clock.startWork(role);
            jobs.running(first);
            holder.setAutoCommit(false);
            // Its record waits for this, when the connection is there already for the next run.
            end.execute("SELECT FROM cron_engine.queue WHERE runid = " + first + " FOR KEY SHARE");
            lock.open();
            await().until(() -> !idle().isEmpty());
            int pid = idle().get(0);
            database.superuser()
                    .sql("SELECT pg_terminate_backend(?)")
                    .param(pid)
                    .query()
                    .singleRow();
            await().until(() -> idle().isEmpty());
            holder.rollback();
            worker.join();

            assertThat(jobs.ended(first).result()).isEqualTo(String.valueOf(pid));
            assertThat(jobs.ended(second).status()).isEqualTo("succeeded");
            assertThat(jobs.ended(second).result()).isNotEqualTo(String.valueOf(pid));
        }
    }

    /** As an idle worker is to hold no place that it does not need. */
    @Test
    void closeItWithTheLastOfThem() throws SQLException {
        long runid = start(PID, true);
        clock.tick(jobs.now());
        try (Connection worker = database.connect(role);
                Statement work = worker.createStatement()) {
            work.execute("CALL cron_engine.work('10 s')");

            assertThat(jobs.ended(runid).status()).isEqualTo("succeeded");
            await().until(() -> idle().isEmpty());
        }
    }

    /** The sessions of the role that have ended a run. */
    private List<Integer> idle() {
        return database.superuser()
                .sql("SELECT pid FROM pg_stat_activity WHERE usename = ? AND state = 'idle' AND query = 'DISCARD ALL'")
                .param(role)
                .query(Integer.class)
                .list();
    }

    private String itself() {
        return literal("host=localhost port=%s dbname=%s user=%s password=%s"
                .formatted(
                        jobs.value("SELECT current_setting('port')"),
                        TenantTests.option(database.name()),
                        TenantTests.option(role),
                        TenantTests.option(database.password(role))));
    }
}
