package io.cronlink.run;

import static org.awaitility.Awaitility.await;

import io.cronlink.database.TestDatabase;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Makes jobs of a test's and waits for what becomes of them. */
public final class TestJobs {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String NOT_SOON = "0 0 29 2 *";
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final TestDatabase database;

    public TestJobs(TestDatabase database) {
        this.database = database;
    }

    /** A job of the owner's; its jobid. */
    public long schedule(String schedule, String command) {
        return schedule(database.ownerName(), schedule, command);
    }

    public long schedule(String role, String schedule, String command) {
        return database.as(role)
                .sql("SELECT cron.schedule(:name, :schedule, :command)")
                .param("name", "job " + NUMBER.incrementAndGet())
                .param("schedule", schedule)
                .param("command", command)
                .query(Long.class)
                .single();
    }

    /** A job that fires by hand only. */
    public long create(String command) {
        return schedule(NOT_SOON, command);
    }

    /** The same for another role, made by the owner. */
    public long create(String role, String command) {
        return database.owner()
                .sql("INSERT INTO cron.job (schedule, command, username) VALUES (?, ?, ?) RETURNING jobid")
                .param(NOT_SOON)
                .param(command)
                .param(role)
                .query(Long.class)
                .single();
    }

    /** Sets options of a job, each as {@code name = value}. */
    public void set(long jobid, String options) {
        database.owner()
                .sql("SELECT cron.set_options(?, " + options.replace(" = ", " => ") + ")")
                .param(jobid)
                .query()
                .singleRow();
    }

    /** Changes columns of a job, as an administrator may. */
    public void alter(long jobid, String assignments) {
        database.owner()
                .sql("UPDATE cron.job SET " + assignments + " WHERE jobid = ?")
                .param(jobid)
                .update();
    }

    /** Queues a run; its runid. */
    public long start(long jobid) {
        return database.owner()
                .sql("SELECT cron.run_job(?)")
                .param(jobid)
                .query(Long.class)
                .single();
    }

    /** Runs a command once and waits for its end. */
    public RecordedRun run(String command) {
        return ended(start(create(command)));
    }

    public RecordedRun run(String role, String command) {
        return ended(start(create(role, command)));
    }

    public RecordedRun ended(long runid) {
        return awaited(runid, RecordedRun::hasEnded);
    }

    /** That it runs is recorded by the daemon: where none leads, its step is taken here. */
    public RecordedRun running(long runid) {
        return awaited(runid, run -> {
            if (run.status().equals("queued")) {
                value("SELECT cron_engine.notify_started(clock_timestamp())");
            }
            return run.status().equals("running");
        });
    }

    public RecordedRun awaited(long runid, Predicate<RecordedRun> condition) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .failFast(
                        "run " + runid + " ended otherwise",
                        () -> find(runid).hasEnded() && !condition.test(find(runid)))
                .until(() -> condition.test(find(runid)));
        return find(runid);
    }

    public RecordedRun find(long runid) {
        return database.owner()
                .sql("SELECT * FROM cron.job_run_details WHERE runid = ?")
                .param(runid)
                .query(RecordedRun.class)
                .single();
    }

    /** All runs of a job, in the order of their making. */
    public List<RecordedRun> runsOf(long jobid) {
        return database.owner()
                .sql("SELECT * FROM cron.job_run_details WHERE jobid = ? ORDER BY runid")
                .param(jobid)
                .query(RecordedRun.class)
                .list();
    }

    /** Waits until a job has this many runs that ended. */
    public List<RecordedRun> ended(long jobid, int count) {
        await().atMost(PATIENCE)
                .until(() ->
                        runsOf(jobid).stream().filter(RecordedRun::hasEnded).count() >= count);
        return runsOf(jobid);
    }

    public void unschedule(long jobid) {
        database.owner().sql("SELECT cron.unschedule(?)").param(jobid).query().singleRow();
    }

    /** Asks for a stop; whether there was anything to stop. */
    public boolean cancel(long runid) {
        return database.owner()
                .sql("SELECT cron.cancel(?)")
                .param(runid)
                .query(Boolean.class)
                .single();
    }

    /** Ends a session, and waits until it is gone. */
    public void terminate(@Nullable Integer pid) {
        database.superuser()
                .sql("SELECT pg_terminate_backend(?)")
                .param(Objects.requireNonNull(pid))
                .query()
                .singleRow();
        await().atMost(PATIENCE).until(() -> value("SELECT count(*) FROM pg_stat_activity WHERE pid = " + pid)
                .equals("0"));
    }

    /** For the next test: no job, no group, no run, neither waiting nor in the history. */
    public void clear() {
        for (String table : List.of(
                "cron.job", "cron_engine.queue", "cron_engine.ended_run", "cron.job_run_details", "cron.job_group")) {
            database.owner().sql("DELETE FROM " + table).update();
        }
    }

    /** The server's time, which is the one that counts. */
    public OffsetDateTime now() {
        return database.owner()
                .sql("SELECT clock_timestamp()")
                .query(OffsetDateTime.class)
                .single();
    }

    /** What a query answers, as the owner; NULL is empty. */
    public String value(String sql) {
        return database.owner()
                .sql("SELECT coalesce((" + sql + ")::text, '')")
                .query(String.class)
                .single();
    }
}
