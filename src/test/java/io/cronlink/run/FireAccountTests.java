package io.cronlink.run;

import static io.cronlink.database.TestDatabase.literal;
import static org.assertj.core.api.Assertions.assertThat;

import io.cronlink.database.CronlinkDatabase;
import io.cronlink.database.TestDatabase;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each time that a schedule names is accounted for once, whatever happened: at a clock that the test sets, without a daemon. */
@Tag("engine")
@CronlinkDatabase
class FireAccountTests {

    private static final OffsetDateTime NOON = OffsetDateTime.of(2031, 5, 5, 12, 0, 0, 0, ZoneOffset.UTC);
    private static final List<String> SCHEDULES =
            List.of("*/10 * * * *", "7,23,51 * * * *", "0 * * * *", "30 13-20 * * *", "@every 13 min", "17 * * * *");

    private final TestDatabase database;
    private final TestJobs jobs;
    private final TestClock clock;

    FireAccountTests(TestDatabase database) {
        this.database = database;
        this.jobs = new TestJobs(database);
        this.clock = new TestClock(database);
    }

    @AfterEach
    void clear() {
        clock.close();
        jobs.clear();
        execute("DELETE FROM cron.audit");
        execute("DELETE FROM cron_engine.outage");
        execute(
                "UPDATE cron.settings SET (paused, timezone, catch_up_limit, keep_runs_per_job) = (false, 'GMT', 100, NULL)");
        execute("DELETE FROM cron.audit");
    }

    private void execute(String sql) {
        database.owner().sql(sql).update();
    }

    /** A job made at this time. */
    private long made(OffsetDateTime time, String schedule, String options) {
        long jobid = jobs.schedule(schedule, "SELECT 1");
        if (!options.isEmpty()) {
            jobs.set(jobid, options);
        }
        clock.startTimer(jobid, time);
        redate(time);
        return jobid;
    }

    /** What was written down of a change just made was at this time. */
    private void redate(OffsetDateTime time) {
        database.owner()
                .sql("UPDATE cron.audit SET changed_at = ? WHERE changed_at < '2030-01-01'")
                .param(time)
                .update();
    }

    /** A change that the engine sees at this time: its triggers look at the server's clock, so the timer is put back and set again. */
    private void change(OffsetDateTime time, long jobid, String change) {
        execute("""
                DO $do$
                DECLARE
                    v_timer cron_engine.timer := (SELECT t FROM cron_engine.timer t WHERE t.jobid = %1$d);
                BEGIN
                    %2$s;
                    PERFORM cron_engine.store_timer(v_timer), cron_engine.set_timer(%1$d, %3$s::timestamptz);
                END
                $do$""".formatted(jobid, change, literal(time.toString())));
        redate(time);
    }

    private void alter(OffsetDateTime time, long jobid, String assignments) {
        change(time, jobid, "UPDATE cron.job SET " + assignments + " WHERE jobid = " + jobid);
    }

    /** Of all jobs; a run that has begun ends at once. */
    private void tick(OffsetDateTime time, boolean runsEnd) {
        clock.tick(time);
        redate(time);
        if (runsEnd) {
            execute("""
                    WITH ended AS (DELETE FROM cron_engine.queue q WHERE q.ready RETURNING q.runid)
                    UPDATE cron.job_run_details d SET status = 'succeeded', return_message = '1 row', start_time = d.queued_time, end_time = d.queued_time
                     WHERE d.runid IN (SELECT e.runid FROM ended e)
                    """);
        }
    }

    private void tickThrough(OffsetDateTime from, OffsetDateTime until) {
        for (OffsetDateTime time = from.plusMinutes(1); !time.isAfter(until); time = time.plusMinutes(1)) {
            tick(time, true);
        }
    }

    private record Fire(Instant time, String code) {}

    private List<Fire> account(long jobid, OffsetDateTime since, OffsetDateTime now) {
        return database.owner()
                .sql(
                        "SELECT fire_time, code FROM cron_engine.accounted_fires(?, ?::timestamptz, ?::timestamptz) ORDER BY fire_time")
                .param(jobid)
                .param(since)
                .param(now)
                .query((row, number) -> new Fire(
                        row.getObject("fire_time", OffsetDateTime.class).toInstant(), row.getString("code")))
                .list();
    }

    /** As {@code 12:00 succeeded}, with the number of those that are alike in a row. */
    private List<String> told(long jobid, OffsetDateTime since, OffsetDateTime now) {
        List<String> told = new ArrayList<>();
        for (Fire fire : account(jobid, since, now)) {
            told.add(fire.time().toString().substring(11, 16) + " " + fire.code());
        }
        return told;
    }

