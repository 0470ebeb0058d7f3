package io.cronlink.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.cronlink.database.CronlinkDatabase;
import io.cronlink.database.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A fire that the schedule has named outlives what is changed before it runs, and nothing is named that is not due. */
@Tag("engine")
@CronlinkDatabase
class OwedFireTests {

    private static final OffsetDateTime NOON = OffsetDateTime.of(2031, 5, 5, 12, 0, 0, 0, ZoneOffset.UTC);

    private final TestDatabase database;
    private final TestJobs jobs;
    private final TestClock clock;

    OwedFireTests(TestDatabase database) {
        this.database = database;
        this.jobs = new TestJobs(database);
        this.clock = new TestClock(database);
    }

    @AfterEach
    void clear() {
        clock.close();
        jobs.clear();
        execute("UPDATE cron.settings SET (timezone, paused) = ('GMT', false)");
    }

    private void execute(String sql) {
        database.owner().sql(sql).update();
    }

    private List<Instant> times(long jobid) {
        return jobs.runsOf(jobid).stream()
                .map(run -> Objects.requireNonNull(run.scheduledTime()).toInstant())
                .toList();
    }

    private OffsetDateTime timer(long jobid, String column) {
        return database.owner()
                .sql("SELECT " + column + " FROM cron_engine.timer WHERE jobid = ?")
                .param(jobid)
                .query(OffsetDateTime.class)
                .single();
    }

    /** An hourly job whose last fire has not run. */
    private long overdue() {
        long jobid = jobs.schedule("0 * * * *", "SELECT 1");
        clock.startTimer(jobid, jobs.now().minusMinutes(70));
        return jobid;
    }

    private void setTimer(long jobid, OffsetDateTime now) {
        database.owner()
                .sql("SELECT cron_engine.set_timer(?, ?::timestamptz)")
                .param(jobid)
                .param(now)
                .query()
                .singleRow();
    }

