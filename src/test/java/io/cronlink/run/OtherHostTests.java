package io.cronlink.run;

import static io.cronlink.database.TestDatabase.identifier;
import static io.cronlink.database.TestDatabase.literal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cronlink.database.CronlinkDatabase;
import io.cronlink.database.SqlFailure;
import io.cronlink.database.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Jobs in other databases, and on other hosts through foreign servers. */
@Tag("engine")
@CronlinkDatabase(onThisMachine = true)
class OtherHostTests {

    private static TestDatabase other;

    private final TestDatabase database;
    private final TestJobs jobs;

    OtherHostTests(TestDatabase database) {
        this.database = database;
        this.jobs = new TestJobs(database);
    }

    @BeforeAll
    static void start(TestDatabase database) {
        other = database.createEmptyBeside();
        database.owner().sql("UPDATE cron.settings SET connect_timeout = '2 s'").update();
        database.startDaemon();
    }

    @AfterAll
    static void stop(TestDatabase database) {
        database.stopDaemons();
        other.close();
    }

    @AfterEach
    void clear() {
        database.owner().sql("UPDATE cron.settings SET max_running_jobs = 32").update();
        for (String server : database.owner()
                .sql("SELECT srvname FROM pg_foreign_server WHERE srvname NOT LIKE 'cronlink:%'")
                .query(String.class)
                .list()) {
            execute("DROP SERVER " + identifier(server) + " CASCADE");
        }
    }

    private void execute(String sql) {
        database.owner().sql(sql).update();
    }

    private String port() {
        return jobs.value("SELECT current_setting('port')");
    }

    /** A name that leads back here, but is not known as the own server's. */
    private void server(String name, String host, String port) {
        execute(
                "CREATE SERVER %s FOREIGN DATA WRAPPER dblink_fdw OPTIONS (host '%s', hostaddr '127.0.0.1', port '%s', dbname %s)"
                        .formatted(identifier(name), host, port, literal(database.name())));
    }

    private void mapping(String server, String role, String login) {
        execute("CREATE USER MAPPING FOR %s SERVER %s OPTIONS (user %s, password %s)"
                .formatted(
                        role.equals("PUBLIC") ? role : identifier(role),
                        identifier(server),
                        literal(login),
                        literal(database.password(login))));
    }

    private void grant(String server, String role) {
        execute("GRANT USAGE ON FOREIGN SERVER " + identifier(server) + " TO " + identifier(role));
    }

    private long job(String role, String host, String port, String command) {
        long jobid = jobs.create(role, command);
        database.owner()
                .sql("UPDATE cron.job SET nodename = ?, nodeport = ? WHERE jobid = ?")
                .param(host)
                .param(Integer.valueOf(port))
                .param(jobid)
                .update();
        return jobid;
    }

    private RecordedRun run(String role, String command) {
        return jobs.ended(jobs.start(job(role, "elsewhere", port(), command)));
    }

    @Test
    void runInAnotherDatabaseOfTheSameServer() {
        long jobid = database.owner()
                .sql(
                        "SELECT cron.schedule_in_database('abroad', '0 0 29 2 *', 'SELECT current_database() || '' '' || session_user', ?)")
                .param(other.name())
                .query(Long.class)
                .single();

        RecordedRun run = jobs.ended(jobs.start(jobid));

        assertThat(run.result()).isEqualTo(other.name() + " " + database.ownerName());
        assertThat(run.database()).isEqualTo(other.name());
        assertThat(jobs.value("SELECT count(*) FROM pg_stat_activity WHERE datname = " + literal(other.name())))
                .isEqualTo("0");
    }

    @Test
    void runInAnotherDatabaseAsAnotherRole() {
        String role = database.createJobUser("traveller");
        long jobid = database.owner()
                .sql("SELECT cron.schedule_in_database('of a role', '0 0 29 2 *', 'SELECT session_user', ?, ?)")
                .param(other.name())
                .param(role)
                .query(Long.class)
                .single();

        assertThat(jobs.ended(jobs.start(jobid)).result()).isEqualTo(role);
    }

    @Test
    void runOnceInAnotherDatabase() {
        long runid = database.owner()
                .sql("SELECT cron.run_once('SELECT current_database()', ?)")
                .param(other.name())
                .query(Long.class)
                .single();

        await().until(() -> jobs.value("SELECT result FROM cron.job_run_details WHERE runid = " + runid)
                .equals(other.name()));
    }

