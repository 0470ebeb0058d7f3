package io.cronlink.run;

import static io.cronlink.database.TestDatabase.literal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cronlink.database.CronlinkDatabase;
import io.cronlink.database.TestDatabase;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No row of one job makes a statement about all jobs fail. The rows are written past all checks, as the owner of the tables might,
 * one in each table for each step of the daemon. The job that has one is put aside, with the reason; no other notices.
 */
@Tag("engine")
@CronlinkDatabase
class PoisonTests {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** Of which the sum is small, and the parts are not. */
    private static final String NEVER_TO_BE_ADDED = "'70000000 months -2100000000 days'";

    private final TestDatabase database;
    private final TestJobs jobs;
    private final TestClock clock;

    PoisonTests(TestDatabase database) {
        this.database = database;
        this.jobs = new TestJobs(database);
        this.clock = new TestClock(database);
    }

    @BeforeAll
    static void openTheDoor(TestDatabase database) {
        database.owner().sql("""
                        DO $$
                        DECLARE
                            v_check record;
                        BEGIN
                            FOR v_check IN
                                SELECT c.conname, c.conrelid::regclass AS relation FROM pg_constraint AS c
                                WHERE c.contype = 'c' AND c.conrelid IN ('cron.job'::regclass, 'cron.job_options'::regclass, 'cron.job_group'::regclass)
                            LOOP
                                EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', v_check.relation, v_check.conname);
                            END LOOP;
                        END$$
                        """).update();
    }

    @BeforeEach
    void begin() {
        clock.recoverLostRuns(jobs.now());
        clock.tick(jobs.now());
        execute("DELETE FROM cron_engine.ended_run");
    }

    @AfterEach
    void clear() {
        execute("ALTER TABLE cron.job_run_details DROP CONSTRAINT IF EXISTS strange");
        execute("ALTER TABLE cron.job DROP CONSTRAINT IF EXISTS strange");
        execute("DROP TABLE IF EXISTS app.holds");
        execute("UPDATE cron.settings SET paused = false, max_attempts = 1, timezone = 'GMT'");
        database.stopDaemons();
        execute("DELETE FROM cron.job");
        execute("TRUNCATE cron_engine.queue, cron_engine.saved_run, cron_engine.due, cron_engine.fault");
        execute("DELETE FROM cron_engine.timer");
        execute("DELETE FROM cron.job_run_details");
        clock.close();
    }

    private void execute(String sql) {
        database.owner().sql(sql).update();
    }

    /** Without the triggers, which would refuse it or draw consequences. */
    private void plant(String table, String sql) {
        execute("ALTER TABLE %s DISABLE TRIGGER USER".formatted(table));
        try {
            execute(sql);
        } finally {
            execute("ALTER TABLE %s ENABLE TRIGGER USER".formatted(table));
        }
    }

    private void option(long jobid, String option, String value) {
        plant(
                "cron.job_options",
                "INSERT INTO cron.job_options (jobid, %s) VALUES (%d, %s)".formatted(option, jobid, value));
    }

    /** A row that cannot be written any more, whatever of it is. */
    private void forbid(String table, String condition) {
        execute("ALTER TABLE %s ADD CONSTRAINT strange CHECK (%s) NOT VALID".formatted(table, condition));
    }

    private void due(long jobid) {
        execute(
                "UPDATE cron_engine.timer SET (scheduled_time, next_fire) = (now() - interval '1 s', now() - interval '1 s')"
                        + " WHERE jobid = " + jobid);
        execute("INSERT INTO cron_engine.due SELECT jobid, next_fire FROM cron_engine.timer WHERE jobid = " + jobid
                + " ON CONFLICT (jobid) DO UPDATE SET next_fire = EXCLUDED.next_fire");
    }

    /** Fired, and waiting. */
    private long fired(long jobid) {
        due(jobid);
        clock.tick(jobs.now());
        return jobs.runsOf(jobid).get(0).runid();
    }

