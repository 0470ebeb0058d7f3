package io.cronlink.run;

import static io.cronlink.database.TestDatabase.identifier;
import static org.assertj.core.api.Assertions.assertThat;

import io.cronlink.database.CronlinkDatabase;
import io.cronlink.database.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs that wait for others: of their job, of their role's group, of a group of all. Without a daemon. */
@Tag("engine")
@CronlinkDatabase
class GroupTests {

    private static String alice = "";
    private static String bob = "";

    private final TestDatabase database;
    private final TestJobs jobs;
    private final TestClock clock;

    GroupTests(TestDatabase database) {
        this.database = database;
        this.jobs = new TestJobs(database);
        this.clock = new TestClock(database);
    }

    @BeforeAll
    static void prepare(TestDatabase database) {
        alice = database.createJobUser("alice");
        bob = database.createJobUser("bob");
        for (String role : List.of(alice, bob)) {
            database.superuser()
                    .sql("GRANT USAGE ON SCHEMA cron TO " + identifier(role))
                    .update();
        }
    }

    @AfterEach
    void clear() {
        clock.close();
        for (String statement : new String[] {
            "ALTER TABLE cron_engine.queue DROP CONSTRAINT IF EXISTS strange",
            "ALTER TABLE cron.job_run_details DROP CONSTRAINT IF EXISTS strange",
            "DELETE FROM cron.job",
            "TRUNCATE cron_engine.queue, cron_engine.saved_run, cron_engine.fault",
            "DELETE FROM cron.job_run_details",
            "DELETE FROM cron.job_group",
            "DELETE FROM cron_engine.ended_run"
        }) {
            execute(statement);
        }
    }

    private void execute(String sql) {
        database.owner().sql(sql).update();
    }

    private void makeCommon(String group, int limit) {
        database.owner()
                .sql("INSERT INTO cron.job_group (name, max_running) VALUES (?, ?)")
                .param(group)
                .param(limit)
                .update();
    }

    private long job(String role, String options) {
        long jobid = jobs.create(role, "SELECT 1");
        jobs.set(jobid, options);
        return jobid;
    }

    /** A run of a new job of the role's in the group. */
    private long start(String role, String group) {
        return jobs.start(job(role, "job_group = '" + group + "'"));
    }

    private void tick() {
        clock.tick(jobs.now());
    }

    private void sweep() {
        clock.sweep(jobs.now());
    }

    /** Runs what is ready, and settles it. */
    private void work(String role) {
        clock.startWork(role).join();
        tick();
    }

    private List<Long> ready() {
        return database.owner()
                .sql("SELECT runid FROM cron_engine.queue WHERE ready ORDER BY runid")
                .query(Long.class)
                .list();
    }

    @Test
    void groupsOfTheSameNameAreEachRolesOwn() {
        long first = start(bob, "etl");
        long second = start(bob, "etl");
        long other = start(alice, "etl");

        tick();

        assertThat(ready()).containsExactly(first, other);
        work(alice);
        assertThat(ready()).containsExactly(first);
        assertThat(start(alice, "etl")).isPositive();
        tick();
        assertThat(ready()).hasSize(2).contains(first);
        work(bob);
        assertThat(ready()).contains(second);
    }

    @Test
    void aGroupThatAnAdministratorMadeIsCommonToAll() {
        makeCommon("etl", 2);
        long first = start(bob, "etl");
        long second = start(alice, "etl");
        long third = start(bob, "etl");
        long fourth = start(alice, "etl");

        tick();

        assertThat(ready()).containsExactly(first, second);
        work(alice);
        assertThat(ready()).containsExactly(first, third);
        work(bob);
        assertThat(ready()).containsExactly(fourth);
    }

    @Test
    void aGroupIsMadeCommonWhileRunsOfItWaitAndRun() {
        long ofBob = start(bob, "etl");
        long ofAlice = start(alice, "etl");
        long next = start(bob, "etl");
        long last = start(alice, "etl");
        tick();
        assertThat(ready()).containsExactly(ofBob, ofAlice);

        makeCommon("etl", 1);
        sweep();
        work(alice);
        sweep();

        assertThat(ready()).containsExactly(ofBob);
        work(bob);
        assertThat(ready()).containsExactly(next);
        work(bob);
        assertThat(ready()).containsExactly(last);
    }