    @Test
    void areRefusedForADatabaseThatIsNotThere() {
        assertThat(SqlFailure.of(() -> database.owner()
                                .sql("SELECT cron.schedule_in_database('nowhere', '* * * * *', 'SELECT 1', 'nowhere')")
                                .query()
                                .singleRow())
                        .sqlState())
                .isEqualTo("3D000");
    }

    @Test
    void runWithTheCredentialsOfTheirRolesUserMapping() {
        String role = database.createJobUser("mapped");
        String there = database.createRole("there");
        server("lane", "elsewhere", port());
        mapping("lane", role, there);
        grant("lane", role);

        RecordedRun run = run(role, "SELECT session_user || ' ' || current_setting('application_name')");

        assertThat(run.status()).as(run.returnMessage()).isEqualTo("succeeded");
        assertThat(run.result()).startsWith(there + " cronlink: ");
        await().until(() -> jobs.value("SELECT count(*) FROM pg_stat_activity WHERE usename = " + literal(there))
                .equals("0"));
    }

    @Test
    void runWithTheUserMappingForEverybody() {
        String role = database.createJobUser("anybody");
        String there = database.createRole("common");
        server("lane", "elsewhere", port());
        mapping("lane", "PUBLIC", there);
        grant("lane", role);

        assertThat(run(role, "SELECT session_user").result()).isEqualTo(there);
    }

    @Test
    void failWithoutAForeignServer() {
        RecordedRun run = run(database.ownerName(), "SELECT 1");

        assertThat(run.status()).isEqualTo("failed");
        assertThat(run.sqlstate()).isEqualTo("08001");
        assertThat(run.returnMessage())
                .isEqualTo(
                        "connection failed\nDETAIL:  there is no foreign server for elsewhere:%s, database %s",
                        port(), database.name());
    }

    @Test
    void failWithoutARightToTheForeignServer() {
        String role = database.createJobUser("barred");
        server("lane", "elsewhere", port());
        mapping("lane", role, database.createRole("there"));

        RecordedRun run = run(role, "SELECT 1");

        assertThat(run.status()).isEqualTo("failed");
        assertThat(run.returnMessage())
                .startsWith("connection failed\nDETAIL:  ")
                .doesNotContain("password of");
    }

    @Test
    void failWithoutAUserMapping() {
        String role = database.createJobUser("unmapped");
        server("lane", "elsewhere", port());
        mapping("lane", database.ownerName(), database.ownerName());
        grant("lane", role);

        RecordedRun run = run(role, "SELECT session_user");

        assertThat(run.status()).isEqualTo("failed");
        assertThat(run.returnMessage()).startsWith("connection failed\nDETAIL:  ");
    }

    @Test
    void takeTheForeignServerThatLetsTheirRoleIn() {
        String role = database.createJobUser("welcome");
        for (String server : List.of("a lane", "b lane", "c lane", "d lane")) {
            server(server, "elsewhere", port());
        }
        mapping("a lane", database.ownerName(), database.ownerName());
        grant("b lane", role);
        mapping("c lane", role, role);
        grant("c lane", role);

        assertThat(run(role, "SELECT session_user").result()).isEqualTo(role);
    }

    @Test
    void recordWhatHappensThere() {
        String role = database.createJobUser("remote");
        server("lane", "elsewhere", port());
        mapping("lane", role, role);
        grant("lane", role);

        assertThat(run(role, "SELECT 1 / 0").returnMessage()).isEqualTo("ERROR:  division by zero");
        assertThat(run(role, "VACUUM").returnMessage()).isEqualTo("VACUUM");
        assertThat(run(role, "SELECT pg_terminate_backend(pg_backend_pid()), pg_sleep(10)")
                        .sqlstate())
                .isEqualTo("08007");
        assertThat(run(role, "SELECT 'and on'").result()).isEqualTo("and on");
    }

    @Test
    void failAtOnceWhereNobodyListens() throws IOException {
        String port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = String.valueOf(closed.getLocalPort());
        }
        server("dead end", "dead", port);
        mapping("dead end", database.ownerName(), database.ownerName());