    private List<String> facts(long jobid, OffsetDateTime since, OffsetDateTime now) {
        return database.owner()
                .sql("""
                        SELECT concat_ws('|', code, fires, fact, hint) FROM cron_engine.why_fires(?, ?::timestamptz, ?::timestamptz)
                        """)
                .param(jobid)
                .param(since)
                .param(now)
                .query(String.class)
                .list();
    }

    private Set<Instant> named(String schedule, String timezone, OffsetDateTime after, OffsetDateTime until) {
        return database
                .owner()
                .sql("SELECT f FROM cron.next_fires(?, ?, ?::timestamptz, 3000) f WHERE f <= ?::timestamptz")
                .param(schedule)
                .param(timezone)
                .param(after)
                .param(until)
                .query(OffsetDateTime.class)
                .list()
                .stream()
                .map(OffsetDateTime::toInstant)
                .collect(Collectors.toSet());
    }

    @Test
    void aJobIsAskedAboutFromBeforeItWasMade() {
        long jobid = made(NOON, "0 * * * *", "");
        tickThrough(NOON, NOON.plusHours(2));

        assertThat(told(jobid, NOON.minusHours(2), NOON.plusHours(2)))
                .containsExactly("11:00 not_made", "12:00 not_made", "13:00 succeeded", "14:00 succeeded");
        assertThat(facts(jobid, NOON.minusHours(2), NOON.plusHours(2)))
                .last()
                .isEqualTo("not_made|1|the job did not exist yet|Changed at 2031-05-05 12:00:00+00 by "
                        + database.ownerName() + ".");
    }

    @Test
    void itsOwnTimesOfThenAndWhatTheScheduleOfNowWouldHaveNamedAreTold() {
        long jobid = made(NOON, "15 * * * *", "");
        tickThrough(NOON, NOON.plusMinutes(100));
        alter(NOON.plusMinutes(100), jobid, "schedule = '0 * * * *'");
        tickThrough(NOON.plusMinutes(100), NOON.plusMinutes(125));

        assertThat(told(jobid, NOON, NOON.plusMinutes(125)))
                .containsExactly("12:15 succeeded", "13:00 other_schedule", "13:15 succeeded", "14:00 succeeded");
        assertThat(facts(jobid, NOON, NOON.plusMinutes(125)))
                .contains(
                        "other_schedule|1|not a time of the schedule in force: it was '15 * * * *', in time zone GMT|Changed at 2031-05-05 13:40:00+00 by "
                                + database.ownerName() + ".");
    }

    @Test
    void whoDeactivatedItAndWhyIsTold() {
        long jobid = made(NOON, "0 * * * *", "");
        change(
                NOON.plusMinutes(30),
                jobid,
                "PERFORM cron_engine.pause_job(%s, %d, true, 'month end')"
                        .formatted(literal(database.ownerName()), jobid));
        tickThrough(NOON.plusMinutes(30), NOON.plusMinutes(150));
        alter(NOON.plusMinutes(150), jobid, "active = true");
        tickThrough(NOON.plusMinutes(150), NOON.plusMinutes(181));

        assertThat(told(jobid, NOON, NOON.plusMinutes(181)))
                .containsExactly("13:00 inactive", "14:00 inactive", "15:00 succeeded");
        assertThat(facts(jobid, NOON, NOON.plusMinutes(181)).get(1))
                .startsWith("inactive|1|the job was inactive: at 2031-05-05 12:30:00+00 by role \""
                        + database.ownerName() + "\": month end|Changed at 2031-05-05 14:30:00+00 by ");
    }

    @Test
    void anOutageIsMadeUpForOnceAndTold() {
        long jobid = made(NOON, "*/30 * * * *", "");
        tickThrough(NOON, NOON.plusMinutes(31));
        // Nobody leads for two hours.
        OffsetDateTime back = NOON.plusMinutes(151);
        database.owner()
                .sql("SELECT cron_engine.note_outage(?::timestamptz)")
                .param(back)
                .query()
                .singleRow();
        tickThrough(back.minusMinutes(1), NOON.plusMinutes(185));

        assertThat(told(jobid, NOON, NOON.plusMinutes(185)))
                .containsExactly(
                        "12:30 succeeded",
                        "13:00 succeeded",
                        "13:30 merged",
                        "14:00 merged",
                        "14:30 merged",
                        "15:00 succeeded");
        long caughtUp = jobs.runsOf(jobid).get(1).runid();
        assertThat(facts(jobid, NOON, NOON.plusMinutes(185)))
                .contains("merged|1|made up for by run " + caughtUp
                        + ", which was fired when this time was over, too; nobody led the scheduler until 2031-05-05 14:31:00+00,"
                        + " its last sign before is of 2031-05-05 12:30:00+00|See option catch_up.")
                .anySatisfy(fact -> assertThat(fact)
                        .contains("run " + caughtUp + " succeeded")
                        .contains("; started 01:31:00 late; nobody led the scheduler until"));
    }