    private void crash() {
        execute("TRUNCATE "
                + String.join(
                        ", ", database.owner().sql("""
                        SELECT c.oid::regclass::text FROM pg_class AS c
                        WHERE c.relpersistence = 'u' AND c.relkind = 'r' AND c.relnamespace = 'cron_engine'::regnamespace
                        """).query(String.class).list()));
    }

    private void call(String function) {
        database.owner().sql("SELECT cron_engine." + function).query().singleRow();
    }

    private void lead() {
        call("begin_to_lead(clock_timestamp())");
    }

    private void step(String step) {
        step(step, jobs.now());
    }

    private void step(String step, OffsetDateTime now) {
        database.owner()
                .sql("SELECT cron_engine.run_step(?, ?)")
                .param(step)
                .param(now)
                .query()
                .singleRow();
    }

    private void assertPutAside(String step, long item, long jobid) {
        assertThat(jobs.value("SELECT jobid FROM cron_engine.daemon_faults() WHERE step = %s AND item = '%d'"
                        .formatted(literal(step), item)))
                .as(jobs.value("SELECT string_agg(f::text, ' ') FROM cron_engine.daemon_faults() AS f"))
                .isEqualTo(String.valueOf(jobid));
        assertThat(jobs.value("SELECT fault FROM cron.job_details WHERE jobid = " + jobid))
                .isNotEmpty();
    }

    private void assertNothingElseIsWrong(long jobid) {
        assertThat(jobs.value(
                        "SELECT string_agg(f::text, ' ') FROM cron_engine.daemon_faults() AS f WHERE jobid IS DISTINCT FROM "
                                + jobid))
                .isEmpty();
    }

    private void assertNoFault() {
        assertThat(jobs.value("SELECT string_agg(f::text, ' ') FROM cron_engine.daemon_faults() AS f"))
                .isEmpty();
    }

    private boolean isQueued(long runid) {
        return jobs.value("SELECT count(*) FROM cron_engine.queue WHERE runid = " + runid)
                .equals("1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO cron.job_options (jobid, start_deadline) VALUES (%1$d, '178000000 years')",
                "INSERT INTO cron.job_options (jobid, jitter) VALUES (%1$d, '178000000 years')",
                "UPDATE cron.job_run_details SET username = NULL WHERE runid = %2$d",
                "UPDATE cron.job_run_details SET scheduled_time = '294276-12-31' WHERE runid = %2$d; "
                        + "INSERT INTO cron.job_options (jobid, start_deadline) VALUES (%1$d, '1 year')",
                "INSERT INTO cron_engine.saved_run SELECT * FROM cron_engine.queue WHERE runid = %2$d; "
                        + "UPDATE cron_engine.saved_run SET claims = 2147483647 WHERE runid = %2$d; "
                        + "UPDATE cron.job_run_details SET status = 'running' WHERE runid = %2$d",
            })
    void recovery(String poison) {
        long bad = jobs.schedule("@every 1 hour", "SELECT 1");
        long good = jobs.schedule("@every 1 hour", "SELECT 2");
        long stuck = fired(bad);
        long runid = fired(good);
        plant("cron.job_options", poison.formatted(bad, stuck));
        crash();

        lead();

        assertThat(isQueued(runid)).isTrue();
        assertThat(isQueued(stuck)).isFalse();
        assertPutAside("restore run", stuck, bad);
        assertNothingElseIsWrong(bad);

        // It is not forgotten, not by the next leader either, nor by the next crash.
        call("note_recovery_point()");
        lead();
        assertPutAside("restore run", stuck, bad);
        crash();
        lead();
        assertPutAside("restore run", stuck, bad);
        plant("cron.job_options", "DELETE FROM cron.job_options WHERE jobid = " + bad);
        execute("UPDATE cron.job_run_details SET (username, scheduled_time) = (%s, now()) WHERE runid = %d"
                .formatted(literal(database.ownerName()), stuck));
        execute("UPDATE cron_engine.saved_run SET claims = 0 WHERE runid = " + stuck);
        step("mend", jobs.now().plusMinutes(6));
        assertThat(isQueued(stuck)).isTrue();
        assertNoFault();
    }