        RecordedRun run = jobs.ended(jobs.start(job(database.ownerName(), "dead", port, "SELECT 1")));

        assertThat(run.status()).isEqualTo("failed");
        assertThat(run.returnMessage()).contains("Connection refused").doesNotContain("owner's own");
        assertThat(run.sqlstate()).startsWith("08");
    }

    @Test
    void costOneWorkerWhereNobodyAnswersAndNoOtherJob() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(silent.getLocalPort());
            server("silence", "silent", port);
            mapping("silence", database.ownerName(), database.ownerName());
            execute("UPDATE cron.settings SET max_running_jobs = 2");
            String role = database.createJobUser("unconcerned");
            long hanging = jobs.start(job(database.ownerName(), "silent", port, "SELECT 1"));
            jobs.running(hanging);

            List<RecordedRun> others = Stream.of(database.ownerName(), role, database.ownerName(), role)
                    .map(user -> jobs.run(user, "SELECT 1"))
                    .toList();

            assertThat(others).extracting(RecordedRun::status).containsOnly("succeeded");
            assertThat(jobs.find(hanging).status()).isEqualTo("running");
            RecordedRun run = jobs.ended(hanging);
            assertThat(Duration.between(run.startTime(), run.endTime()))
                    .isBetween(Duration.ofMillis(1_900), Duration.ofSeconds(5));
            assertThat(run.status()).isEqualTo("failed");
            assertThat(run.returnMessage()).startsWith("connection failed\nDETAIL:  ");
            assertThat(run.sqlstate()).startsWith("08");
        }
    }

    @Test
    void failedToConnectWhenTheirWorkerWasLostAfterTheTimeForThat() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(silent.getLocalPort());
            server("silence", "silent", port);
            mapping("silence", database.ownerName(), database.ownerName());
            long runid = jobs.start(job(database.ownerName(), "silent", port, "SELECT 1"));
            await().until(() -> jobs.value(
                            "SELECT isfinite(connect_before) FROM cron_engine.queue WHERE runid = " + runid)
                    .equals("true"));

            // As when the cancel that is sent then arrives between the end of its attempt and the record.
            execute(
                    "UPDATE cron_engine.queue SET pid = 1, stop_reason = 'timeout', stop_sent_at = now(), connect_before = now()"
                            + " WHERE runid = " + runid);

            RecordedRun run = jobs.ended(runid);
            assertThat(run.status()).isEqualTo("failed");
            assertThat(run.returnMessage()).isEqualTo("connection failed\nDETAIL:  timeout expired");
            assertThat(run.sqlstate()).isEqualTo("08001");
        }
    }

    @Test
    void canBeCancelledWhereNobodyAnswers() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(silent.getLocalPort());
            server("silence", "silent", port);
            mapping("silence", database.ownerName(), database.ownerName());
            execute("UPDATE cron.settings SET connect_timeout = '20 s'");
            long jobid = job(database.ownerName(), "silent", port, "SELECT 1");
            jobs.set(jobid, "max_attempts = 2, retry_delay = '0'");
            // Before 16 dblink does not listen while it connects, but gives up by itself.
            boolean listens = jobs.value("SELECT current_setting('server_version_num')::integer >= 160000")
                    .equals("true");
            if (!listens) {
                execute("UPDATE cron.settings SET connect_timeout = '2 s'");
            }
            long runid = jobs.start(jobid);
            jobs.running(runid);
            await().until(() -> !jobs.value("SELECT connect_before FROM cron_engine.queue WHERE runid = " + runid)
                    .isEmpty());

            OffsetDateTime asked = jobs.now();
            database.owner().sql("SELECT cron.cancel(?)").param(runid).query().singleRow();

            RecordedRun run = jobs.ended(runid);
            assertThat(Duration.between(asked, run.endTime())).isLessThan(Duration.ofSeconds(listens ? 2 : 5));
            assertThat(run.returnMessage()).isEqualTo("job canceled");
            assertThat(run.sqlstate()).isEqualTo("57014");
            await().until(() ->
                    jobs.value("SELECT count(*) FROM cron_engine.ended_run").equals("0"));
            assertThat(jobs.runsOf(jobid)).hasSize(1);
        } finally {
            execute("UPDATE cron.settings SET connect_timeout = '2 s'");
        }
    }
}