    @Test
    void aPauseIsToldAndWhatIsSkippedForItCountedOnce() {
        long jobid = made(NOON, "*/30 * * * *", "catch_up = 'skip'");
        execute("UPDATE cron.settings SET paused = true");
        redate(NOON.plusMinutes(10));
        tickThrough(NOON, NOON.plusMinutes(100));
        assertThat(told(jobid, NOON, NOON.plusMinutes(100))).containsExactly("12:30 owed", "13:00 owed", "13:30 owed");
        execute("UPDATE cron.settings SET paused = false");
        redate(NOON.plusMinutes(100));
        tickThrough(NOON.plusMinutes(100), NOON.plusMinutes(125));

        assertThat(told(jobid, NOON, NOON.plusMinutes(125)))
                .containsExactly("12:30 skipped", "13:00 missed", "13:30 missed", "14:00 succeeded");
        assertThat(facts(jobid, NOON, NOON.plusMinutes(125))).anySatisfy(fact -> assertThat(fact)
                .startsWith("skipped|1|skipped: missed: the scheduler was not running; the scheduler was"
                        + " paused at 2031-05-05 12:10:00+00"));
    }

    @Test
    void whatIsSkippedForAnotherRunSaysSo() {
        long jobid = made(NOON, "*/10 * * * *", "overlap = 'skip'");
        tick(NOON.plusMinutes(10), false);
        tick(NOON.plusMinutes(20), false);
        tick(NOON.plusMinutes(30), true);

        assertThat(facts(jobid, NOON, NOON.plusMinutes(31)))
                .element(1)
                .isEqualTo("skipped|1|skipped: the job was still running|See option overlap.");
    }

    @Test
    void whatIsNotInTheHistoryHasItsReason() {
        long none = made(NOON, "0 * * * *", "log_level = 'failures'");
        long limited = made(NOON, "0 * * * *", "catch_up = 'all'");
        long bounded = made(NOON, "0 * * * *", "valid_until = '2031-05-05 14:30+00'");
        long moved = made(NOON, "0 * * * *", "");
        long deleted = made(NOON, "0 * * * *", "");
        execute("UPDATE cron.settings SET catch_up_limit = 2");
        redate(NOON);
        // Four fires are owed, one schedule is changed meanwhile.
        alter(NOON.plusMinutes(90), moved, "schedule = '45 * * * *'");
        tick(NOON.plusMinutes(241), true);
        execute("DELETE FROM cron.job_run_details WHERE jobid = " + none);
        database.owner()
                .sql("SELECT cron.delete_runs('2031-12-31', ?)")
                .param(deleted)
                .query()
                .singleRow();

        OffsetDateTime now = NOON.plusMinutes(241);
        assertThat(told(none, NOON, now))
                .containsExactly("13:00 not_kept", "14:00 not_kept", "15:00 not_kept", "16:00 not_kept");
        assertThat(told(limited, NOON, now))
                .containsExactly("13:00 beyond_limit", "14:00 beyond_limit", "15:00 succeeded", "16:00 queued");
        assertThat(told(bounded, NOON, now))
                .containsExactly("13:00 succeeded", "14:00 merged", "15:00 not_valid", "16:00 not_valid");
        assertThat(told(moved, NOON, now))
                .contains("13:00 started_over", "12:45 other_schedule", "13:45 succeeded", "14:45 merged");
        assertThat(told(deleted, NOON, now)).first().isEqualTo("13:00 removed");
    }

    @Test
    void aTimeThatTheClockSkippedIsMetAfterTheGap() {
        OffsetDateTime night = OffsetDateTime.of(2031, 3, 29, 12, 0, 0, 0, ZoneOffset.UTC);
        long jobid = made(night, "30 2 * * *", "timezone = 'Europe/Berlin'");
        tick(night.plusHours(13), true);
        tick(night.plusHours(36), true);

        assertThat(facts(jobid, night, night.plusHours(36)))
                .last()
                .asString()
                .endsWith("; the clock of Europe/Berlin was set forward from 02:00 to 03:00 then,"
                        + " so a time between the two was met right after");
    }

    @Test
    void aDenseScheduleIsAFewLines() {
        long jobid = made(NOON, "10 seconds", "");
        for (int i = 1; i <= 300; i++) {
            tick(NOON.plusSeconds(10L * i), true);
        }
        OffsetDateTime now = NOON.plusSeconds(3005);

        assertThat(account(jobid, NOON, now))
                .hasSize(300)
                .extracting(Fire::code)
                .containsOnly("succeeded");
        assertThat(facts(jobid, NOON, now))
                .hasSize(11)
                .last()
                .asString()
                .startsWith("succeeded|290|290 fires: all succeeded");
    }