    @Test
    void aGroupIsNoLongerCommonWhileRunsOfItWaitAndRun() {
        makeCommon("etl", 1);
        long ofBob = start(bob, "etl");
        long ofAlice = start(alice, "etl");
        long next = start(bob, "etl");
        tick();
        assertThat(ready()).containsExactly(ofBob);

        execute("DELETE FROM cron.job_group");
        sweep();

        assertThat(ready()).containsExactly(ofBob, ofAlice);
        work(bob);
        assertThat(ready()).containsExactly(ofAlice, next);
    }

    @Test
    void aGroupIsRenamedWhileRunsOfItWait() {
        makeCommon("etl", 0);
        long ofBob = start(bob, "etl");
        long ofAlice = start(alice, "etl");
        tick();
        assertThat(ready()).isEmpty();

        execute("UPDATE cron.job_group SET name = 'loads'");
        sweep();

        assertThat(ready()).containsExactly(ofBob, ofAlice);
    }

    @Test
    void anotherLimitIsInForceSoon() {
        makeCommon("etl", 0);
        List<Long> runs =
                LongStream.range(0, 5).map(i -> start(bob, "etl")).boxed().toList();
        tick();
        assertThat(ready()).isEmpty();

        execute("UPDATE cron.job_group SET max_running = 3");
        sweep();
        assertThat(ready()).containsExactlyElementsOf(runs.subList(0, 3));

        execute("UPDATE cron.job_group SET max_running = 1");
        clock.startWork(bob).join();
        long ofAlice = start(alice, "etl");
        tick();
        assertThat(ready()).containsExactly(runs.get(3));
        work(bob);
        work(bob);
        assertThat(ready()).containsExactly(ofAlice);
    }

    @Test
    void whatHasWaitedGivesWayToAHigherPriority() {
        makeCommon("etl", 1);
        long running = start(bob, "etl");
        long waiting = start(bob, "etl");
        tick();
        long urgent = jobs.start(job(alice, "job_group = 'etl', priority = 1"));
        tick();
        assertThat(ready()).containsExactly(running);

        work(bob);

        assertThat(ready()).containsExactly(urgent);
        work(alice);
        assertThat(ready()).containsExactly(waiting);
    }

    @Test
    void runsOfAJobGoInTheirOrderAlsoWithinAGroup() {
        makeCommon("etl", 2);
        long jobid = job(bob, "job_group = 'etl'");
        List<Long> runs =
                LongStream.range(0, 4).map(i -> jobs.start(jobid)).boxed().toList();
        long other = start(bob, "etl");

        for (long runid : runs) {
            tick();
            assertThat(ready()).filteredOn(runs::contains).containsExactly(runid);
            work(bob);
        }

        assertThat(jobs.find(other).status()).isEqualTo("succeeded");
        assertThat(jobs.value("SELECT count(*) FROM cron_engine.queue")).isEqualTo("0");
    }

    /** A retry is queued late and has its time, so it may come after a run with a higher number. */
    @Test
    void aRunWhoseTimeComesLateGoesFirstAllTheSame() {
        makeCommon("etl", 1);
        long running = start(alice, "etl");
        long jobid = job(bob, "job_group = 'etl'");
        long early = jobs.start(jobid);
        execute("UPDATE cron_engine.queue SET not_before = now() + interval '1 min' WHERE runid = " + early);
        long late = jobs.start(jobid);
        long other = start(alice, "etl");
        tick();
        assertThat(ready()).containsExactly(running);

        clock.tick(jobs.now().plusMinutes(2));
        clock.startWork(alice).join();
        for (int i = 0; i < 3; i++) {
            clock.sweep(jobs.now().plusMinutes(2));
            clock.tick(jobs.now().plusMinutes(2));
        }

        assertThat(ready()).containsExactly(early);
        execute("DELETE FROM cron_engine.queue WHERE runid = " + early);
        execute(
                "INSERT INTO cron_engine.ended_run (runid, jobid, status, username, job_group) SELECT runid, jobid, 'succeeded', username, 'etl'"
                        + " FROM cron.job_run_details WHERE runid = " + early);
        clock.tick(jobs.now().plusMinutes(2));
        assertThat(ready()).hasSize(1).containsAnyOf(late, other);
    }

