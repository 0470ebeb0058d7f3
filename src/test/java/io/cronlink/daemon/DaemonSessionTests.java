package io.cronlink.daemon;

import static io.cronlink.database.TestDatabase.identifier;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cronlink.database.CronlinkDatabase;
import io.cronlink.database.Login;
import io.cronlink.database.TestDatabase;
import io.cronlink.owner.DefaultOwner;
import io.cronlink.startup.CannotStart;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@Tag("engine")
@CronlinkDatabase
@ExtendWith(OutputCaptureExtension.class)
class DaemonSessionTests {

    private static final Duration TAKEOVER = Duration.ofSeconds(10);

    private final TestDatabase database;
    private final List<DaemonSession> sessions = new ArrayList<>();

    DaemonSessionTests(TestDatabase database) {
        this.database = database;
    }

    @AfterEach
    void stopAll() {
        sessions.forEach(DaemonSession::stop);
    }

    private DaemonSession start() {
        DaemonSession session = session(database.login(database.ownerName()), null, null);
        session.start();
        return session;
    }

    private DaemonSession session(Login owner, @Nullable String jobUser, @Nullable String jobPassword) {
        return session(owner, jobUser, jobPassword, null);
    }

    private DaemonSession session(
            Login owner, @Nullable String jobUser, @Nullable String jobPassword, @Nullable String adopt) {
        DaemonProperties properties =
                new DaemonProperties(true, Duration.ofSeconds(2), Duration.ofMillis(500), Duration.ofSeconds(2), adopt);
        DaemonSession session = new DaemonSession(
                new DaemonConnection(
                        owner,
                        properties,
                        new LoopbackProperties(null, null, null, null, false),
                        new DefaultOwner(jobUser, jobPassword)),
                properties,
                new FailureLog(new LogProperties(30)));
        sessions.add(session);
        return session;
    }

    private void awaitState(DaemonSession session, DaemonState state) {
        await().atMost(TAKEOVER).until(() -> session.state() == state);
    }

    private @Nullable Integer leader() {
        return (Integer) database.owner()
                .sql("SELECT leader_pid FROM cron_engine.daemon_status()")
                .query()
                .singleRow()
                .get("leader_pid");
    }

    @Test
    void leadsForLongerThanOneCall() {
        DaemonSession session = start();
        awaitState(session, DaemonState.LEADING);
        Integer leader = leader();

        await().atMost(TAKEOVER).until(() -> backendAge() > 2.5);

        assertThat(leader()).isEqualTo(leader);
        assertThat(session.state()).isEqualTo(DaemonState.LEADING);
    }

    private double backendAge() {
        return database.owner().sql("""
                        SELECT extract(epoch FROM clock_timestamp() - a.backend_start)
                        FROM cron_engine.daemon_status() AS s
                        JOIN pg_stat_activity AS a ON a.pid = s.leader_pid
                        """).query(Double.class).single();
    }

    @Test
    void standsByWhileAnotherLeadsAndTakesOverWhenThatStops() {
        DaemonSession first = start();
        awaitState(first, DaemonState.LEADING);
        DaemonSession second = start();
        awaitState(second, DaemonState.STANDBY);

        first.stop();

        assertThat(first.state()).isEqualTo(DaemonState.STOPPED);
        awaitState(second, DaemonState.LEADING);
    }

    @Test
    void comesBackWhenItsBackendIsKilled(CapturedOutput output) {
        DaemonSession first = start();
        awaitState(first, DaemonState.LEADING);
        DaemonSession second = start();
        awaitState(second, DaemonState.STANDBY);

        database.superuser()
                .sql("SELECT pg_terminate_backend(?)")
                .param(leader())
                .query()
                .singleRow();

        await().atMost(TAKEOVER).until(() -> List.of(first, second).stream()
                .map(DaemonSession::state)
                .sorted()
                .toList()
                .equals(List.of(DaemonState.LEADING, DaemonState.STANDBY)));
        assertThat(output.getOut().lines().filter(line -> line.contains("Disconnected")))
                .hasSize(1);
    }

    @Test
    void goesOnWhenItsCallIsCancelledByAnybodyElse() {
        DaemonSession session = start();
        awaitState(session, DaemonState.LEADING);
        Integer leader = leader();

        database.superuser()
                .sql("SELECT pg_cancel_backend(?)")
                .param(leader)
                .query()
                .singleRow();

        await().during(Duration.ofSeconds(1)).atMost(TAKEOVER).until(() -> leader != null && leader.equals(leader()));
        assertThat(session.state()).isEqualTo(DaemonState.LEADING);
    }