    /** As if it were changed at that time. */
    private void activate(long jobid, boolean active, OffsetDateTime now) {
        execute("ALTER TABLE cron.job DISABLE TRIGGER cron_job_cache_invalidate");
        execute("UPDATE cron.job SET active = " + active + " WHERE jobid = " + jobid);
        execute("ALTER TABLE cron.job ENABLE TRIGGER cron_job_cache_invalidate");
        setTimer(jobid, now);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE cron.job SET active = false; UPDATE cron.job SET active = true",
                "BEGIN; UPDATE cron.job SET active = false; UPDATE cron.job SET active = true; COMMIT",
                "SELECT cron.pause_job(%1$d); SELECT cron.resume_job(%1$d)",
                "SELECT cron.alter_job(%1$d, active => false); SELECT cron.alter_job(%1$d, active => true)",
                "UPDATE cron.settings SET timezone = 'Asia/Tokyo'",
                "SELECT cron.set_options(%1$d, timezone => 'Asia/Kathmandu')",
                "SELECT cron.set_options(%1$d, timezone => 'Asia/Kathmandu'); UPDATE cron.job_options SET timezone = NULL",
                "INSERT INTO cron.job_options (jobid, timezone) VALUES (%1$d, 'Asia/Tokyo'); DELETE FROM cron.job_options",
                "SELECT cron.set_options(%1$d, timezone => 'Asia/Tokyo'); TRUNCATE cron.job_options",
                "SELECT cron.set_options(%1$d, jitter => '1 ms')",
                "SELECT cron.set_options(%1$d, valid_from => now() - interval '1 min')",
                "SELECT cron.set_options(%1$d, valid_from => now() + interval '1 day')",
                "SELECT cron.set_options(%1$d, valid_until => now())",
                "SELECT cron.set_options(%1$d, valid_until => now() + interval '1 day')",
                "UPDATE cron.job SET jobname = 'other', command = 'SELECT 2'",
                "UPDATE cron.job SET schedule = '00 */1 * * *'",
            })
    void aFireThatIsOverdueOutlivesAnyEdit(String edit) throws SQLException {
        long jobid = overdue();
        OffsetDateTime named = timer(jobid, "scheduled_time");

        try (Connection session = database.connect(database.ownerName());
                Statement statement = session.createStatement()) {
            for (String part : edit.formatted(jobid).split("; ")) {
                statement.execute(part);
            }
        }
        clock.tick(jobs.now());
        clock.tick(jobs.now());

        assertThat(times(jobid)).containsExactly(named.toInstant());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT cron.set_options(%1$d, timezone => 'Asia/Kathmandu')",
                "SELECT cron.set_options(%1$d, valid_until => now() + interval '1 s')",
                "UPDATE cron.job SET active = false; UPDATE cron.job SET active = true",
            })
    void aFireThatWaitsForItsJitterOutlivesAnyEdit(String edit) {
        long jobid;
        do {
            jobid = jobs.schedule("* * * * *", "SELECT 1");
            jobs.set(jobid, "jitter = '1 day'");
            clock.startTimer(jobid, jobs.now().minusSeconds(90));
            // Its share of the day is by chance.
        } while (timer(jobid, "next_fire").isBefore(jobs.now().plusMinutes(1)));
        OffsetDateTime named = timer(jobid, "scheduled_time");
        OffsetDateTime late = timer(jobid, "next_fire");

        for (String part : edit.formatted(jobid).split("; ")) {
            execute(part.startsWith("SELECT") ? "DO $$ BEGIN PERFORM" + part.substring(6) + "; END $$" : part);
        }

        assertThat(timer(jobid, "next_fire")).isEqualTo(late);
        clock.tick(late);
        assertThat(times(jobid)).containsExactly(named.toInstant());
    }

    @Test
    void aFireOutlivesAnEditInAPause() {
        execute("UPDATE cron.settings SET paused = true");
        long jobid = overdue();
        OffsetDateTime named = timer(jobid, "scheduled_time");
        clock.tick(jobs.now());

        execute("UPDATE cron.job SET active = false");
        execute("UPDATE cron.job SET active = true");
        execute("UPDATE cron.settings SET (timezone, paused) = ('Asia/Tokyo', false)");
        clock.tick(jobs.now());

        assertThat(times(jobid)).containsExactly(named.toInstant());
    }

    @Test
    void aFireThatAnEditMadeInvalidIsNotOwed() {
        long jobid = overdue();

        jobs.set(jobid, "valid_until = now() - interval '3 hours'");
        clock.tick(jobs.now());

        assertThat(times(jobid)).isEmpty();
    }

    @Test
    void anotherScheduleBeginsAnew() {
        long jobid = overdue();

        execute("UPDATE cron.job SET schedule = '30 3 * * *'");
        clock.tick(jobs.now());

        assertThat(times(jobid)).isEmpty();
    }

    @Test
    void whatComesAfterAnOwedFireIsValid() {
        long jobid = overdue();
        OffsetDateTime from = jobs.now().plusDays(3);

        jobs.set(jobid, "valid_from = '" + from + "'");
        clock.tick(jobs.now());

        assertThat(times(jobid)).hasSize(1);
        assertThat(timer(jobid, "next_fire")).isAfterOrEqualTo(from);
    }

    @Test
    void whatAnInactiveJobWouldHaveFiredIsNotMadeUpFor() {
        long jobid = jobs.schedule("0 * * * *", "SELECT 1");
        jobs.set(jobid, "catch_up = 'all'");
        clock.startTimer(jobid, NOON.minusMinutes(30));

        activate(jobid, false, NOON.plusMinutes(90));
        clock.tick(NOON.plusMinutes(200));
        assertThat(times(jobid)).isEmpty();
        activate(jobid, true, NOON.plusMinutes(270));
        clock.tick(NOON.plusMinutes(370));
        clock.tick(NOON.plusMinutes(371));

        assertThat(times(jobid))
                .containsExactly(
                        NOON.toInstant(),
                        NOON.plusHours(1).toInstant(),
                        NOON.plusHours(5).toInstant(),
                        NOON.plusHours(6).toInstant());
        assertThat(timer(jobid, "next_fire")).isEqualTo(NOON.plusHours(7));
    }

    @Test
    void whatIsOwedByAnInactiveJobIsOneRun() {
        long jobid = jobs.schedule("0 * * * *", "SELECT 1");
        clock.startTimer(jobid, NOON.minusMinutes(30));

        activate(jobid, false, NOON.plusMinutes(90));
        activate(jobid, true, NOON.plusMinutes(270));
        clock.tick(NOON.plusMinutes(370));
        clock.tick(NOON.plusMinutes(371));

        assertThat(times(jobid)).containsExactly(NOON.toInstant());
        assertThat(timer(jobid, "next_fire")).isEqualTo(NOON.plusHours(7));
    }

    @Test
    void nothingThatWasMissedAfterItsValidityIsMadeUpFor() {
        long jobid = jobs.schedule("0 * * * *", "SELECT 1");
        jobs.set(jobid, "catch_up = 'all', valid_until = '2031-05-05 14:00+00'");
        clock.startTimer(jobid, NOON.minusMinutes(30));

        clock.tick(NOON.plusHours(9));

        assertThat(times(jobid))
                .containsExactly(NOON.toInstant(), NOON.plusHours(1).toInstant());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aFireThatIsQueuedAheadOfItsTimeIsNotNamedAgain(boolean anew) {
        long jobid = jobs.schedule("0 * * * *", "SELECT 1");
        clock.startTimer(jobid, NOON.minusMinutes(30));
        clock.tickAhead(NOON.minus(Duration.ofMillis(4)));
        assertThat(times(jobid)).containsExactly(NOON.toInstant());

        if (anew) {
            clock.startTimer(jobid, NOON.minus(Duration.ofMillis(2)));
        } else {
            setTimer(jobid, NOON.minus(Duration.ofMillis(2)));
        }

        assertThat(timer(jobid, "next_fire")).isEqualTo(NOON.plusHours(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jitter = '0'",
                "timezone = 'Asia/Tokyo'",
                "valid_until = now() + interval '9 days'",
                "valid_from = now() - interval '9 days'"
            })
    void anEditDoesNotShiftTheGridOfAnInterval(String edit) {
        long jobid = jobs.schedule("@every 10 hours", "SELECT 1");
        clock.startTimer(jobid, jobs.now().minusHours(7));
        OffsetDateTime next = timer(jobid, "next_fire");

        jobs.set(jobid, edit);

        assertThat(timer(jobid, "next_fire")).isEqualTo(next);
    }

    @ParameterizedTest
    @CsvSource({"* * * * *", "@every 1 min", "30 seconds"})
    void aDaemonThatStartsFiresNothingThatIsNotValidYet(String schedule) {
        long jobid = jobs.schedule(schedule, "SELECT 1");
        OffsetDateTime from = jobs.now().plusDays(1);
        jobs.set(jobid, "valid_from = '" + from + "'");

        database.owner()
                .sql("SELECT cron_engine.begin_to_lead(clock_timestamp())")
                .query()
                .singleRow();

        assertThat(timer(jobid, "next_fire")).isAfterOrEqualTo(from);
    }

    @Test
    void somebodyWhoIsChangingOptionsHoldsNothingBack()
            throws SQLException, InterruptedException, ExecutionException, TimeoutException {
        long failing = jobs.schedule("0 * * * *", "SELECT 1 / 0");
        jobs.set(failing, "max_failures = 1");
        clock.startTimer(failing, NOON.minusMinutes(30));
        clock.tick(NOON);
        clock.work();
        long other = jobs.schedule("0 * * * *", "SELECT 1");
        clock.startTimer(other, NOON.plusMinutes(30));
        CompletableFuture<Void> tick;

        try (Connection session = database.connect(database.ownerName());
                Statement statement = session.createStatement()) {
            session.setAutoCommit(false);
            statement.execute("UPDATE cron.job_options SET jitter = '1 s' WHERE jobid = " + failing);
            tick = CompletableFuture.runAsync(() -> clock.tick(NOON.plusHours(1)));

            assertThat(tick).succeedsWithin(Duration.ofSeconds(10));
            assertThat(times(other)).containsExactly(NOON.plusHours(1).toInstant());
            session.rollback();
        }
    }
}