    @Test
    void recoveryOfARunWhoseRowCannotBeWritten() {
        long bad = jobs.create("SELECT 1");
        long stuck = jobs.start(bad);
        long good = jobs.create("SELECT 1");
        long lost = jobs.start(good);
        clock.tick(jobs.now());
        for (long runid : List.of(stuck, lost)) {
            execute("UPDATE cron_engine.queue SET (pid, claims, top_level) = (0, 1, true) WHERE runid = " + runid);
            execute("UPDATE cron.job_run_details SET status = 'running' WHERE runid = " + runid);
        }
        forbid("cron.job_run_details", "runid <> " + stuck);

        step("recover");

        assertThat(jobs.find(lost).status()).isEqualTo("failed");
        assertPutAside("recover", stuck, bad);
        assertNothingElseIsWrong(bad);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "timezone = 'Mars/Base'",
                "schedule.every = '0'",
                "schedule.every = '-1 hour'",
                "schedule.every = '1 microsecond'",
                "schedule.every = '178000000 years'",
                "next_fire = '-infinity'",
                "scheduled_time = '-infinity'",
                "anchor = '-infinity'"
            })
    void fires(String poison) {
        long bad = jobs.schedule(poison.startsWith("timezone") ? "* * * * *" : "@every 1 hour", "SELECT 1");
        long good = jobs.schedule("@every 1 hour", "SELECT 2");
        option(bad, "catch_up", "'all'");
        due(bad);
        due(good);
        execute("UPDATE cron_engine.timer SET " + poison + " WHERE jobid = " + bad);
        if (poison.startsWith("next_fire")) {
            execute("UPDATE cron_engine.due SET " + poison + " WHERE jobid = " + bad);
        }

        step("fire");

        assertThat(jobs.runsOf(good)).hasSize(1);
        if (!poison.startsWith("scheduled_time")) {
            // Of that some versions make an infinite jitter.
            assertPutAside("fire", bad, bad);
        }
        assertNothingElseIsWrong(bad);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "schedule.months = B'000000000000'",
                "schedule.hours = B'000000000000000000000000'",
                "schedule.minutes = B'000000000000000000000000000000000000000000000000000000000000'",
                "schedule.minutes = NULL",
                "schedule.hours = NULL",
                "schedule.days = NULL, schedule.weekdays = NULL",
                "schedule.kind = NULL",
                "schedule.kind = 'odd'"
            })
    void schedulesThatNobodyMayWriteComeToAnEnd(String poison) {
        for (String schedule : List.of("* * * * *", "0 3 * * *")) {
            long bad = jobs.schedule(schedule, "SELECT 1");
            long good = jobs.schedule("@every 1 hour", "SELECT 2");
            due(bad);
            due(good);
            execute("UPDATE cron_engine.timer SET " + poison + " WHERE jobid = " + bad);

            step("fire");

            assertThat(jobs.runsOf(good)).hasSize(1);
            assertNothingElseIsWrong(bad);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-infinity", "infinity", "4713-01-01 BC", "294276-12-31"})
    void timesWhileNothingMayFire(String time) {
        execute("UPDATE cron.settings SET paused = true");
        long jobid = jobs.schedule("@every 1 hour", "SELECT 1");
        execute("UPDATE cron_engine.due SET next_fire = %s WHERE jobid = %d".formatted(literal(time), jobid));

        assertThat(jobs.value("SELECT cron_engine.sleep_time(now(), 0.2, 0) BETWEEN 0 AND 0.2"))
                .isEqualTo("true");
    }

    static Stream<Arguments> consequences() {
        return Stream.of(
                Arguments.of(
                        "cron.job_options",
                        "INSERT INTO cron.job_options (jobid, retry_delay) VALUES (%d, " + NEVER_TO_BE_ADDED + ")"),
                Arguments.of(
                        "cron.job_options",
                        "INSERT INTO cron_engine.job_state (jobid, failures) VALUES (%d, 2147483647)"),
                Arguments.of(
                        "cron.job",
                        "UPDATE cron.job SET schedule = 'garbage' WHERE jobid = %1$d;"
                                + " INSERT INTO cron.job_options (jobid, max_failures) VALUES (%1$d, 1)"));
    }

    @ParameterizedTest
    @MethodSource("consequences")
    void consequences(String table, String poison) {
        execute("UPDATE cron.settings SET max_retry_delay = '100 years'");
        long bad = jobs.create("SELECT 1 / 0");
        long good = jobs.create("SELECT 1 / 0");
        jobs.set(good, "max_attempts = 2");
        long stuck = jobs.start(bad);
        long runid = jobs.start(good);
        clock.tick(jobs.now());
        plant(table, poison.formatted(bad));
        if (poison.contains("retry_delay")) {
            plant("cron.job_options", "UPDATE cron.job_options SET max_attempts = 2 WHERE jobid = " + bad);
        }
        clock.work();
        assertThat(jobs.find(runid).status()).isEqualTo("failed");

        step("settle");

        assertThat(jobs.runsOf(good)).extracting(RecordedRun::trigger).containsExactly("manual", "retry");
        assertPutAside("settle", stuck, bad);
        assertNothingElseIsWrong(bad);
    }

    @Test
    void aRunThatCannotBeMadeReady() {
        long bad = jobs.create("SELECT 1");
        long stuck = jobs.start(bad);
        long good = jobs.create("SELECT 2");
        List<Long> runs = Stream.generate(() -> jobs.create("SELECT 2"))
                .limit(9)
                .map(jobs::start)
                .toList();
        long last = jobs.start(good);
        execute("ALTER TABLE cron_engine.queue ADD CONSTRAINT strange CHECK (NOT ready OR runid <> " + stuck + ")");
        try {
            step("make ready");

            assertThat(jobs.value("SELECT count(*) FROM cron_engine.queue WHERE ready"))
                    .isEqualTo(String.valueOf(runs.size() + 1));
            assertThat(jobs.value("SELECT ready FROM cron_engine.queue WHERE runid = " + last))
                    .isEqualTo("true");
            assertPutAside("ready run", stuck, bad);
            assertNothingElseIsWrong(bad);
        } finally {
            execute("ALTER TABLE cron_engine.queue DROP CONSTRAINT strange");
        }
        step("make ready", jobs.now().plusSeconds(2));
        assertThat(jobs.value("SELECT ready FROM cron_engine.queue WHERE runid = " + stuck))
                .isEqualTo("true");
    }

    @Test
    void aRunThatNeverStarts() {
        long bad = jobs.create("SELECT 1");
        long stuck = jobs.start(bad);
        execute("UPDATE cron_engine.queue SET not_before = 'infinity' WHERE runid = " + stuck);
        long runid = jobs.start(jobs.create("SELECT 2"));

        step("make ready");

        assertThat(jobs.value("SELECT string_agg(runid::text, ' ') FROM cron_engine.queue WHERE ready"))
                .isEqualTo(String.valueOf(runid));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "started_at = '-infinity'",
                "timeout = '178000000 years'",
                "timeout = '70000000 months -2100000000 days'"
            })
    void aRunWithATimeThatCannotBeCompared(String poison) {
        long stuck = jobs.start(jobs.create("SELECT 1"));
        long overdue = jobs.start(jobs.create("SELECT 2"));
        execute(
                "UPDATE cron_engine.queue SET (ready, pid, started_at, timeout) = (true, 0, now() - interval '1 min', '1 s')");
        execute("UPDATE cron_engine.queue SET " + poison + " WHERE runid = " + stuck);

        step("mark stops");

        assertThat(jobs.value("SELECT stop_reason FROM cron_engine.queue WHERE runid = " + overdue))
                .isEqualTo("timeout");
        assertNoFault();
    }

    @Test
    void aRunThatCannotBeStopped() {
        long bad = jobs.create("SELECT 1");
        long stuck = jobs.start(bad);
        long overdue = jobs.start(jobs.create("SELECT 2"));
        execute(
                "UPDATE cron_engine.queue SET (ready, pid, started_at, timeout) = (true, 0, now() - interval '1 min', '1 s')");
        execute("ALTER TABLE cron_engine.queue ADD CONSTRAINT strange CHECK (stop_sent_at IS NULL OR runid <> " + stuck
                + ")");
        try {
            step("mark stops");

            assertThat(jobs.value("SELECT stop_reason FROM cron_engine.queue WHERE runid = " + overdue))
                    .isEqualTo("timeout");
            assertPutAside("stop run", stuck, bad);
            assertNothingElseIsWrong(bad);
        } finally {
            execute("ALTER TABLE cron_engine.queue DROP CONSTRAINT strange");
        }
    }

    @Test
    void aRunThatCannotBeSkipped() {
        long bad = jobs.create("SELECT 1");
        long stuck = jobs.start(bad);
        long late = jobs.start(jobs.create("SELECT 2"));
        execute("UPDATE cron_engine.queue SET start_before = '-infinity'");
        forbid("cron.job_run_details", "status <> 'skipped' OR runid <> " + stuck);

        step("expire");

        assertThat(jobs.find(late).returnMessage()).isEqualTo("start deadline passed");
        assertPutAside("expire run", stuck, bad);
        assertNothingElseIsWrong(bad);
    }

    @Test
    void aRunThatCannotBeRefused() {
        String role = database.createUser("unknown");
        long bad = jobs.create(role, "SELECT 1");
        long stuck = jobs.start(bad);
        long other = jobs.start(jobs.create(role, "SELECT 2"));
        clock.tick(jobs.now());
        forbid("cron.job_run_details", "status <> 'failed' OR runid <> " + stuck);

        step("staff");

        assertThat(jobs.find(other).returnMessage()).startsWith("no login is registered");
        assertPutAside("refuse run", stuck, bad);
    }

    @Test
    void aRunThatCannotBeRemoved() {
        long bad = jobs.create("SELECT 1");
        long stuck = jobs.start(bad);
        long old = jobs.start(jobs.create("SELECT 2"));
        clock.tick(jobs.now());
        clock.work();
        execute("UPDATE cron.job_run_details SET queued_time = now() - interval '1 year'");
        execute("CREATE TABLE app.holds (runid bigint REFERENCES cron.job_run_details)");
        execute("INSERT INTO app.holds VALUES (" + stuck + ")");

        step("purge");

        assertThat(jobs.value("SELECT count(*) FROM cron.job_run_details WHERE runid = " + old))
                .as(jobs.value("SELECT string_agg(f::text, ' ') FROM cron_engine.daemon_faults() AS f"))
                .isEqualTo("0");
        assertPutAside("purge run", stuck, bad);
        assertNothingElseIsWrong(bad);
    }

    @Test
    void aNumberThatLeavesNone() {
        long old = jobs.start(jobs.create("SELECT 2"));
        clock.tick(jobs.now());
        clock.work();
        execute("UPDATE cron.job_run_details SET queued_time = now() - interval '1 year'");
        execute("INSERT INTO cron.job_run_details (runid, jobid, status, queued_time, end_time)"
                + " VALUES (9223372036854775807, 9223372036854775807, 'succeeded', now(), now())");

        lead();
        step("mend");
        step("purge");

        assertThat(jobs.value("SELECT count(*) FROM cron.job_run_details WHERE runid = " + old))
                .isEqualTo("0");
        assertThat(jobs.start(jobs.create("SELECT 1"))).isLessThan(1_000_000_000);
        assertNoFault();
    }

    @Test
    void timersWhenTheClockIsSetBack() {
        long bad = jobs.schedule("* * * * *", "SELECT 1");
        long good = jobs.schedule("* * * * *", "SELECT 2");
        execute(
                "UPDATE cron_engine.timer SET (scheduled_time, next_fire) = (now() + interval '1 day', now() + interval '1 day')");
        execute("UPDATE cron_engine.due SET next_fire = now() + interval '1 day'");
        execute("UPDATE cron_engine.timer SET timezone = 'Mars/Base' WHERE jobid = " + bad);

        lead();

        assertThat(jobs.value(
                        "SELECT next_fire < now() + interval '2 min' FROM cron_engine.timer WHERE jobid = " + good))
                .isEqualTo("true");
        assertPutAside("move timer", bad, bad);
        assertNothingElseIsWrong(bad);
    }

    @Test
    void jobsThatHaveEndedWhileNobodyLed() {
        long bad = jobs.schedule("@at 2090-01-01 00:00", "SELECT 1");
        long good = jobs.schedule("@at 2090-01-01 00:00", "SELECT 2");
        execute("""
                UPDATE cron_engine.timer SET schedule.at_local = '2001-01-01', scheduled_time = NULL, next_fire = NULL
                """);
        plant("cron.job", "UPDATE cron.job SET schedule = 'garbage' WHERE jobid = " + bad);

        lead();

        assertThat(jobs.value("SELECT active FROM cron.job WHERE jobid = " + good))
                .isEqualTo("false");
        assertPutAside("deactivate job", bad, bad);
        assertNothingElseIsWrong(bad);
    }

    @Test
    void timersWhenTheTimeZoneChanges() {
        long bad = jobs.schedule("30 3 1 1 *", "SELECT 1");
        long good = jobs.schedule("30 3 1 1 *", "SELECT 2");
        plant("cron.job", "UPDATE cron.job SET schedule = 'garbage' WHERE jobid = " + bad);

        execute("UPDATE cron.settings SET timezone = 'Asia/Tokyo'");

        assertThat(jobs.value("SELECT timezone FROM cron_engine.timer WHERE jobid = " + good))
                .isEqualTo("Asia/Tokyo");
        assertPutAside("set timer", bad, bad);
        assertNothingElseIsWrong(bad);

        plant("cron.job", "UPDATE cron.job SET schedule = '30 3 1 1 *' WHERE jobid = " + bad);
        step("mend", jobs.now().plusSeconds(2));
        assertThat(jobs.value("SELECT timezone FROM cron_engine.timer WHERE jobid = " + bad))
                .isEqualTo("Asia/Tokyo");
        assertNoFault();
    }

    @Test
    void timersOfADatabaseThatMoved() {
        long bad = jobs.schedule("30 3 1 1 *", "SELECT 1");
        long good = jobs.schedule("30 3 1 1 *", "SELECT 2");
        plant("cron.job", "UPDATE cron.job SET schedule = 'garbage' WHERE jobid = " + bad);
        execute("DELETE FROM cron_engine.timer");

        call("settle_in(clock_timestamp())");

        assertThat(jobs.value("SELECT count(*) FROM cron_engine.timer WHERE jobid = " + good))
                .isEqualTo("1");
        assertPutAside("set timer", bad, bad);

        execute("DELETE FROM cron_engine.timer");
        call("begin_anew(clock_timestamp())");

        assertThat(jobs.value("SELECT count(*) FROM cron_engine.timer WHERE jobid = " + good))
                .isEqualTo("1");
        assertPutAside("set timer", bad, bad);
    }

    @Test
    void jobsThatAreTakenAlong() {
        long bad = jobs.create("SELECT 1");
        long good = jobs.create("SELECT 2");
        plant("cron.job", "UPDATE cron.job SET database = 'formerly'");
        String home = jobs.value("SELECT database FROM cron_engine.home");
        execute("UPDATE cron_engine.home SET database = 'formerly'");
        forbid("cron.job", "jobid <> " + bad);
        try {
            call("take_jobs_along(NULL, NULL)");
        } finally {
            execute("UPDATE cron_engine.home SET database = " + literal(home));
        }

        assertThat(jobs.value("SELECT database FROM cron.job WHERE jobid = " + good))
                .isEqualTo(home);
        assertPutAside("take along job", bad, bad);
        lead();
        step("mend");
        assertPutAside("take along job", bad, bad);

        execute("ALTER TABLE cron.job DROP CONSTRAINT strange");
        jobs.alter(bad, "database = current_database()");
        step("mend");
        assertNoFault();
    }

    @Test
    void aLoginThatCannotBeLedHome() {
        String role = database.createJobUser("led");
        String other = database.createJobUser("other");
        String server = jobs.value("SELECT server FROM cron_engine.login WHERE username = " + literal(role));
        database.superuser()
                .sql("ALTER SERVER %s OWNER TO %s"
                        .formatted(TestDatabase.identifier(server), TestDatabase.identifier(database.superuserName())))
                .update();
        database.superuser()
                .sql("ALTER SERVER %s OPTIONS (SET host 'elsewhere')".formatted(TestDatabase.identifier(server)))
                .update();
        String othersServer = jobs.value("SELECT server FROM cron_engine.login WHERE username = " + literal(other));
        execute("ALTER SERVER %s OPTIONS (SET host 'elsewhere')".formatted(TestDatabase.identifier(othersServer)));

        call("lead_logins_home()");

        assertThat(jobs.value(
                        "SELECT count(*) FROM pg_foreign_server WHERE 'host=elsewhere' = ANY (srvoptions) AND srvname = "
                                + literal(othersServer)))
                .isEqualTo("0");
        assertThat(jobs.value("SELECT item FROM cron_engine.daemon_faults() WHERE step = 'lead login'"))
                .isEqualTo(role);
        execute("DELETE FROM cron_engine.login WHERE username = " + literal(other));
        execute("DELETE FROM cron_engine.login WHERE username = " + literal(role));
    }

    /** All of it at once, and a daemon. */
    @Test
    void nobodyElseNotices() {
        execute("UPDATE cron.settings SET max_attempts = 2, retry_delay = '100 ms'");
        long bad = jobs.schedule("@every 1 second", "SELECT 1 / 0");
        long queued = jobs.create("SELECT 1");
        long stuck = jobs.start(queued);
        long timer = jobs.schedule("* * * * *", "SELECT 1");
        long lost = fired(jobs.schedule("@every 1 hour", "SELECT 1"));
        long good = jobs.schedule("@every 200 ms", "SELECT 2");
        long fails = jobs.schedule("@every 300 ms", "SELECT 1 / 0");
        long follower = jobs.schedule(
                "@after-failure " + jobs.value("SELECT jobname FROM cron.job WHERE jobid = " + fails), "SELECT 3");
        long endless = jobs.create("SELECT pg_sleep(600)");
        jobs.set(endless, "timeout = '1 s'");
        option(bad, "retry_delay", NEVER_TO_BE_ADDED);
        option(jobs.find(lost).jobid(), "start_deadline", NEVER_TO_BE_ADDED);
        execute("UPDATE cron_engine.timer SET timezone = 'Mars/Base' WHERE jobid = " + timer);
        execute("UPDATE cron_engine.saved_run SET timeout = " + NEVER_TO_BE_ADDED
                + ", not_before = 'infinity' WHERE runid = " + stuck);
        plant("cron.job", "UPDATE cron.job SET schedule = 'garbage' WHERE jobid = " + queued);
        crash();
        database.startDaemon();

        jobs.ended(good, 5);
        jobs.ended(follower, 2);
        await().atMost(PATIENCE).until(() -> jobs.runsOf(fails).stream()
                .anyMatch(run -> run.trigger().equals("retry")));
        assertThat(jobs.ended(jobs.start(endless)).returnMessage()).startsWith("job timeout");
        assertThat(jobs.value(
                        "SELECT string_agg(DISTINCT jobid::text, ' ') FROM cron_engine.daemon_faults() WHERE jobid IN (%d, %d, %d, %d)"
                                .formatted(good, fails, follower, endless)))
                .isEmpty();
        assertThat(jobs.value("SELECT string_agg(f::text, ' ') FROM cron_engine.daemon_faults() AS f WHERE item = ''"))
                .as("a step as a whole")
                .isEmpty();
    }
}
