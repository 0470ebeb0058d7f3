package io.cronlink.run;

import static io.cronlink.database.TestDatabase.literal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cronlink.database.CronlinkDatabase;
import io.cronlink.database.SqlFailure;
import io.cronlink.database.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/** For each thing that a job may wait for: it is made to, with a real daemon, and cron.why() says so. */
@Tag("engine")
@CronlinkDatabase
class WhyTests {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final TestDatabase database;
    private final TestJobs jobs;

    WhyTests(TestDatabase database) {
        this.database = database;
        this.jobs = new TestJobs(database);
    }

    @BeforeEach
    void start() {
        database.startDaemon();
        await().atMost(PATIENCE)
                .until(() -> !jobs.value("SELECT cron_engine.leader_pid()").isEmpty());
    }

    @AfterEach
    void clear() {
        for (String runid : database.owner()
                .sql("SELECT runid::text FROM cron_engine.queue")
                .query(String.class)
                .list()) {
            jobs.cancel(Long.parseLong(runid));
        }
        execute("UPDATE cron.settings SET (paused, max_running_jobs) = (false, 32)");
        await().atMost(PATIENCE).until(() -> jobs.value("SELECT count(*) FROM cron_engine.queue")
                .equals("0"));
        database.stopDaemons();
        jobs.clear();
    }

    private void execute(String sql) {
        database.owner().sql(sql).update();
    }

    record Fact(
            String section,
            String code,
            @Nullable Long runid,
            String fact,
            @Nullable String hint,
            @Nullable String detail) {}

    private List<Fact> why(String role, long jobid) {
        return database.as(role)
                .sql("SELECT section, code, runid, fact, hint, detail::text FROM cron.why(?)")
                .param(jobid)
                .query(Fact.class)
                .list();
    }

    private List<Fact> why(long jobid) {
        return why(database.ownerName(), jobid);
    }

    private Fact now(long jobid, String code) {
        return now(database.ownerName(), jobid, code);
    }

