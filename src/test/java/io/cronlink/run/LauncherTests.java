package io.cronlink.run;

import static io.cronlink.database.TestDatabase.identifier;
import static io.cronlink.database.TestDatabase.literal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cronlink.database.CronlinkDatabase;
import io.cronlink.database.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whoever connects as another role waits for what that role makes of it: the daemon does not, nor does any other role. */
@Tag("engine")
@CronlinkDatabase
class LauncherTests {

    private static final Duration SOON = Duration.ofSeconds(3);

    private final TestDatabase database;
    private final TestJobs jobs;

    LauncherTests(TestDatabase database) {
        this.database = database;
        this.jobs = new TestJobs(database);
    }

    @BeforeAll
    static void start(TestDatabase database) {
        database.owner().sql("UPDATE cron.settings SET connect_timeout = '2 s'").update();
        database.startDaemon();
    }

    @AfterAll
    static void stop(TestDatabase database) {
        database.stopDaemons();
    }

    @AfterEach
    void clear() {
        execute("UPDATE cron_engine.worker SET obsolete = true");
    }

    private void execute(String sql) {
        database.owner().sql(sql).update();
    }

    private String value(String sql, String role) {
        return jobs.value(sql + " WHERE login = " + literal(role));
    }

    /** Whoever logs in as this role computes for seconds, in libpq, where nothing reaches him. */
    private void makeItsPasswordCostly(String role, int iterations) {
        database.as(role)
                .sql(
                        "ALTER ROLE " + identifier(role) + " PASSWORD "
                                + literal(
                                        "SCRAM-SHA-256$" + iterations
                                                + ":AAAAAAAAAAAAAAAAAAAAAA==$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="))
                .update();
    }

    private void terminateLaunchers() {
        jobs.value("SELECT count(pg_terminate_backend(pid)) FROM cron_engine.launcher");
    }

    private void awaitNoneHangs() {
        await().atMost(Duration.ofMinutes(1)).until(() -> jobs.value(
                        "SELECT count(*) FROM cron_engine.quarantine WHERE cron_engine.hanging_launcher(login) IS NOT NULL")
                .equals("0"));
    }

    @Test
    void onlyLaunchersHoldConnectionsToOtherRoles() {
        String role = database.createJobUser("other");
        jobs.run(role, "SELECT 1");
        jobs.run("SELECT 1");

        assertThat(value("SELECT bool_and(launcher <> '') FROM cron_engine.worker", role))
                .isEqualTo("true");
        assertThat(value("SELECT bool_and(launcher = '') FROM cron_engine.worker", database.ownerName()))
                .isEqualTo("true");
    }

    @Test
    void aWorkerServesTheNextRunToo() {
        String role = database.createJobUser("again");

        String first = jobs.run(role, "SELECT pg_backend_pid()").result();
        await().until(() ->
                value("SELECT bool_or(NOT busy) FROM cron_engine.worker", role).equals("true"));

        assertThat(jobs.run(role, "SELECT pg_backend_pid()").result()).isEqualTo(first);
    }

    @Test
    void aCostlyPasswordHarmsNobodyElse() {
        String hostile = database.createJobUser("hostile");
        String innocent = database.createJobUser("innocent");
        jobs.run(innocent, "SELECT 1");
        makeItsPasswordCostly(hostile, 12_000_000);
        String leader = jobs.value("SELECT leader_pid FROM cron_engine.daemon_status()");

        long hanging = jobs.start(jobs.create(hostile, "SELECT 1"));
        await().until(() -> jobs.value(
                                "SELECT count(*) FROM cron_engine.launcher WHERE asked_for = " + literal(hostile))
                        .equals("1")
                || value("SELECT count(*) FROM cron_engine.quarantine", hostile).equals("1"));
        for (int i = 0; i < 10; i++) {
            OffsetDateTime asked = jobs.now();
            RecordedRun run = jobs.run(innocent, "SELECT 1");
            assertThat(Duration.between(asked, run.startTime())).isLessThan(SOON);
            assertThat(jobs.run("SELECT 1").status()).isEqualTo("succeeded");
        }
        assertThat(jobs.value("SELECT leader_pid FROM cron_engine.daemon_status()"))
                .isEqualTo(leader);
        assertThat(jobs.value("SELECT last_tick > clock_timestamp() - interval '1 s' FROM cron_engine.daemon_status()"))
                .isEqualTo("true");

        RecordedRun run = jobs.ended(hanging);
        assertThat(run.status()).isEqualTo("failed");
        assertThat(run.returnMessage())
                .startsWith("connection failed\nDETAIL:  ")
                .contains(hostile);
        assertThat(value("SELECT count(*) FROM cron_engine.launcher", hostile)).isEqualTo("0");
        awaitNoneHangs();
    }

