package io.cronlink.daemon;

import static io.cronlink.database.TestDatabase.identifier;
import static io.cronlink.database.TestDatabase.literal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cronlink.database.CronlinkDatabase;
import io.cronlink.database.TestDatabase;
import io.cronlink.run.TestJobs;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/** Runs that wait although they could have started: health, log and the run itself say why. */
@Tag("engine")
@CronlinkDatabase
class StandstillTests {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final TestDatabase database;
    private final TestJobs jobs;

    StandstillTests(TestDatabase database) {
        this.database = database;
        this.jobs = new TestJobs(database);
    }

    @AfterEach
    void clear() {
        database.stopDaemons();
        execute("DELETE FROM cron.job");
        execute("UPDATE cron.settings SET paused = false, max_running_jobs = 32");
        execute("DELETE FROM cron_engine.standstill");
        // With none of these nobody's runs have just started.
        execute("DELETE FROM cron_engine.worker");
        execute("DELETE FROM cron_engine.queue");
        execute("DELETE FROM cron_engine.fault");
    }

    private void execute(String sql) {
        database.owner().sql(sql).update();
    }

    private Health health() {
        return new DaemonHealth(database.owner(), new DefaultListableBeanFactory().getBeanProvider(DaemonSession.class))
                .health();
    }

    private DaemonHealth.Standstill awaitStandstill(String cause) {
        return await()
                .atMost(PATIENCE)
                .until(
                        () -> {
                            @Nullable Object waiting = health().getDetails().get("waiting");
                            return waiting == null
                                    ? List.<DaemonHealth.Standstill>of()
                                    : assertThat(waiting)
                                            .asInstanceOf(InstanceOfAssertFactories.list(DaemonHealth.Standstill.class))
                                            .actual();
                        },
                        all -> all.stream().anyMatch(one -> one.cause().equals(cause)))
                .stream()
                .filter(one -> one.cause().equals(cause))
                .findFirst()
                .orElseThrow();
    }

    private String note(long runid) {
        return jobs.value("SELECT note FROM cron.job_run_details WHERE runid = " + runid);
    }

    private void awaitNote(long runid, String ending) {
        await().atMost(PATIENCE).until(() -> note(runid).endsWith(ending));
    }

    /** What the owner is told, in a session of his own, by a call at a time so much later than now. */
    private List<String> told(String call) throws SQLException {
        List<String> told = new ArrayList<>();
        try (Connection session = database.connect(database.ownerName());
                Statement statement = session.createStatement()) {
            statement.execute(call);
            for (SQLWarning next = statement.getWarnings(); next != null; next = next.getNextWarning()) {
                told.add(String.valueOf(next.getMessage()));
            }
        }
        return told;
    }

    @Test
    void aRoleThatMayHaveNoMoreSessionsIsToldOfAndOthersRun() throws SQLException {
        String role = database.createJobUser("limited");
        database.superuser()
                .sql("ALTER ROLE %s CONNECTION LIMIT 0".formatted(identifier(role)))
                .update();
        database.startDaemon();
        long other = jobs.schedule("1 second", "SELECT 1");
        long runid = jobs.start(jobs.create(role, "SELECT 2"));
        String reason = "role \"" + role + "\" has as many sessions as its CONNECTION LIMIT allows: 0";

        DaemonHealth.Standstill standstill = awaitStandstill("sessions");

        assertThat(standstill.message()).isEqualTo(reason);
        assertThat(standstill.login()).isEqualTo(role);
        assertThat(standstill.nobody()).isFalse();
        assertThat(health().getStatus()).isEqualTo(Status.UP);
        awaitNote(runid, "delayed: " + reason);
        jobs.ended(other, jobs.runsOf(other).size() + 2);
        assertThat(note(jobs.runsOf(other).get(0).runid())).isEmpty();

        database.superuser()
                .sql("ALTER ROLE %s CONNECTION LIMIT -1".formatted(identifier(role)))
                .update();

        assertThat(jobs.ended(runid).status()).isEqualTo("succeeded");
        assertThat(note(runid)).as("why it was late").endsWith("delayed: " + reason);
        await().atMost(PATIENCE).until(() -> !health().getDetails().containsKey("waiting"));
        assertThat(told("SELECT cron_engine.explain_delays(clock_timestamp() + interval '50 s')"))
                .isEmpty();
        assertThat(told("SELECT cron_engine.explain_delays(clock_timestamp() + interval '70 s')"))
                .singleElement()
                .asString()
                .matches("Runs no longer wait, after 00:0\\d:\\d\\d: \\Q" + reason + "\\E");
    }