    /** Whoever cancels a run of his holds its row until he commits, and may take it back. */
    @Test
    void whatARoleHasLockedKeepsNoOtherRoleWaiting() throws SQLException {
        makeCommon("etl", 1);
        start(bob, "etl");
        long locked = start(bob, "etl");
        long free = start(alice, "etl");
        tick();
        try (Connection connection = database.connect(bob);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SELECT cron.cancel(" + locked + ")");

            work(bob);

            assertThat(ready()).containsExactly(free);
            work(alice);
            assertThat(ready()).isEmpty();
            connection.rollback();
        }
        sweep();
        assertThat(ready()).containsExactly(locked);
    }

    @Test
    void aLockedRunGoesOnWhenNobodyHoldsItAnyMore() throws SQLException {
        long jobid = job(bob, "priority = 0");
        jobs.start(jobid);
        long locked = jobs.start(jobid);
        tick();
        try (Connection connection = database.connect(bob);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SELECT cron.cancel(" + locked + ")");
            work(bob);
            connection.rollback();
        }

        sweep();

        assertThat(ready()).containsExactly(locked);
    }

    @Test
    void aRunThatCannotBeMadeReadyKeepsNoOtherOfItsGroupWaiting() {
        makeCommon("etl", 1);
        start(bob, "etl");
        long stuck = start(bob, "etl");
        long next = start(alice, "etl");
        tick();
        execute("ALTER TABLE cron_engine.queue ADD CONSTRAINT strange CHECK (NOT ready OR runid <> " + stuck + ")");

        work(bob);
        sweep();

        assertThat(ready()).containsExactly(next);
        assertThat(jobs.value("SELECT string_agg(item, ' ') FROM cron_engine.daemon_faults() WHERE step = 'ready run'"))
                .isEqualTo(String.valueOf(stuck));
        work(alice);
        execute("ALTER TABLE cron_engine.queue DROP CONSTRAINT strange");
        clock.sweep(jobs.now().plusMinutes(6));
        assertThat(ready()).containsExactly(stuck);
    }

