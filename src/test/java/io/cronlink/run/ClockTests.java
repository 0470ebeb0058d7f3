package io.cronlink.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cronlink.database.CronlinkDatabase;
import io.cronlink.database.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The clock may jump, the server may sleep. */
@Tag("engine")
@CronlinkDatabase
class ClockTests {

    private static final OffsetDateTime NOON = OffsetDateTime.of(2031, 5, 5, 12, 0, 0, 0, ZoneOffset.UTC);

    private final TestDatabase database;
    private final TestJobs jobs;
    private final TestClock clock;

    ClockTests(TestDatabase database) {
        this.database = database;
        this.jobs = new TestJobs(database);
        this.clock = new TestClock(database);
    }

    @AfterEach
    void clear() {
        clock.close();
        jobs.clear();
    }

    private long job(String schedule, String timezone, OffsetDateTime since) {
        long jobid = jobs.schedule(schedule, "SELECT 1");
        jobs.set(jobid, "timezone = '" + timezone + "', overlap = 'allow'");
        clock.startTimer(jobid, since);
        return jobid;
    }

    private List<Instant> fires(long jobid) {
        return jobs.runsOf(jobid).stream()
                .map(run -> Objects.requireNonNull(run.scheduledTime()).toInstant())
                .toList();
    }

    private OffsetDateTime nextFire(long jobid) {
        return time("SELECT next_fire FROM cron_engine.timer WHERE jobid = ?", jobid);
    }

    private OffsetDateTime notBefore(long jobid) {
        return time("SELECT not_before FROM cron_engine.queue WHERE jobid = ?", jobid);
    }

    private OffsetDateTime time(String sql, long jobid) {
        return database.owner()
                .sql(sql)
                .param(jobid)
                .query(OffsetDateTime.class)
                .single();
    }

    /** Every minute, both ends included. */
    private void tickThrough(OffsetDateTime from, OffsetDateTime to) {
        for (OffsetDateTime now = from; !now.isAfter(to); now = now.plusMinutes(1)) {
            clock.tick(now);
        }
    }

    @ParameterizedTest
    @CsvSource({"0 * * * *, PT1H", "*/10 * * * *, PT10M", "30 seconds, PT30S", "@every 90 seconds, PT90S"})
    void goesOnAtItsRhythmWhenTheClockIsSetBack(String schedule, Duration rhythm) {
        long jobid = job(schedule, "GMT", NOON.minusMinutes(30));
        clock.tick(NOON);
        OffsetDateTime back = NOON.minusHours(5).plusSeconds(7);

        clock.tick(back);

        assertThat(Duration.between(back, nextFire(jobid))).isBetween(Duration.ofMillis(1), rhythm);
        int before = jobs.runsOf(jobid).size();
        clock.tick(back.plus(rhythm));
        assertThat(jobs.runsOf(jobid)).hasSize(before + 1);
    }

    @ParameterizedTest
    @CsvSource({
        "120, 2031-05-06T11:00:00Z",
        "179, 2031-05-06T11:00:00Z",
        "180, 2031-05-05T11:00:00Z",
        "3000, 2031-05-03T11:00:00Z"
    })
    void meetsAFixedTimeAgainOnlyWhenTheClockWasPlainlyWrong(int minutesBack, Instant next) {
        long jobid = job("0 11 * * *", "GMT", NOON.minusHours(2));
        clock.tick(NOON);
        assertThat(fires(jobid)).hasSize(1);

        clock.tick(NOON.minusMinutes(minutesBack));

        assertThat(nextFire(jobid)).isEqualTo(next.atOffset(ZoneOffset.UTC));
    }

    @Test
    void firesNothingTwiceWhenTheClockIsSetBackALittle() {
        long jobid = job("* * * * *", "GMT", NOON.minusMinutes(1));
        clock.tick(NOON);

        for (int seconds : new int[] {-50, -1, 0, 59, 20, 60}) {
            clock.tick(NOON.plusSeconds(seconds));
        }

        assertThat(fires(jobid))
                .containsExactly(NOON.toInstant(), NOON.plusMinutes(1).toInstant());
    }

    @Test
    void catchesUpWhenTheClockIsSetForward() {
        long jobid = job("0 * * * *", "GMT", NOON.minusMinutes(30));
        clock.tick(NOON);

        clock.tick(NOON.plusHours(9).plusMinutes(20));
        clock.tick(NOON.plusHours(9).plusMinutes(21));

        assertThat(fires(jobid)).hasSize(2);
        assertThat(jobs.runsOf(jobid).get(1).trigger()).isEqualTo("catch-up");
        assertThat(nextFire(jobid)).isEqualTo(NOON.plusHours(10));
    }

    @Test
    void comesBackFromATripIntoTheFuture() {
        long jobid = job("*/5 * * * *", "GMT", NOON.minusMinutes(1));
        clock.tick(NOON);
        clock.tick(NOON.plusYears(3));

        tickThrough(NOON.plusMinutes(1), NOON.plusMinutes(10));

        assertThat(fires(jobid))
                .endsWith(NOON.plusMinutes(5).toInstant(), NOON.plusMinutes(10).toInstant());
    }

    @Test
    void bringsTimersForwardThatALeaderOfAnotherTimeLeft() {
        long jobid = job("*/5 * * * *", "GMT", NOON.minusMinutes(1));
        clock.tick(NOON.plusYears(3));
        OffsetDateTime now = NOON.plusMinutes(1);

        database.owner()
                .sql("SELECT cron_engine.begin_to_lead(?::timestamptz)")
                .param(now)
                .query()
                .singleRow();

        assertThat(nextFire(jobid)).isEqualTo(NOON.plusMinutes(5));
    }

