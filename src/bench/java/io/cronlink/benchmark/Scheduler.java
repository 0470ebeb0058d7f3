package io.cronlink.benchmark;

import io.cronlink.database.BenchmarkServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One of those compared. What both have is pg_cron's: {@code cron.job} and {@code cron.job_run_details}. */
abstract class Scheduler {

    /** What most jobs do: a row by which the job itself says when it ran. */
    static final String HIT = "INSERT INTO hit DEFAULT VALUES";

    static final String NOTHING = "SELECT 1";

    private final String name;

    Scheduler(String name) {
        this.name = name;
    }

    final String name() {
        return name;
    }

    /** Runs, without any job or history. */
    abstract void begin(BenchmarkServer server);

    abstract void end();

    /** As whoever may do anything to its tables. */
    abstract JdbcClient sql();

    /** Backend of the scheduler itself. */
    abstract int daemon();

    /** Backends that execute jobs. */
    abstract List<Integer> workers();

    /** Whether jobs can be due every second. */
    abstract boolean hasSeconds();

    final boolean isCronlink() {
        return hasSeconds();
    }

    /** Adds jobs to be due by the schedule, all in one transaction. */
    final void add(int count, String schedule, String command) {
        sql().sql("""
                INSERT INTO cron.job (schedule, command, nodename, nodeport, database, username, active)
                SELECT :schedule, :command, 'localhost', inet_server_port(), current_database(), :role, true
                  FROM generate_series(1, :count)
                """)
                .param("schedule", schedule)
                .param("command", command)
                .param("role", BenchmarkServer.JOB_ROLE)
                .param("count", count)
                .update();
    }

    /** Adds jobs as users do, each in a transaction of its own. */
    final void schedule(int count, String schedule, String command) {
        for (int job = 1; job <= count; job++) {
            sql().sql("SELECT cron.schedule_in_database(:name, :schedule, :command, current_database(), :role)")
                    .param("name", "job-" + job)
                    .param("schedule", schedule)
                    .param("command", command)
                    .param("role", BenchmarkServer.JOB_ROLE)
                    .query()
                    .singleRow();
        }
    }

    /** Adds jobs that are due each second, spread evenly over the second in steps of 5 ms. */
    final void addSpread(int count, String command) {
        int steps = 200;
        long start = System.nanoTime();
        for (int step = 0; step < steps; step++) {
            LockSupport.parkNanos(start + step * 5_000_000L - System.nanoTime());
            add(count * (step + 1) / steps - count * step / steps, "1 second", command);
        }
    }

    final void prepareDatabase(JdbcClient superuser) {
        superuser.sql("CREATE TABLE hit (at timestamptz NOT NULL DEFAULT clock_timestamp())").update();
        superuser.sql("GRANT INSERT ON hit TO " + BenchmarkServer.JOB_ROLE).update();
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

    final double walPosition() {
        return number("SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')");
    }

    /** Row versions written so far in its tables. Not in the catalogue: autovacuum writes there when it likes. */
    final double rowVersions() {
        sql().sql("SELECT pg_stat_clear_snapshot()").query().singleRow();
        return number("SELECT sum(n_tup_ins + n_tup_upd + n_tup_del) FROM pg_stat_all_tables WHERE schemaname IN ('cron', 'cron_engine')");
    }

    static boolean await(Duration patience, BooleanSupplier condition) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            pause(Duration.ofMillis(200));
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