    /** What happens in twelve hours to eight jobs, by chance. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void eachTimeIsAccountedForOnceWhateverHappens(long seed) {
        Random random = new Random(seed);
        Map<Long, List<Definition>> definitions = new HashMap<>();
        List<String> options = List.of(
                "",
                "catch_up = 'all'",
                "catch_up = 'skip'",
                "overlap = 'skip'",
                "overlap = 'allow'",
                "jitter = '3 min'",
                "start_deadline = '20 min'",
                "timezone = 'Asia/Kolkata'");
        for (String option : options) {
            String schedule = SCHEDULES.get(random.nextInt(SCHEDULES.size()));
            long jobid = made(NOON, schedule, option);
            definitions.put(jobid, new ArrayList<>(List.of(new Definition(NOON, schedule, true))));
        }
        List<Long> all = definitions.keySet().stream().sorted().toList();
        OffsetDateTime end = NOON.plusHours(12);
        OffsetDateTime nobodyUntil = NOON;
        for (OffsetDateTime time = NOON; time.isBefore(end); time = time.plusMinutes(1)) {
            if (time.isBefore(nobodyUntil)) {
                continue;
            }
            if (random.nextInt(120) == 0) {
                nobodyUntil = time.plusMinutes(random.nextInt(5, 90));
                database.owner()
                        .sql("SELECT cron_engine.note_outage(?::timestamptz)")
                        .param(nobodyUntil)
                        .query()
                        .singleRow();
                continue;
            }
            if (random.nextInt(60) == 0) {
                execute("UPDATE cron.settings SET paused = NOT paused");
                redate(time.plusSeconds(10));
            }
            if (random.nextInt(30) == 0) {
                long jobid = all.get(random.nextInt(all.size()));
                List<Definition> known = Objects.requireNonNull(definitions.get(jobid));
                Definition last = known.get(known.size() - 1);
                Definition next = random.nextBoolean()
                        ? new Definition(time.plusSeconds(20), last.schedule(), !last.active())
                        : new Definition(
                                time.plusSeconds(20), SCHEDULES.get(random.nextInt(SCHEDULES.size())), last.active());
                alter(next.since(), jobid, "schedule = '%s', active = %s".formatted(next.schedule(), next.active()));
                known.add(next);
            }
            tick(time.plusSeconds(30), random.nextInt(4) > 0);
        }
        definitions.forEach((jobid, known) -> verify(jobid, known, end));
    }

    private void verify(long jobid, List<Definition> known, OffsetDateTime end) {
        List<Fire> account = account(jobid, NOON, end);
        String timezone = jobs.value("SELECT timezone FROM cron.job_details WHERE jobid = " + jobid);
        Set<Instant> expected = new TreeSet<>();
        String present = known.get(known.size() - 1).schedule();
        for (int i = 0; i < known.size(); i++) {
            OffsetDateTime until = i + 1 < known.size() ? known.get(i + 1).since() : end;
            for (String schedule : new TreeSet<>(List.of(known.get(i).schedule(), present))) {
                // The grid of an interval is where its first fire was.
                if (!schedule.startsWith("@every")) {
                    expected.addAll(named(schedule, timezone, known.get(i).since(), until));
                }
            }
        }
        Set<Instant> recorded = jobs.runsOf(jobid).stream()
                .map(run -> Objects.requireNonNull(run.scheduledTime()).toInstant())
                .collect(Collectors.toSet());

        assertThat(account)
                .as("job %d, %s", jobid, known)
                .extracting(Fire::time)
                .doesNotHaveDuplicates();
        assertThat(account)
                .as("job %d, %s", jobid, known)
                .extracting(Fire::time)
                .containsAll(expected)
                .containsAll(recorded);
        if (known.stream().noneMatch(one -> one.schedule().startsWith("@every"))) {
            expected.addAll(recorded);
            assertThat(account).extracting(Fire::time).containsExactlyElementsOf(expected);
        }
        assertThat(account)
                .as("job %d, %s", jobid, known)
                .extracting(Fire::code)
                .doesNotContain("unknown", "removed", "expired");
        account.forEach(fire -> {
            if (!recorded.contains(fire.time())) {
                Definition then = known.stream()
                        .filter(one -> one.since().toInstant().isBefore(fire.time()))
                        .reduce((first, second) -> second)
                        .orElseThrow();
                if (!then.active()
                        && !fire.code().equals("owed")
                        && !fire.code().equals("other_schedule")) {
                    assertThat(fire.code()).as("%s of job %d", fire, jobid).isEqualTo("inactive");
                }
            }
        });
    }

    private record Definition(OffsetDateTime since, String schedule, boolean active) {}
}
