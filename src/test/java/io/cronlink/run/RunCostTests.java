package io.cronlink.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cronlink.database.CronlinkDatabase;
import io.cronlink.database.TestDatabase;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("engine")
@CronlinkDatabase
class RunCostTests {

    private final TestDatabase database;
    private final TestJobs jobs;

    RunCostTests(TestDatabase database) {
        this.database = database;
        this.jobs = new TestJobs(database);
        execute("CREATE SCHEMA IF NOT EXISTS app");
        database.startDaemon();
    }

    @AfterEach
    void clear() {
        jobs.clear();
        execute("UPDATE cron.settings SET measure_runs = 'sample'");
        execute("DROP TABLE IF EXISTS app.filled");
    }

    private void execute(String sql) {
        database.owner().sql(sql).update();
    }

    record Cost(
            @Nullable Long wal,
            @Nullable Long read,
            @Nullable Long temp) {}

    private Cost cost(long runid) {
        jobs.ended(runid);
        return database.owner()
                .sql(
                        "SELECT wal_bytes AS wal, read_bytes AS read, temp_bytes AS temp FROM cron.job_run_details WHERE runid = ?")
                .param(runid)
                .query(Cost.class)
                .single();
    }

    @Test
    void isWhatTheRunWroteAndRead() {
        execute("UPDATE cron.settings SET measure_runs = 'all'");
        execute("CREATE TABLE app.filled (text text)");

        Cost filling = cost(jobs.start(
                jobs.create("INSERT INTO app.filled SELECT repeat('x', 100) FROM generate_series(1, 10000)")));
        Cost sorting = cost(jobs.start(
                jobs.create("SELECT count(DISTINCT n) FROM (SELECT random() AS n FROM generate_series(1, 300000)) s")));
        Cost idle = cost(jobs.start(jobs.create("SELECT 1")));

        assertThat(filling.wal()).isBetween(1_000_000L, 8_000_000L);
        assertThat(sorting.temp()).isGreaterThan(2_000_000L);
        assertThat(sorting.read()).isGreaterThan(2_000_000L);
        assertThat(idle).isEqualTo(new Cost(0L, 0L, 0L));
    }

    /** To measure a command is no other way to run it. */
    @Test
    void changesNothingOfTheOutcome() {
        List<String> commands = List.of(
                "SELECT 'first' UNION ALL SELECT 'second'",
                "SELECT 1/0",
                "CREATE TABLE app.filled AS SELECT 1 AS n",
                "DO $do$ BEGIN RAISE EXCEPTION 'said' USING DETAIL = 'more', HINT = 'that', ERRCODE = 'P0042'; END $do$",
                "SELECT no_such_function()",
                "SELECT 1; SELECT repeat('long', 5000); UPDATE cron.job SET command = command WHERE false",
                "SELECT $t$a \"quoted\" (text), with \\ and ,$t$",
                "SELECT NULL",
                "SELECT ''",
                "VACUUM public.nothing",
                "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE",
                "DECLARE c CURSOR FOR SELECT 1; CLOSE ALL",
                "SELECT set_config('cronlink.outcome', 'forged', false), set_config('cronlink.measured', 'off', false)");
        for (String command : commands) {
            execute("UPDATE cron.settings SET measure_runs = 'none'");
            RecordedRun plain = jobs.run(command);
            execute("DROP TABLE IF EXISTS app.filled");
            execute("UPDATE cron.settings SET measure_runs = 'all'");
            RecordedRun measured = jobs.run(command);
            execute("DROP TABLE IF EXISTS app.filled");

            assertThat(List.of(
                            measured.status(),
                            String.valueOf(measured.returnMessage()),
                            String.valueOf(measured.result()),
                            String.valueOf(measured.sqlstate())))
                    .as(command)
                    .containsExactly(
                            plain.status(),
                            String.valueOf(plain.returnMessage()),
                            String.valueOf(plain.result()),
                            String.valueOf(plain.sqlstate()));
        }
    }

    @Test
    void isMeasuredOfJobsThatLastAndOfFewOthers() {
        long lasting = jobs.create("SELECT pg_sleep(0.2)");
        jobs.ended(jobs.start(lasting));
        assertThat(cost(jobs.start(lasting)).wal()).isEqualTo(0L);

        // The daemon finds out when they do no longer.
        jobs.alter(lasting, "command = 'SELECT 1'");
        for (int i = 0; i < 5; i++) {
            jobs.ended(jobs.start(lasting));
        }
        database.owner().sql("SELECT cron_engine.forget_lasting()").query().singleRow();
        assertThat(jobs.value("SELECT lasting FROM cron_engine.job_state WHERE jobid = " + lasting))
                .isEqualTo("false");

        long quick = jobs.create("SELECT 1");
        jobs.set(quick, "overlap = 'allow'");
        database.owner()
                .sql("SELECT cron.run_job(%d) FROM generate_series(1, 200)".formatted(quick))
                .query()
                .listOfRows();
        await().atMost(Duration.ofSeconds(30)).until(() -> jobs.value("SELECT count(*) FROM cron_engine.queue")
                .equals("0"));
        assertThat(Integer.parseInt(
                        jobs.value("SELECT count(wal_bytes) FROM cron.job_run_details WHERE jobid = " + quick)))
                .isBetween(1, 40);

        execute("UPDATE cron.settings SET measure_runs = 'none'");
        assertThat(cost(jobs.start(lasting))).isEqualTo(new Cost(null, null, null));
    }

    @Test
    void isSummedUp() {
        execute("UPDATE cron.settings SET measure_runs = 'all'");
        execute("CREATE TABLE app.filled (text text)");
        long jobid = jobs.create("INSERT INTO app.filled SELECT repeat('x', 100) FROM generate_series(1, 1000)");
        for (int i = 0; i < 3; i++) {
            jobs.ended(jobs.start(jobid));
        }

        List<String> costs = database.owner()
                .sql("SELECT code || ': ' || fact FROM cron.why(?) WHERE section = 'costs'")
                .param(jobid)
                .query(String.class)
                .list();

        assertThat(costs)
                .contains("runs: its last 3 runs in the history, of which 0 failed")
                .contains("rows: half of them returned or changed 1000 rows or less, at most 1000; together 3000")
                .anyMatch(cost -> cost.matches(
                        "wal: the 3 of them that were measured wrote to the write-ahead log \\d+ kB, half of them .*"))
                .noneMatch(cost -> cost.startsWith("not_measured"));
    }
}