    @Test
    void anEndThatCannotBeSettledMakesRoomAllTheSame() {
        makeCommon("etl", 1);
        long jobid = job(bob, "job_group = 'etl', max_attempts = 2");
        jobs.alter(jobid, "command = 'SELECT 1 / 0'");
        long failing = jobs.start(jobid);
        long next = start(alice, "etl");
        tick();
        clock.startWork(bob).join();
        execute("ALTER TABLE cron.job_run_details ADD CONSTRAINT strange CHECK (trigger <> 'retry') NOT VALID");

        tick();

        assertThat(jobs.value("SELECT string_agg(item, ' ') FROM cron_engine.daemon_faults() WHERE step = 'settle'"))
                .isEqualTo(String.valueOf(failing));
        assertThat(ready()).containsExactly(next);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT cron.cancel(%2$d)", "SELECT cron.unschedule(%1$d)"})
    void whatEndsWithoutHavingRunIsFollowedByTheNext(String end) {
        long jobid = job(bob, "job_group = 'etl'");
        long first = jobs.start(jobid);
        long next = start(bob, "etl");
        tick();
        assertThat(ready()).containsExactly(first);

        database.owner().sql(end.formatted(jobid, first)).query().singleRow();
        tick();

        assertThat(ready()).containsExactly(next);
    }

    /** How many rows of the queue a statement reads and locks, planned as the daemon's are. */
    private long read(String call) throws SQLException {
        try (Connection connection = database.connect(database.ownerName());
                Statement statement = connection.createStatement()) {
            statement.execute("SET enable_seqscan = off; SET plan_cache_mode = force_generic_plan");
            connection.setAutoCommit(false);
            statement.execute("SELECT cron_engine." + call);
            try (ResultSet read = statement.executeQuery(
                    "SELECT coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0) FROM pg_stat_xact_all_tables"
                            + " WHERE relid = 'cron_engine.queue'::regclass")) {
                assertThat(read.next()).isTrue();
                long rows = read.getLong(1);
                connection.commit();
                return rows;
            }
        }
    }

    private static final int MANY = 2000;

    private void startMany(long jobid) {
        database.owner()
                .sql("SELECT count(cron.run_job(?)) FROM generate_series(1, ?)")
                .param(jobid)
                .param(MANY)
                .query()
                .singleRow();
        for (int i = 0; i <= MANY / 500; i++) {
            tick();
        }
    }

    private void assertLittleIsRead(String... calls) throws SQLException {
        for (String call : calls) {
            assertThat(read(call)).as(call).isLessThan(MANY / 20);
        }
    }

    private static final String[] STEPS = {
        "tick(clock_timestamp())",
        "make_ready_due(clock_timestamp())",
        "mark_stops(clock_timestamp())",
        "send_stops(clock_timestamp())",
        "next_stop()",
        "recover_lost_runs(clock_timestamp())",
        "expire_waiting_runs(clock_timestamp())",
        "notify_started(clock_timestamp())",
        "worker_demand(clock_timestamp())"
    };

    @ParameterizedTest
    @ValueSource(strings = {"", "etl", "common"})
    void whatWaitsIsNotReadAgainAndAgain(String group) throws SQLException {
        makeCommon("common", 1);
        long jobid = job(bob, "overlap = " + (group.isEmpty() ? "'queue'" : "'allow', job_group = '" + group + "'"));
        startMany(jobid);
        assertThat(ready()).hasSize(1);

        assertLittleIsRead(STEPS);

        assertThat(read("sweep(clock_timestamp())")).isLessThan(MANY / 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "etl", "common"})
    void whatWaitsIsNotReadWhenTheNextOneStarts(String group) throws SQLException {
        makeCommon("common", 1);
        long jobid = job(bob, "overlap = " + (group.isEmpty() ? "'queue'" : "'allow', job_group = '" + group + "'"));
        startMany(jobid);
        long running = ready().get(0);
        clock.startWork(bob).join();

        assertThat(read("tick(clock_timestamp())")).isLessThan(MANY / 20);

        assertThat(ready()).hasSize(1).doesNotContain(running);
    }

    /** As many as before wait in another role's group of the same name. */
    @Test
    void whatWaitsInAnothersGroupIsNotReadEither() throws SQLException {
        startMany(job(bob, "overlap = 'allow', job_group = 'etl'"));
        start(alice, "etl");
        long next = start(alice, "etl");
        tick();
        clock.startWork(alice).join();

        assertThat(read("tick(clock_timestamp())")).isLessThan(MANY / 20);

        assertThat(ready()).hasSize(2).contains(next);
    }

    @Test
    void aFireReadsNotAllThatWaitsOfItsJob() throws SQLException {
        long jobid = job(bob, "overlap = 'queue'");
        startMany(jobid);
        execute("UPDATE cron_engine.timer SET (scheduled_time, next_fire) = (now(), now()) WHERE jobid = " + jobid);
        execute("UPDATE cron_engine.due SET next_fire = (SELECT next_fire FROM cron_engine.timer WHERE jobid = " + jobid
                + ") WHERE jobid = " + jobid);

        assertThat(read("tick(clock_timestamp())")).isLessThan(MANY / 20);

        assertThat(jobs.value("SELECT return_message FROM cron.job_run_details WHERE trigger = 'schedule' AND jobid = "
                        + jobid))
                .isEqualTo("another run of the job was waiting");
    }

    /** What has been missed is found, bit by bit. */
    @Test
    void howeverMuchWaitsNothingIsForgotten() {
        startMany(job(bob, "overlap = 'allow', job_group = 'etl'"));
        start(alice, "etl");
        long next = start(alice, "etl");
        tick();
        clock.startWork(alice).join();
        execute("DELETE FROM cron_engine.ended_run");

        for (int i = 0; i <= MANY / 500 + 1; i++) {
            sweep();
        }

        assertThat(ready()).hasSize(2).contains(next);
    }
}