    private Fact now(String role, long jobid, String code) {
        await().atMost(PATIENCE).until(() -> why(role, jobid).stream()
                .anyMatch(fact -> fact.section().equals("now") && fact.code().equals(code)));
        return why(role, jobid).stream()
                .filter(fact -> fact.code().equals(code))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void itsTimeInItsOwnZoneAndWhatEndsItsValidity() {
        long jobid = jobs.schedule("0 3 * * *", "SELECT 1");
        jobs.set(jobid, "timezone = 'Asia/Kolkata', valid_from = '2050-02-01 00:00+00', jitter = '1 hour'");

        Fact fact = now(jobid, "time");

        assertThat(fact.fact())
                .startsWith("waits for its time: fires next at Wednesday 2050-02-02 03:00:00 in Asia/Kolkata, and 00:")
                .contains(" later by its jitter; valid_from is 2050-02-01");
        assertThat(why(jobid)).extracting(Fact::section).doesNotContain("costs");
    }

    @Test
    void aPersonAndASchedulerThatDeactivatedIt() {
        long paused = jobs.create("SELECT 1");
        database.owner()
                .sql("SELECT cron.pause_job(?, 'month end')")
                .param(paused)
                .query()
                .singleRow();
        long failing = jobs.create("SELECT 1/0");
        jobs.set(failing, "max_failures = 1");
        jobs.start(failing);

        assertThat(now(paused, "inactive").fact())
                .isEqualTo("the job is inactive; by " + database.ownerName() + ": month end");
        assertThat(now(failing, "inactive").fact())
                .isEqualTo("the job is inactive; the scheduler has deactivated it: failed 1 times in a row");
        assertThat(now(failing, "inactive").hint()).isEqualTo("SELECT cron.resume_job(" + failing + ") activates it.");
    }

    @Test
    void whatNeverFiresAndWhatFiresAfterOthers() {
        long never = jobs.create("SELECT 1");
        execute("UPDATE cron.job SET schedule = '0 0 30 2 *' WHERE jobid = " + never);
        long first = jobs.create("SELECT 1");
        execute("UPDATE cron.job SET jobname = 'load' WHERE jobid = " + first);
        long after = jobs.schedule("@after load", "SELECT 1");
        long start = jobs.schedule("@reboot", "SELECT 1");
        long gone = jobs.schedule("@after-failure nobody", "SELECT 1");

        assertThat(now(never, "never").fact()).isEqualTo("has nothing to fire: schedule '0 0 30 2 *' names no time");
        assertThat(now(start, "start").fact()).isEqualTo("fires when the scheduler starts");
        assertThat(now(gone, "after").fact()).isEqualTo("waits for job \"nobody\", which its role does not have");
        assertThat(now(after, "after").fact())
                .isEqualTo("waits for an end of job \"load\" (when it succeeds); it has not run yet");
        long runid = jobs.start(first);
        jobs.ended(runid);
        jobs.ended(after, 1);
        assertThat(now(after, "after").fact()).endsWith("; its last run " + runid + " succeeded");
        assertThat(why(after))
                .filteredOn(fact -> fact.section().equals("fires"))
                .extracting(Fact::code)
                .containsExactly("succeeded");
    }

    @Test
    void itsOwnRunAndWhatThatWaitsFor() throws SQLException {
        execute("CREATE SCHEMA IF NOT EXISTS app");
        execute("CREATE TABLE IF NOT EXISTS app.locked (id integer)");
        long jobid = jobs.create("LOCK TABLE app.locked");
        try (Connection session = database.connect(database.ownerName());
                Statement statement = session.createStatement()) {
            session.setAutoCommit(false);
            statement.execute("LOCK TABLE app.locked");
            long runid = jobs.start(jobid);
            int pid = Objects.requireNonNull(jobs.running(runid).jobPid());
            long second = jobs.start(jobid);

            Fact running = now(jobid, "running");
            assertThat(running.runid()).isEqualTo(runid);
            assertThat(running.fact())
                    .startsWith("run " + runid + ", attempt 1, is under way in session " + pid)
                    .contains("it is blocked by session "
                            + session.unwrap(PGConnection.class).getBackendPID() + " of role \"" + database.ownerName()
                            + "\"")
                    .contains("it waits for Lock: relation");
            assertThat(running.detail()).contains("\"blocked_by\": [", "\"wait_event\": \"relation\"");
            Fact own = now(jobid, "own_run");
            assertThat(own.runid()).isEqualTo(second);
            assertThat(own.fact())
                    .startsWith("run " + second + " waits: another run of the job comes first: run " + runid);
            session.rollback();
        }
    }

    @Test
    void aRunAtTopLevelIsSeenWhereItsCommandIs() {
        long jobid = jobs.create("SELECT pg_sleep(60)");
        jobs.set(jobid, "transactional = false");
        jobs.running(jobs.start(jobid));

        await().atMost(PATIENCE).until(() -> now(jobid, "running").fact().contains("it waits for Timeout: PgSleep"));
        assertThat(now(jobid, "running").detail()).contains("\"top_level\": true");
        jobs.cancel(Objects.requireNonNull(now(jobid, "running").runid()));
        jobs.ended(jobid, 1);
    }

    @Test
    void itsGroupAndWhoHoldsIt() {
        String stranger = database.createJobUser("stranger");
        execute("INSERT INTO cron.job_group (name, max_running) VALUES ('heavy', 1)");
        long holder = jobs.create("SELECT pg_sleep(60)");
        long waiting = jobs.create(stranger, "SELECT 1");
        jobs.set(holder, "job_group = 'heavy'");
        jobs.set(waiting, "job_group = 'heavy', start_deadline = '1 h'");
        long held = jobs.start(holder);
        jobs.running(held);
        long runid = jobs.start(waiting);

        assertThat(now(waiting, "group").fact())
                .isEqualTo("run " + runid + " waits: group \"heavy\" is full: of its jobs 1 runs at once, now run "
                        + held + " of job " + holder);
        assertThat(now(stranger, waiting, "group").fact()).endsWith("now a run of another role");
        assertThat(now(stranger, waiting, "group").detail()).contains("\"runs\": null");
        assertThat(now(waiting, "group").hint()).contains("max_running in cron.job_group");
    }

    @Test
    void whatRanWhileARunWaitedInVain() {
        String stranger = database.createJobUser("vain");
        execute("INSERT INTO cron.job_group (name, max_running) VALUES ('full', 1)");
        long holder = jobs.create("SELECT 1");
        long foreign = jobs.create(stranger, "SELECT 1");
        long waiting = jobs.create("SELECT 2");
        for (long jobid : List.of(holder, foreign, waiting)) {
            jobs.set(jobid, "job_group = 'full'");
        }
        long held = history(holder, "succeeded", "02:43", "02:46");
        history(foreign, "failed", "02:40", "02:44:30");
        history(holder, "skipped", "02:44:01", "02:44:20");
        long skipped = history(waiting, "skipped", "02:44", "02:44:30");
        long alone = history(waiting, "skipped", "09:00", "09:01");

        assertThat(jobs.value("SELECT cron_engine.why_waited(" + skipped + ")"))
                .isEqualTo("meanwhile there ran a run of another role, of group \"full\", run " + held + " of job "
                        + holder + " from 2026-01-01 02:43:00+00 to 2026-01-01 02:46:00+00, of group \"full\"");
        assertThat(jobs.value("SELECT coalesce(cron_engine.why_waited(" + alone + "), '')"))
                .isEmpty();
    }

    private long history(long jobid, String status, String start, String end) {
        return database.owner()
                .sql("""
                        INSERT INTO cron.job_run_details (jobid, username, status, trigger, attempt, queued_time, start_time, end_time)
                        SELECT jobid, username, :status, 'schedule', 1, CAST(:start AS timestamptz), CAST(:start AS timestamptz),
                               CAST(:end AS timestamptz)
                        FROM cron.job WHERE jobid = :jobid RETURNING runid
                        """)
                .param("jobid", jobid)
                .param("status", status)
                .param("start", "2026-01-01 " + start + "+00")
                .param("end", "2026-01-01 " + end + "+00")
                .query(Long.class)
                .single();
    }

    @Test
    void workersAndThoseOfHigherPriority() {
        execute("UPDATE cron.settings SET max_running_jobs = 1");
        long busy = jobs.start(jobs.create("SELECT pg_sleep(60)"));
        jobs.running(busy);
        long first = jobs.create("SELECT 1");
        jobs.set(first, "priority = 5");
        long second = jobs.create("SELECT 2");
        jobs.start(first);
        long runid = jobs.start(second);

        assertThat(now(first, "worker").fact())
                .contains("all 1 workers are busy, which is as many as max_running_jobs of cron.settings allows");
        Fact fact = now(second, "priority");
        assertThat(fact.runid()).isEqualTo(runid);
        assertThat(fact.fact()).contains("; 1 runs of the same login come before it");
        assertThat(fact.detail()).contains("\"ahead\": 1");
    }

    @Test
    void aLoginThatIsMissing() {
        String role = database.createRole("no login");
        long jobid = jobs.create(role, "SELECT 1");

        assertThat(now(jobid, "login").fact())
                .isEqualTo(
                        "role \"" + role + "\" cannot log in: no password of it is registered, see cron.add_login()");
        assertThat(now(jobid, "login").hint()).startsWith("SELECT cron.add_login(");
    }

    @Test
    void aPauseAndWhoMadeIt() {
        execute("UPDATE cron.settings SET paused = true");
        long jobid = jobs.create("SELECT 1");
        jobs.start(jobid);

        assertThat(now(jobid, "paused").fact()).contains("by role \"" + database.ownerName() + "\"");
        String role = database.createUser("patient");
        assertThat(now(role, jobs.schedule(role, "0 0 29 2 *", "SELECT 1"), "paused")
                        .fact())
                .isEqualTo("the scheduler is paused: nothing fires and nothing starts");
        await().atMost(PATIENCE).until(() -> why(jobid).stream()
                .anyMatch(fact -> fact.fact().endsWith("waits: the scheduler is paused, see cron.settings")));
    }

    @Test
    void nobodyWhoLeads() {
        long jobid = jobs.create("SELECT 1");
        database.stopDaemons();

        assertThat(now(jobid, "nobody_leads").fact())
                .isEqualTo("nobody leads the scheduler: nothing fires and nothing starts");
    }

    @Test
    void aRetryThatWaitsAndARunThatIsToStop() {
        long failing = jobs.create("SELECT 1/0");
        jobs.set(failing, "max_attempts = 3, retry_delay = '1 hour'");
        jobs.start(failing);
        assertThat(now(failing, "retry").fact()).endsWith("attempt 2, waits until its retry delay is over");

        long stubborn = jobs.create(
                "DO $do$ BEGIN LOOP BEGIN PERFORM pg_sleep(60); EXCEPTION WHEN query_canceled THEN NULL; END; END LOOP; END $do$");
        long runid = jobs.start(stubborn);
        jobs.running(runid);
        jobs.cancel(runid);
        assertThat(now(stubborn, "stopping").fact()).contains("and is to stop: canceled by " + database.ownerName());
    }

    @Test
    void aFaultOfTheScheduler() {
        long jobid = jobs.create("SELECT 1");
        execute(
                "INSERT INTO cron_engine.fault VALUES ('set timer', '%1$d', %1$d, 'out of luck', 'XX000', now(), 2, now() + interval '1 h')"
                        .formatted(jobid));

        assertThat(now(jobid, "fault").fact()).isEqualTo("the scheduler fails to set timer: out of luck");
        execute("DELETE FROM cron_engine.fault");
    }

    @Test
    void anOutageIsNotedByWhoLeadsNext() {
        database.stopDaemons();
        long jobid = jobs.create("SELECT 1");
        execute("""
                INSERT INTO cron.job_run_details (jobid, status, queued_time, trigger, end_time)
                VALUES (%d, 'succeeded', now() - interval '1 hour', 'schedule', now() - interval '1 hour')
                """.formatted(jobid));
        execute("DELETE FROM cron_engine.outage");
        database.startDaemon();

        await().atMost(PATIENCE)
                .until(() -> jobs.value("SELECT until - since BETWEEN '59 min' AND '62 min' FROM cron_engine.outage")
                        .equals("true"));
    }

    private @Nullable String refusal(String role, String sql) {
        return SqlFailure.of(() -> database.as(role).sql(sql).query().listOfRows())
                .sqlState();
    }

    @Test
    void isAskedAboutOnesOwnJobsOnly() {
        String role = database.createUser("curious");
        long own = jobs.schedule(role, "0 0 29 2 *", "SELECT 1");
        long others = jobs.create("SELECT 1");

        assertThat(why(role, own)).extracting(Fact::code).contains("time");
        assertThat(refusal(role, "SELECT * FROM cron.why(" + others + ")")).isEqualTo("P0002");
        assertThat(refusal(role, "SELECT * FROM cron.why(" + own + ", '36 days')"))
                .isEqualTo("22023");
        assertThat(refusal(role, "SELECT * FROM cron.why(" + own + ", NULL)")).isEqualTo("22023");
        // Nor past the function, whoever somebody says he is.
        assertThat(refusal(
                        role, "UPDATE cron_engine.question SET job_id = " + others + ", since = '1 d' RETURNING facts"))
                .isEqualTo("P0002");
        assertThat(refusal(
                        role,
                        "UPDATE cron_engine.question SET caller = " + literal(database.ownerName()) + ", job_id = "
                                + others + " RETURNING facts"))
                .isEqualTo("42501");
        assertThat(refusal(
                        role,
                        "SELECT cron_engine.why(" + literal(database.ownerName()) + ", " + others + ", '1 d', now())"))
                .isEqualTo("42501");
    }
}