    /** Whose runs they are, others are not told. */
    @Test
    void busyWorkersAreNamedByTheirRolesAndAreNoFault() {
        String greedy = database.createJobUser("greedy");
        String patient = database.createJobUser("patient");
        execute("UPDATE cron.settings SET max_running_jobs = 2");
        database.startDaemon();
        long first = jobs.start(jobs.create(greedy, "SELECT pg_sleep(60)"));
        long second = jobs.start(jobs.create(greedy, "SELECT pg_sleep(60)"));
        jobs.running(first);
        jobs.running(second);
        long runid = jobs.start(jobs.create(patient, "SELECT 1"));

        DaemonHealth.Standstill standstill = awaitStandstill("workers");

        assertThat(standstill.detail()).isEqualTo("busy with runs of role \"" + greedy + "\" (2)");
        assertThat(standstill.nobody()).isFalse();
        assertThat(health().getStatus()).isEqualTo(Status.UP);
        awaitNote(
                runid, "delayed: all 2 workers are busy, which is as many as max_running_jobs of cron.settings allows");
        assertThat(note(runid)).doesNotContain(greedy);

        jobs.value("SELECT cron.cancel(" + first + ")");
        jobs.value("SELECT cron.cancel(" + second + ")");
        jobs.ended(runid);
    }

    @Test
    void runsThatComeAndGoAreNoStandstill() {
        execute("UPDATE cron.settings SET max_running_jobs = 1");
        // All are there before the first one starts, or the last would not wait for long where to queue them takes its
        // time.
        for (int i = 0; i < 60; i++) {
            jobs.start(jobs.create("SELECT pg_sleep(0.15)"));
        }
        database.startDaemon();

        // Each has waited for the others, in the end for more than five seconds: that the last one has.
        assertThat(awaitStandstill("workers").message()).startsWith("all 1 workers are busy");
        await().atMost(PATIENCE).until(() -> jobs.value("SELECT count(*) FROM cron_engine.queue")
                .equals("0"));
        assertThat(jobs.value("SELECT count(*) FROM cron.job_run_details WHERE note LIKE '%delayed: all 1 workers%' AND"
                        + " start_time - queued_time < '5 s'"))
                .isEqualTo("0");
        assertThat(Integer.parseInt(jobs.value(
                        "SELECT count(*) FROM cron.job_run_details WHERE note LIKE '%delayed: all 1 workers%'")))
                .isPositive();
    }

    @Test
    void aPauseIsTold() {
        database.startDaemon();
        execute("UPDATE cron.settings SET paused = true");
        long runid = jobs.start(jobs.create("SELECT 1"));

        assertThat(awaitStandstill("paused").nobody()).isFalse();

        awaitNote(runid, "delayed: the scheduler is paused, see cron.settings");
        assertThat(health().getStatus()).isEqualTo(Status.UP);
        execute("UPDATE cron.settings SET paused = false");
        jobs.ended(runid);
    }

    @Test
    void aLockOnWhatAWorkerHasToWriteIsTold() throws SQLException {
        String role = database.createJobUser("locked");
        long runid = jobs.start(jobs.create(role, "SELECT 1"));
        // As after a crash of the server: its start is written before it begins.
        database.owner().sql("UPDATE cron_engine.queue SET careful = true").update();
        try (Connection session = database.connect(database.ownerName());
                Statement statement = session.createStatement()) {
            session.setAutoCommit(false);
            statement.execute("SELECT FROM cron.job_run_details WHERE runid = " + runid + " FOR UPDATE");
            database.startDaemon();

            DaemonHealth.Standstill standstill = awaitStandstill("locks");

            assertThat(standstill.login()).isEqualTo(role);
            assertThat(standstill.message())
                    .isEqualTo("another session has locked records of runs of role \"" + role + "\"");
            assertThat(standstill.detail())
                    .isEqualTo("session %d of role \"%s\""
                            .formatted(session.unwrap(PGConnection.class).getBackendPID(), database.ownerName()));
            assertThat(health().getStatus()).isEqualTo(Status.UP);
            session.rollback();
        }
        jobs.ended(runid);
    }

