package io.cronlink.benchmark;

import io.cronlink.database.BenchmarkServer;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One of those compared. Jobs are given as pg_cron takes them; what differs is in the classes for each. */
abstract class Scheduler {

    /** What most jobs do: a row by which the job itself says when it ran. # stands for the number of the job. */
    static final String HIT = "INSERT INTO hit (job) VALUES (#)";

    static final String NOTHING = "SELECT 1";

    /** Not before half a year has passed. pgAgent cannot take a 29 February. */
    static final String NEVER = "0 0 1 %d *".formatted(LocalDate.now(ZoneOffset.UTC).plusMonths(7).getMonthValue());

    /** As many as there are tables and roles for. */
    static final int TABLES = 100;

    private final String name;
    private int added;

    Scheduler(String name) {
        this.name = name;
    }

    final String name() {
        return name;
    }

    /** Runs, without any job or history. */
    abstract void begin(BenchmarkServer server);

    abstract void end();

    /** After the last scenario on this server. */
    void close() {}

    /** Runs again with the jobs it has. */
    abstract void restart(BenchmarkServer server);

    /** As whoever may do anything to its tables. */
    abstract JdbcClient sql();

    /** Backend of the scheduler itself. */
    abstract int daemon();

    /** Backends that execute jobs. */
    abstract List<Integer> workers();

    /** Whether jobs can be due every second. */
    abstract boolean hasSeconds();

    /** Its history, as a FROM item with the columns start_time, end_time, succeeded. */
    abstract String runs();

    /** # in the command and the role stands for the number of the job, from first on. */
    abstract void insert(int first, int count, String schedule, String command, String role);

    /** The program that runs beside the server; 0: none does. */
    int program() {
        return 0;
    }

    /** More than that it loses, or takes too long to add. */
    int mostJobs() {
        return Integer.MAX_VALUE;
    }

    /** Lets these roles have jobs. */
    void admit(List<String> roles, String password) {}

    /** How many runs may be under way at once, where that is no setting of the server. */
    void limit(int runs) {}

    final boolean isCronlink() {
        return this instanceof Cronlink;
    }

    /** Adds jobs to be due by the schedule, all in one transaction. */
    final void add(int count, String schedule, String command) {
        add(count, schedule, command, BenchmarkServer.JOB_ROLE);
    }

    final void add(int count, String schedule, String command, String role) {
        insert(added + 1, count, schedule, command, role);
        added += count;
    }

    final void forgetJobs() {
        added = 0;
    }

    /** One row for each run that has ended. */
    final long ended() {
        return count("SELECT count(*) FROM " + runs() + " r WHERE end_time IS NOT NULL");
    }

    final long succeeded() {
        return count("SELECT count(*) FROM " + runs() + " r WHERE succeeded");
    }

    /** Until as many have ended, or after the first no more do: some schedulers lose runs. */
    final void awaitRuns(int runs) {
        long[] last = {-1, System.nanoTime()};
        await(Duration.ofSeconds(240), () -> {
            long ended = ended();
            if (ended != last[0]) {
                last[0] = ended;
                last[1] = System.nanoTime();
            }
            return ended >= runs || ended > 0 && System.nanoTime() - last[1] > Duration.ofSeconds(20).toNanos();
        });
    }

    final void prepareDatabase(JdbcClient superuser) {
        superuser.sql("""
                CREATE TABLE hit (
                    job       integer,
                    at        timestamptz NOT NULL DEFAULT clock_timestamp(),
                    scheduled timestamptz DEFAULT nullif(current_setting('cronlink.scheduled_time', true), '')::timestamptz
                )
                """).update();
        superuser.sql("GRANT INSERT ON hit TO PUBLIC").update();
        for (int table = 1; table <= TABLES; table++) {
            superuser.sql("CREATE TABLE tiny_" + table + " AS SELECT 1 AS a").update();
            superuser.sql("ALTER TABLE tiny_" + table + " OWNER TO " + BenchmarkServer.JOB_ROLE).update();
        }
    }

    final long count(String query) {
        return sql().sql(query).query(Long.class).single();
    }

    final double number(String query) {
        Double value = sql().sql(query).query(Double.class).optional().orElse(null);
        return value == null ? Double.NaN : value;
    }

    /** Numbers of one column. */
    final List<Double> numbers(String query) {
        return sql().sql(query).query(Double.class).list();
    }

    /** All its sessions on the server. This one, that measures, is none of them. */
    final List<Integer> sessions() {
        return sql().sql("SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
                        + " AND backend_type NOT LIKE 'autovacuum%'")
                .query(Integer.class)
                .list();
    }

    final double walPosition() {
        return number("SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')");
    }

    /** Row versions written so far in its tables. Not in the catalogue: autovacuum writes there when it likes. */
    final double rowVersions() {
        sql().sql("SELECT pg_stat_clear_snapshot()").query().singleRow();
        return number("SELECT sum(n_tup_ins + n_tup_upd + n_tup_del) FROM pg_stat_all_tables"
                + " WHERE schemaname IN ('cron', 'cron_engine', 'pgagent', 'timetable')");
    }

    static boolean await(Duration patience, BooleanSupplier condition) {
        return await(patience, Duration.ofMillis(200), condition);
    }

    static boolean await(Duration patience, Duration step, BooleanSupplier condition) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            pause(step);
        }
        return true;
    }

    static void pause(Duration time) {
        try {
            Thread.sleep(Math.max(0, time.toMillis()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
