package io.cronlink.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.cronlink.database.CronlinkDatabase;
import io.cronlink.database.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a deactivated job takes with it, and what activates it again. */
@Tag("engine")
@CronlinkDatabase
class DeactivationTests {

    private static final OffsetDateTime NOON = OffsetDateTime.of(2031, 5, 5, 12, 0, 0, 0, ZoneOffset.UTC);
    private static final String EXPIRED = "no fire is left before valid_until";

    private final TestDatabase database;
    private final TestJobs jobs;
    private final TestClock clock;

    DeactivationTests(TestDatabase database) {
        this.database = database;
        this.jobs = new TestJobs(database);
        this.clock = new TestClock(database);
    }

    @AfterEach
    void clear() {
        clock.close();
        jobs.clear();
    }

    private void execute(String sql) {
        database.owner().sql(sql).update();
    }

    private void ask(String sql) {
        database.owner().sql(sql).query().listOfRows();
    }

    private long job(String schedule, String command, String options) {
        long jobid = jobs.schedule(schedule, command);
        jobs.set(jobid, options);
        clock.startTimer(jobid, NOON.minusMinutes(30));
        return jobid;
    }

    private List<String> statuses(long jobid) {
        return jobs.runsOf(jobid).stream().map(RecordedRun::status).toList();
    }

    private RecordedRun last(long jobid) {
        List<RecordedRun> runs = jobs.runsOf(jobid);
        return runs.get(runs.size() - 1);
    }

    private String state(long jobid) {
        return jobs.value(
                "SELECT concat_ws(': ', active::text, deactivated_reason) FROM cron.job_details WHERE jobid = "
                        + jobid);
    }