    @Test
    void aTableThatIsLockedIsAskedForByNobodyAndNamed() throws SQLException {
        try (Connection session = database.connect(database.ownerName());
                Statement statement = session.createStatement()) {
            session.setAutoCommit(false);
            statement.execute("LOCK TABLE cron.settings");

            assertThat(why(database.ownerName()))
                    .isEqualTo(
                            "locks||another session has locked tables of the scheduler|session %d of role \"%s\" holds AccessExclusiveLock on cron.settings|true"
                                    .formatted(
                                            session.unwrap(PGConnection.class).getBackendPID(), database.ownerName()));
            session.rollback();
        }
    }

    private String why(String login) {
        return jobs.value(
                "SELECT concat_ws('|', w.cause, w.login, w.message, coalesce(w.detail, ''), w.nobody::text) FROM cron_engine.why_waiting("
                        + literal(login) + ", clock_timestamp()) w");
    }

    private void refused(String login, String message) {
        execute("INSERT INTO cron_engine.fault VALUES ('connect', %s, NULL, %s, '08001', now(), 1, now())"
                .formatted(literal(login), literal(message)));
    }

    @Test
    void whatTheServerSaidIsBelieved() {
        String role = database.createJobUser("refused");

        refused(role, "connection to server failed: FATAL:  sorry, too many clients already");

        assertThat(why(role))
                .matches(
                        "sessions\\|\\|the server has no connection left: of max_connections, \\d+, ordinary roles may use \\d+\\|\\|true");
    }

    @Test
    void norMayTheDatabaseHaveMore() {
        String role = database.createJobUser("refused");

        refused(role, "FATAL:  too many connections for database");

        assertThat(why(role)).startsWith("sessions||database \"" + database.name() + "\" has as many sessions as");
    }

    @Test
    void aRoleThatCannotLogInIsItsOwnTrouble() {
        String role = database.createJobUser("shut out");
        refused(role, "connection to server failed: timeout expired\nsecond address: the same");

        assertThat(why(role))
                .isEqualTo("login|%s|role \"%s\" cannot log in: connection to server failed: timeout expired||false"
                        .formatted(role, role));

        database.superuser()
                .sql("ALTER ROLE %s NOLOGIN".formatted(identifier(role)))
                .update();
        assertThat(why(role))
                .isEqualTo("login|%s|role \"%s\" cannot log in: it has NOLOGIN||false".formatted(role, role));
    }

    @Test
    void theOwnersTroubleIsEverybodys() {
        refused(database.ownerName(), "connection to server failed: timeout expired");

        assertThat(why(database.ownerName())).endsWith("|true");
    }

    @Test
    void whatIsNotKnownIsSaid() {
        String role = database.createJobUser("mystery");

        assertThat(why(role)).startsWith("unknown|" + role + "|no session takes the runs of role \"" + role + "\"");
    }

    @Test
    void aStepThatIsDoneAgainIsTold() throws SQLException {
        execute(
                "INSERT INTO cron_engine.fault VALUES ('tell', '', NULL, 'locked', '55P03', now(), 3, now() - interval '1 s')");

        assertThat(told("SELECT cron_engine.run_step('tell', clock_timestamp())"))
                .containsExactly("Done again, after it failed 3 times: tell");
    }

    @Test
    void aNoteIsWrittenOnceForEachCauseAndDoesNotGrowWithoutEnd() throws SQLException {
        long runid = jobs.start(jobs.create("SELECT 1"));
        execute("UPDATE cron_engine.queue SET ready = true WHERE runid = " + runid);
        execute("UPDATE cron.job_run_details SET queued_time = now() - interval '1 min' WHERE runid = " + runid);

        for (int i = 0; i < 3; i++) {
            note(database.ownerName(), "x".repeat(400));
            note(database.ownerName(), "y".repeat(400));
            note(database.ownerName(), "z".repeat(400));
        }

        assertThat(note(runid))
                .endsWith("; delayed: " + "x".repeat(400) + "; delayed: " + "y".repeat(400))
                .hasSizeLessThanOrEqualTo(1000);
        jobs.value("SELECT cron.cancel(" + runid + ")");
    }

    private void note(String login, String message) throws SQLException {
        try (Connection session = database.connect(database.ownerName());
                Statement statement = session.createStatement();
                ResultSet done = statement.executeQuery("SELECT cron_engine.note_delays(%s, %s, clock_timestamp())"
                        .formatted(literal(login), literal(message)))) {
            assertThat(done.next()).isTrue();
        }
    }
}