    @Test
    void aRoleThatHungOnceHasALauncherOfItsOwn() {
        String hostile = database.createJobUser("hostile");
        String innocent = database.createJobUser("innocent");
        makeItsPasswordCostly(hostile, 3_000_000);
        jobs.start(jobs.create(hostile, "SELECT 1"));
        await().until(() ->
                value("SELECT count(*) FROM cron_engine.quarantine", hostile).equals("1"));
        awaitNoneHangs();
        database.superuser()
                .sql("ALTER ROLE " + identifier(hostile) + " PASSWORD " + literal(database.password(hostile)))
                .update();
        execute("DELETE FROM cron_engine.fault");

        jobs.run(innocent, "SELECT 1");
        assertThat(jobs.run(hostile, "SELECT 1").status()).isEqualTo("succeeded");

        assertThat(jobs.value(
                        "SELECT bool_and(w.login = l.login) FROM cron_engine.worker w JOIN cron_engine.launcher l ON l.name = w.launcher WHERE l.login = "
                                + literal(hostile)))
                .isEqualTo("true");
        assertThat(jobs.value("SELECT count(DISTINCT launcher) FROM cron_engine.worker WHERE login IN ("
                        + literal(hostile) + ", " + literal(innocent) + ")"))
                .isEqualTo("2");
    }

    @Test
    void whatALostLauncherHasBegunIsEnded() {
        String role = database.createJobUser("orphan");
        database.as(role)
                .sql("ALTER ROLE " + identifier(role) + " SET client_connection_check_interval = '100ms'")
                .update();
        long runid = jobs.start(jobs.create(role, "SELECT pg_sleep(1.5)"));
        jobs.running(runid);
        String pid = "SELECT job_pid FROM cron.job_run_details WHERE runid = " + runid;
        String begunBy = jobs.value(pid);

        terminateLaunchers();

        assertThat(jobs.run(role, "SELECT 1").status()).isEqualTo("succeeded");
        RecordedRun run = jobs.ended(runid);
        assertThat(run.status()).isEqualTo("succeeded");
        assertThat(jobs.value(pid)).isEqualTo(begunBy);
    }

    @Test
    void aRunOfALostLauncherCanBeStopped() {
        String role = database.createJobUser("orphan");
        long runid = jobs.start(jobs.create(role, "SELECT pg_sleep(600)"));
        jobs.running(runid);
        terminateLaunchers();
        await().until(() ->
                value("SELECT count(*) FROM cron_engine.worker", role).equals("0"));

        database.owner().sql("SELECT cron.cancel(?)").param(runid).query().singleRow();

        assertThat(jobs.ended(runid).returnMessage()).isEqualTo("job canceled");
    }

    @Test
    void whatAJobTellsItsClientDoesNotReachTheDaemon() {
        String role = database.createJobUser("chatty");

        RecordedRun run = jobs.run(
                role,
                "DO $$BEGIN SET client_min_messages = notice; FOR i IN 1 .. 20 LOOP RAISE NOTICE '%', repeat('x', 1000000); END LOOP; END$$");

        assertThat(run.status()).isEqualTo("succeeded");
        assertThat(jobs.run("SELECT 1").status()).isEqualTo("succeeded");
    }

    @Test
    void anErrorWithoutEndAtItsCommitIsCut() {
        String role = database.createJobUser("verbose");
        database.superuser()
                .sql("GRANT CREATE ON SCHEMA public TO " + identifier(role))
                .update();

        RecordedRun run = jobs.run(role, """
                CREATE TABLE public.verbose (n integer);
                CREATE FUNCTION public.complain() RETURNS trigger LANGUAGE plpgsql AS
                    $f$BEGIN RAISE EXCEPTION '%', repeat('x', 100000000); END$f$;
                CREATE CONSTRAINT TRIGGER complain AFTER INSERT ON public.verbose DEFERRABLE INITIALLY DEFERRED
                    FOR EACH ROW EXECUTE FUNCTION public.complain();
                INSERT INTO public.verbose VALUES (1)""");

        assertThat(run.status()).isEqualTo("failed");
        assertThat(run.returnMessage()).startsWith("ERROR:  xxx").hasSizeLessThan(101_000);
        assertThat(jobs.run("SELECT 1").status()).isEqualTo("succeeded");
    }

    /** A long run holds a snapshot, and then each version of a row stays, to be read again each time. */
    @Test
    void toLookHowWorkersGetOnIsWrittenNowhere() {
        String role = database.createJobUser("slow");
        long runid = jobs.start(jobs.create(role, "SELECT pg_sleep(600)"));
        jobs.running(runid);
        AtomicReference<String> last = new AtomicReference<>();

        // It looks several times a second.
        await().during(Duration.ofSeconds(1)).atMost(Duration.ofSeconds(20)).until(() -> {
            String versions = jobs.value(
                    "SELECT xmin FROM cron_engine.launcher WHERE name = (SELECT launcher FROM cron_engine.worker WHERE login = "
                            + literal(role) + ")");
            return versions.equals(last.getAndSet(versions));
        });
        jobs.value("SELECT cron.cancel(" + runid + ")");
        jobs.ended(runid);
    }