    private void scheduleAnew(long jobid, String schedule) {
        database.owner()
                .sql("SELECT cron.schedule(jobname, ?, command) FROM cron.job WHERE jobid = ?")
                .param(schedule)
                .param(jobid)
                .query()
                .singleRow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE cron.job SET active = false WHERE jobid = %d RETURNING 1",
                "SELECT cron.pause_job(%d)",
                "SELECT cron.alter_job(%d, active => false)"
            })
    void takesWhatWaitsWithIt(String deactivation) {
        long waiting = job("0 * * * *", "SELECT 1", "priority = 1");
        long retrying = job("0 * * * *", "SELECT 1 / 0", "max_attempts = 3, retry_delay = '1 h'");
        clock.tick(NOON);
        execute("UPDATE cron_engine.queue SET ready = false WHERE jobid = " + waiting);
        clock.work();
        clock.tick(NOON.plusMinutes(1));
        assertThat(statuses(retrying)).containsExactly("failed", "queued");

        ask(deactivation.formatted(waiting));
        ask(deactivation.formatted(retrying));

        assertThat(statuses(waiting)).containsExactly("skipped");
        assertThat(statuses(retrying)).containsExactly("failed", "skipped");
        assertThat(last(waiting).returnMessage()).isEqualTo("job deactivated");
        assertThat(last(retrying).returnMessage()).isEqualTo("job deactivated");
        assertThat(jobs.value("SELECT count(*) FROM cron_engine.queue")).isEqualTo("0");
        assertThat(jobs.value("SELECT count(*) FROM cron_engine.saved_run")).isEqualTo("0");
        clock.tick(NOON.plusMinutes(2));
        assertThat(jobs.value("SELECT failures FROM cron_engine.job_state WHERE jobid = " + retrying))
                .isIn("", "0");
    }

    @Test
    void takesWhatWaitsWithItAfterACrash() {
        long jobid = job("0 * * * *", "SELECT 1", "priority = 1");
        clock.tick(NOON);
        // What a crash empties.
        execute("DELETE FROM cron_engine.queue");
        execute("DELETE FROM cron_engine.due");
        execute("DELETE FROM cron_engine.working_set_complete");

        ask("SELECT cron.pause_job(" + jobid + ")");
        clock.restoreWorkingSet(NOON.plusMinutes(1));

        assertThat(statuses(jobid)).containsExactly("skipped");
        assertThat(jobs.value("SELECT count(*) FROM cron_engine.queue")).isEqualTo("0");
    }

    @Test
    void letsWhatRunsGoOnAndTriesItNoMore() {
        try (TestLock lock = new TestLock(database)) {
            long jobid = job("0 * * * *", lock.command() + "; SELECT 1 / 0", "max_attempts = 3, retry_delay = '0'");
            clock.tick(NOON);
            TestClock.Worker worker = clock.startWork();
            jobs.running(last(jobid).runid());

            ask("SELECT cron.pause_job(" + jobid + ")");
            lock.open();
            worker.join();
            clock.tick(NOON.plusMinutes(1));

            assertThat(statuses(jobid)).containsExactly("failed");
        }
    }

    @Test
    void triesARunAgainThatAPersonAskedForWhileItWasInactive() {
        long jobid = job("0 * * * *", "SELECT 1 / 0", "max_attempts = 3, retry_delay = '0'");
        ask("SELECT cron.pause_job(" + jobid + ")");
        ask("SELECT cron.run_job(" + jobid + ", 'to see')");

        for (int i = 0; i < 4; i++) {
            clock.tick(NOON);
            clock.work();
        }

        assertThat(statuses(jobid)).containsExactly("failed", "failed", "failed");
        assertThat(last(jobid).note()).startsWith("asked for by ").endsWith(": to see");
    }

    @Test
    void takesWhatWaitsWithItWhenItFailedTooOften() {
        long jobid = job("0 * * * *", "SELECT 1 / 0", "max_failures = 1");
        jobs.start(jobid);
        jobs.start(jobid);
        clock.tick(NOON.minusMinutes(20));
        clock.work();

        clock.tick(NOON.minusMinutes(19));

        assertThat(state(jobid)).isEqualTo("false: failed 1 times in a row");
        assertThat(statuses(jobid)).containsExactly("failed", "skipped");
        assertThat(last(jobid).returnMessage()).isEqualTo("job deactivated: failed 1 times in a row");
    }

    @ParameterizedTest
    @ValueSource(strings = {"@at 2031-05-05 12:00", "0 * * * *"})
    void theLastFireRunsAndIsTriedAgain(String schedule) {
        long jobid = job(
                schedule, "SELECT 1 / 0", "max_attempts = 2, retry_delay = '0', valid_until = '2031-05-05 12:30+00'");

        clock.tick(NOON);
        assertThat(state(jobid)).isEqualTo(schedule.startsWith("@") ? "false: fired at its time" : "false: " + EXPIRED);
        clock.work();
        clock.tick(NOON.plusMinutes(1));
        clock.work();

        assertThat(statuses(jobid)).containsExactly("failed", "failed");
    }

    @Test
    void schedulingAnewActivatesWhatTheSchedulerHadDeactivated() {
        long fired = job("@at 2031-05-05 12:00", "SELECT 1", "priority = 1");
        long failed = job("0 * * * *", "SELECT 1 / 0", "max_failures = 1");
        clock.tick(NOON);
        clock.work();
        clock.tick(NOON.plusMinutes(1));
        assertThat(state(fired)).isEqualTo("false: fired at its time");
        assertThat(state(failed)).isEqualTo("false: failed 1 times in a row");

        scheduleAnew(fired, "@at 2031-05-06 12:00");
        scheduleAnew(failed, "0 * * * *");

        assertThat(state(fired)).isEqualTo("true");
        assertThat(state(failed)).isEqualTo("true");
        assertThat(jobs.value("SELECT count(*) FROM cron_engine.due")).isEqualTo("2");
    }

    @Test
    void schedulingAnewLeavesWhatAPersonHasDeactivated() {
        long paused = job("0 * * * *", "SELECT 1", "priority = 1");
        long both = job("@at 2031-05-05 12:00", "SELECT 1", "priority = 1");
        long off = job("@at 2031-05-05 12:00", "SELECT 1", "priority = 1");
        clock.tick(NOON);
        ask("SELECT cron.pause_job(" + paused + ")");
        ask("SELECT cron.pause_job(" + both + ")");

        scheduleAnew(paused, "1 * * * *");
        scheduleAnew(both, "@at 2031-05-06 12:00");
        ask(
                "SELECT cron.schedule_in_database(jobname, '0 1 * * *', 'SELECT 1', database, active => false) FROM cron.job WHERE jobid = "
                        + off);

        assertThat(state(paused)).isEqualTo("false");
        assertThat(state(both)).isEqualTo("false");
        assertThat(state(off)).startsWith("false");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT cron.set_options(%d, valid_until => '2040-01-01')",
                "UPDATE cron.job_options SET valid_until = NULL WHERE jobid = %d RETURNING 1",
                "DELETE FROM cron.job_options WHERE jobid = %d RETURNING 1",
                "SELECT cron.set_options(cron.schedule(jobname, '5 * * * *', command), valid_until => '2040-01-01') FROM cron.job WHERE jobid = %d",
            })
    void anotherValidityActivatesWhatHadExpired(String edit) {
        long jobid = job("0 * * * *", "SELECT 1", "valid_until = '2020-01-01'");
        assertThat(state(jobid)).isEqualTo("false: " + EXPIRED);

        ask(edit.formatted(jobid));

        assertThat(state(jobid)).isEqualTo("true");
        assertThat(jobs.value("SELECT count(*) FROM cron_engine.due WHERE jobid = " + jobid))
                .isEqualTo("1");
    }

    @Test
    void anotherValidityLeavesWhatAPersonHasDeactivated() {
        long jobid = job("0 * * * *", "SELECT 1", "priority = 1");
        ask("SELECT cron.pause_job(" + jobid + ")");

        jobs.set(jobid, "valid_until = '2020-01-01'");
        jobs.set(jobid, "valid_until = '2040-01-01'");

        assertThat(state(jobid)).isEqualTo("false");
    }

    @Test
    void aJobThatRunsAtTheStartDoesSoOnlyWhileItIsValid() {
        long valid = job("@reboot", "SELECT 1", "valid_until = '2031-05-05 12:30+00'");
        long expired = job("@reboot", "SELECT 1", "valid_until = '2031-05-05 11:45+00'");
        long early = job("@reboot", "SELECT 1", "valid_from = '2031-05-05 12:15+00'");
        assertThat(state(expired)).isEqualTo("true");

        database.owner()
                .sql("SELECT cron_engine.begin_to_lead(?::timestamptz)")
                .param(NOON)
                .query()
                .singleRow();

        assertThat(statuses(valid)).containsExactly("queued");
        assertThat(statuses(expired)).isEmpty();
        assertThat(statuses(early)).isEmpty();
        assertThat(state(expired)).isEqualTo("false: " + EXPIRED);
        assertThat(state(early)).isEqualTo("true");
    }

    @Test
    void aJobThatFollowsAnotherDoesSoOnlyWhileItIsValid() {
        long first = job("0 * * * *", "SELECT 1", "priority = 1");
        String name = jobs.value("SELECT jobname FROM cron.job WHERE jobid = " + first);
        long follower = job("@after " + name, "SELECT 1", "valid_until = '2031-05-05 12:30+00'");

        for (int hour = 0; hour < 2; hour++) {
            clock.tick(NOON.plusHours(hour));
            clock.work();
            clock.tick(NOON.plusHours(hour));
            clock.work();
        }

        assertThat(statuses(first)).hasSize(2);
        assertThat(statuses(follower)).containsExactly("succeeded");
        assertThat(state(follower)).isEqualTo("false: " + EXPIRED);
    }

    @Test
    void whatSomebodyHeldWhenItFiredIsDeactivatedByTheNextDaemon() throws SQLException {
        long jobid = job("@at 2031-05-05 12:00", "SELECT 1", "priority = 1");
        try (Connection session = database.connect(database.ownerName());
                Statement statement = session.createStatement()) {
            session.setAutoCommit(false);
            statement.execute("UPDATE cron.job SET command = 'SELECT 2'");
            clock.tick(NOON);
            session.commit();
        }
        assertThat(statuses(jobid)).containsExactly("queued");
        assertThat(state(jobid)).isEqualTo("true");

        database.owner()
                .sql("SELECT cron_engine.begin_to_lead(?::timestamptz)")
                .param(NOON.plusMinutes(1))
                .query()
                .singleRow();

        assertThat(state(jobid)).isEqualTo("false: its time has passed");
        assertThat(statuses(jobid)).containsExactly("queued");
    }
}