    @ParameterizedTest
    @CsvSource({
        // Forward on 30 March at 02:00 local time, back on 26 October at 03:00.
        "30 2 * * *,    Europe/Berlin, 2031-03-30T00:00Z, 1",
        "30 2 * * *,    Europe/Berlin, 2031-10-25T23:00Z, 1",
        "*/30 * * * *,  Europe/Berlin, 2031-03-30T00:00Z, 7",
        "*/30 * * * *,  Europe/Berlin, 2031-10-25T23:00Z, 7",
        "0 2 * * *,     Australia/Lord_Howe, 2031-10-04T14:00Z, 1",
    })
    void firesOnceForEachTimeWhereLocalClocksChange(String schedule, String timezone, OffsetDateTime from, int count) {
        long jobid = job(schedule, timezone, from.minusSeconds(1));

        tickThrough(from, from.plusHours(3));

        assertThat(fires(jobid)).hasSize(count).doesNotHaveDuplicates();
        assertThat(jobs.runsOf(jobid)).extracting(RecordedRun::trigger).containsOnly("schedule");
    }

    /** An hour of ticks, each late in another way, and no fire later for it than its own tick. */
    @Test
    void keepsToTheGridOfAnIntervalForAnHour() {
        long jobid = job("1 second", "GMT", NOON);
        database.owner().sql("""
                DO $body$
                BEGIN
                    FOR i IN 1 .. 3600 LOOP
                        PERFORM cron_engine.tick(timestamptz '%s' + i * interval '1 s' + i * 137 %% 900 * interval '1 ms');
                        COMMIT;
                    END LOOP;
                END
                $body$
                """.formatted(NOON)).update();

        List<Instant> fires = fires(jobid);
        assertThat(fires).hasSize(3600);
        for (int i = 0; i < fires.size(); i++) {
            assertThat(fires.get(i)).isEqualTo(NOON.plusSeconds(i + 1).toInstant());
        }
    }

    @Test
    void queuesAFireAheadOfItsTimeOnce() {
        long jobid = job("1 second", "UTC", NOON);

        clock.tickAhead(NOON.plus(Duration.ofMillis(994)));
        assertThat(fires(jobid)).isEmpty();
        clock.tickAhead(NOON.plus(Duration.ofMillis(996)));

        assertThat(fires(jobid)).containsExactly(NOON.plusSeconds(1).toInstant());
        assertThat(nextFire(jobid)).isEqualTo(NOON.plusSeconds(2));
        assertThat(notBefore(jobid)).isEqualTo(NOON.plusSeconds(1));
        clock.tickAhead(NOON.plusSeconds(1));
        assertThat(fires(jobid)).hasSize(1);
    }

    @Test
    void losesNoFireThatIsNearWhenOneIsLate() {
        long jobid = job("1 second", "UTC", NOON);

        clock.tickAhead(NOON.plus(Duration.ofMillis(1_997)));
        assertThat(nextFire(jobid)).isEqualTo(NOON.plusSeconds(2));
        clock.tickAhead(NOON.plus(Duration.ofMillis(1_998)));
        clock.tickAhead(NOON.plusSeconds(2));

        assertThat(fires(jobid))
                .containsExactly(
                        NOON.plusSeconds(1).toInstant(), NOON.plusSeconds(2).toInstant());
    }

    /** Its run may end just in time. */
    @Test
    void decidesAboutAnOverlapWhenTheTimeHasCome() {
        long jobid = job("1 second", "UTC", NOON);
        jobs.set(jobid, "overlap = 'skip'");
        clock.tick(NOON.plusSeconds(1));

        clock.tickAhead(NOON.plus(Duration.ofMillis(1_997)));
        assertThat(fires(jobid)).hasSize(1);
        database.owner().sql("DELETE FROM cron_engine.queue").update();
        clock.tickAhead(NOON.plus(Duration.ofMillis(1_998)));

        assertThat(jobs.runsOf(jobid)).extracting(RecordedRun::status).containsExactly("queued", "queued");
    }

    @Test
    void startsNothingBeforeItsTime() {
        database.startDaemon();
        long jobid = jobs.schedule("1 second", "SELECT statement_timestamp()");
        // Due while other runs are under way: no worker takes them along that began before their time.
        long often = jobs.schedule("@every 100 ms", "SELECT statement_timestamp()");
        for (int i = 0; i < 8; i++) {
            jobs.schedule("@every 130 ms", "SELECT pg_sleep(0.01)");
        }

        await().until(() -> jobs.runsOf(jobid).stream()
                        .filter(run -> run.status().equals("succeeded"))
                        .count()
                >= 4);
        database.stopDaemons();

        assertThat(jobs.value(
                        "SELECT bool_and(start_time >= scheduled_time) || ' ' || bool_or(queued_time < scheduled_time)"
                                + " FROM cron.job_run_details WHERE jobid = " + jobid))
                .isEqualTo("true true");
        assertThat(jobs.value("SELECT bool_and(result::timestamptz >= scheduled_time) FROM cron.job_run_details"
                        + " WHERE status = 'succeeded' AND jobid IN (" + jobid + ", " + often + ")"))
                .isEqualTo("true");
    }

    @Test
    void startsADeadlineAtTheFireNotAtTheJump() {
        long jobid = job("0 * * * *", "GMT", NOON.minusMinutes(30));
        jobs.set(jobid, "start_deadline = '10 min'");

        clock.tick(NOON.plusHours(5));

        assertThat(jobs.runsOf(jobid)).extracting(RecordedRun::status).containsExactly("skipped");
    }
}