    @Test
    void aLauncherThatIsDoneNamesNobody() {
        String role = database.createJobUser("brief");
        jobs.run(role, "SELECT 1");

        await().until(() -> jobs.value(
                        "SELECT bool_and(application_name = 'cronlink launcher') FROM pg_stat_activity JOIN cron_engine.launcher USING (pid)")
                .equals("true"));
    }

    @Test
    void aLauncherThatHangsAtNobodysSessionIsHeldAgainstNobody() {
        String role = database.createJobUser("next");

        execute("""
                DO $$
                DECLARE
                    v_name text := cron_engine.open_launcher(NULL, now());
                BEGIN
                    UPDATE cron_engine.launcher SET asked_at = now() - interval '1 s', asked_for = %s WHERE name = v_name;
                    PERFORM cron_engine.abandon_launcher(v_name, now());
                END$$""".formatted(literal(role)));

        assertThat(value("SELECT count(*) FROM cron_engine.quarantine", role)).isEqualTo("0");
    }

    /** To a fraction of a millisecond; but not for long, should the clock have been set back. */
    @Test
    void waitsForTheTimeOfARun() {
        execute("""
                DO $$
                DECLARE
                    v_at timestamptz := clock_timestamp() + interval '4 ms';
                BEGIN
                    PERFORM cron_engine.carry_out(ARRAY[('wait', 'cronlink test', NULL, extract(epoch FROM v_at))]::cron_engine.launcher_order[]);
                    ASSERT clock_timestamp() >= v_at;
                    PERFORM cron_engine.wait_until(clock_timestamp() + interval '1 h');
                END$$""");
    }

    /** Else nobody would know, should it hang at the connect, whether the run that is reserved for the other worker was begun. */
    @Test
    void whatIsForOtherWorkersIsNotGivenTogetherWithAConnect() {
        String role = database.createJobUser("slow");

        execute("""
                DO $$
                DECLARE
                    v_name text := cron_engine.open_launcher(NULL, now());
                BEGIN
                    UPDATE cron_engine.launcher l
                       SET orders = ARRAY[('connect', 'cronlink test', g.server, 'SELECT 1'), ('send', 'cronlink other', NULL, 'SELECT 1')]::cron_engine.launcher_order[]
                      FROM cron_engine.login g
                     WHERE l.name = v_name AND g.username = %s;
                    PERFORM cron_engine.pass_orders(v_name, now());
                    ASSERT (SELECT cardinality(l.orders) = 1 AND l.orders[1].action = 'send' FROM cron_engine.launcher l WHERE l.name = v_name);
                    PERFORM cron_engine.lose_launcher(v_name);
                END$$""".formatted(literal(role)));
    }

    /** The session that was refused may have reported any SQLSTATE, also one by which the daemon would take the server for shut down. */
    @Test
    void whatARefusedSessionReportsDoesNotEndTheDaemon() {
        String role = database.createJobUser("refused");

        jobs.value("SELECT cron_engine.note_refusal(" + literal(role)
                + ", '57014', 'canceling statement', 'the database system is starting up', now())");

        assertThat(jobs.value(
                        "SELECT sqlstate FROM cron_engine.fault WHERE step = 'connect' AND item = " + literal(role)))
                .isEqualTo("08001");
    }

    @Test
    void aRunThatCannotBeStoppedKeepsNoOtherFromBeingStopped() throws SQLException {
        String hostile = database.createJobUser("hostile");
        String innocent = database.createJobUser("innocent");
        long unstoppable = jobs.start(jobs.create(hostile, "SELECT pg_sleep(600)"));
        long stoppable = jobs.start(jobs.create(innocent, "SELECT pg_sleep(600)"));
        jobs.running(unstoppable);
        jobs.running(stoppable);
        makeItsPasswordCostly(hostile, 4096);
        terminateLaunchers();
        await().until(() -> jobs.value("SELECT count(*) FROM cron_engine.worker WHERE launcher <> ''")
                .equals("0"));
        try (Connection session = database.connect(database.superuserName());
                Statement statement = session.createStatement()) {
            session.setAutoCommit(false);
            statement.execute("SELECT FROM cron.job_run_details WHERE runid = " + unstoppable + " FOR UPDATE");
            jobs.value("SELECT cron.cancel(" + unstoppable + ")");
            await().until(() -> jobs.value("SELECT count(*) FROM cron_engine.queue WHERE stop_sent_at IS NOT NULL")
                    .equals("1"));

            jobs.value("SELECT cron.cancel(" + stoppable + ")");

            await().atMost(SOON)
                    .until(() -> jobs.value("SELECT status FROM cron.job_run_details WHERE runid = " + stoppable)
                            .equals("failed"));
            assertThat(jobs.value("SELECT count(*) FROM cron_engine.fault WHERE sqlstate = '55P03'"))
                    .isEqualTo("0");
            session.rollback();
        }
        database.superuser()
                .sql("SELECT pg_terminate_backend(pid) FROM cron_engine.queue WHERE runid = ?")
                .param(unstoppable)
                .query()
                .singleRow();
        jobs.ended(unstoppable);
    }
}
