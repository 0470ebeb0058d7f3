package io.cronlink.benchmark;

import io.cronlink.database.BenchmarkServer;
import java.util.concurrent.locks.LockSupport;

/** With pg_cron's tables and functions. */
abstract class CronScheduler extends Scheduler {

    CronScheduler(String name) {
        super(name);
    }

    @Override
    String runs() {
        return "(SELECT start_time, end_time, status = 'succeeded' AS succeeded FROM cron.job_run_details)";
    }

    @Override
    void insert(int first, int count, String schedule, String command, String role) {
        sql().sql("""
                INSERT INTO cron.job (schedule, command, nodename, nodeport, database, username, active)
                SELECT :schedule, replace(:command, '#', g::text), 'localhost', inet_server_port(), current_database(), replace(:role, '#', g::text), true
                  FROM generate_series(:first, :last) g
                """)
                .param("schedule", schedule)
                .param("command", command)
                .param("role", role)
                .param("first", first)
                .param("last", first + count - 1)
                .update();
    }

    /** Adds jobs as users do, each in a transaction of its own. */
    final void schedule(int count, String schedule, String command) {
        for (int job = 1; job <= count; job++) {
            sql().sql("SELECT cron.schedule_in_database(:name, :schedule, :command, current_database(), :role)")
                    .param("name", "job-" + job)
                    .param("schedule", schedule)
                    .param("command", command.replace("#", Integer.toString(job)))
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
}