    @Test
    void stopsAtOnceAndLetsRunningJobsGoOn() {
        DaemonSession session = start();
        awaitState(session, DaemonState.LEADING);
        long runid = database.owner()
                .sql("SELECT cron.run_job(cron.schedule('0 3 * * *', 'SELECT pg_sleep(3)'))")
                .query(Long.class)
                .single();
        await().atMost(TAKEOVER).until(() -> status(runid).equals("running"));

        long begin = System.nanoTime();
        session.stop();

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
        assertThat(leader()).isNull();
        await().atMost(TAKEOVER).until(() -> status(runid).equals("succeeded"));
    }

    private String status(long runid) {
        return database.owner()
                .sql("SELECT status FROM cron.job_run_details WHERE runid = ?")
                .param(runid)
                .query(String.class)
                .single();
    }

    @Test
    void tellsOfFailedRunsWithoutTheirCommands(CapturedOutput output) {
        awaitState(start(), DaemonState.LEADING);

        long jobid = database.owner()
                .sql("SELECT cron.schedule('bad' || chr(10) || 'name', '0 3 * * *', 'SELECT 1 / 0 AS secret')")
                .query(Long.class)
                .single();
        long runid = database.owner()
                .sql("SELECT cron.run_job(?)")
                .param(jobid)
                .query(Long.class)
                .single();

        await().atMost(TAKEOVER).until(() -> output.getOut().contains("Run " + runid));
        assertThat(output.getOut().lines().filter(line -> line.contains("Run " + runid)))
                .singleElement()
                .asString()
                .contains(" WARN ")
                .endsWith("Run %d of job %d \"bad name\" failed, attempt 1 (22012): division by zero"
                        .formatted(runid, jobid));
        assertThat(output.getOut()).doesNotContain("secret");
    }

    @Test
    void registersTheRoleOfJobsMadeOverRest() {
        String role = database.createRole("jobs");
        session(database.login(database.ownerName()), role, database.password(role))
                .start();

        assertThat(database.owner()
                        .sql("SELECT count(*) FROM cron_engine.login WHERE username = ?")
                        .param(role)
                        .query(Long.class)
                        .single())
                .isOne();
    }

    @Test
    void saysAtTheStartThatARolesPasswordIsWrong() {
        String role = database.createRole("jobs");
        DaemonSession session = session(database.login(database.ownerName()), role, "wrong");

        assertThatThrownBy(session::start)
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("role \"" + role + "\" cannot log in")
                .hasMessageNotContaining("wrong");
    }

    @Test
    void doesNotLeadACopyUntilItIsAdopted(CapturedOutput output) {
        try (TestDatabase original = TestDatabase.create()) {
            original.owner()
                    .sql("SELECT cron.schedule('0 3 * * *', 'SELECT 1')")
                    .query()
                    .singleRow();
            try (TestDatabase first = original.copy();
                    TestDatabase second = original.copy()) {
                DaemonSession session = sessionAdopting(first, second.name());
                awaitState(session, DaemonState.COPY);
                await().during(Duration.ofSeconds(1)).atMost(TAKEOVER).until(() -> session.state() == DaemonState.COPY);
                assertThat(output.getOut().lines().filter(line -> line.contains("Not leading: database")))
                        .hasSize(1)
                        .allMatch(line -> line.contains("is a copy of database \"" + original.name() + "\""));

                first.owner().sql("SELECT cron.adopt()").query().singleRow();
                awaitState(session, DaemonState.LEADING);

                awaitState(sessionAdopting(second, second.name()), DaemonState.LEADING);
                assertThat(output.getOut()).contains("Adopted database \"" + second.name() + "\"");
                stopAll();
            }
        }
    }

    private DaemonSession sessionAdopting(TestDatabase copy, String adopted) {
        DaemonSession session = session(copy.login(copy.ownerName()), null, null, adopted);
        session.start();
        return session;
    }

    @Test
    void protectsItsSessionFromTheDatabasesTimeouts() {
        database.superuser()
                .sql("ALTER DATABASE " + identifier(database.name()) + " SET statement_timeout = '1s'")
                .update();

        awaitState(start(), DaemonState.LEADING);

        await().atMost(TAKEOVER).until(() -> backendAge() > 2.5);
        database.superuser()
                .sql("ALTER DATABASE " + identifier(database.name()) + " RESET statement_timeout")
                .update();
    }
}
