package io.cronlink.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cronlink.database.CrashableServer;
import io.cronlink.database.Login;
import io.cronlink.owner.DefaultOwner;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A command that kills its own process: PostgreSQL then ends all sessions and recovers. */
class PoisonedServerTests {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final String POISON = "COPY (SELECT 1) TO PROGRAM 'kill -9 $PPID'";

    private static CrashableServer server;
    private static JdbcClient owner;

    @BeforeAll
    static void startServer() {
        server = CrashableServer.start();
        server.execute(
                "GRANT pg_execute_server_program TO " + CrashableServer.OWNER,
                "CREATE TABLE effects (runid bigint)",
                "GRANT ALL ON effects TO " + CrashableServer.OWNER);
        Login login = server.owner();
        owner = JdbcClient.create(new DriverManagerDataSource(
                login.url(), Objects.requireNonNull(login.username()), Objects.requireNonNull(login.password())));
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    /** Three innocent ones are queued with it, and under way whenever it strikes: two that last, and one that does not. */
    @Test
    void isFoundOutAmongInnocentRuns() {
        DaemonProperties properties =
                new DaemonProperties(true, Duration.ofSeconds(2), Duration.ofMillis(100), Duration.ofMillis(300), null);
        DaemonSession session = new DaemonSession(
                new DaemonConnection(
                        server.owner(),
                        properties,
                        new LoopbackProperties(null, null, null, null, false),
                        new DefaultOwner(null, null)),
                properties,
                new FailureLog(new LogProperties(0)));
        session.start();
        try {
            await().atMost(PATIENCE).until(() -> session.state() == DaemonState.LEADING);
            List<Long> runids = start(List.of(POISON, effect(0.3), effect(0.3), effect(0)));

            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> outcomes(runids).size() == 4);

            assertThat(outcomes(runids).get(0)).startsWith("failed").contains("lost in each of 3 tries");
            assertThat(outcomes(runids).subList(1, 4)).allMatch(outcome -> outcome.startsWith("succeeded"));
            assertThat(owner.sql("SELECT runid FROM effects ORDER BY 1")
                            .query(Long.class)
                            .list())
                    .isEqualTo(runids.subList(1, 4));
            // The first time nobody could tell.
            assertThat(server.log().split("was terminated by signal 9", -1)).hasSize(1 + 4);
        } finally {
            session.stop();
        }
    }

    private static String effect(double seconds) {
        return "INSERT INTO effects VALUES (current_setting('cronlink.runid')::bigint); SELECT pg_sleep(%s)"
                .formatted(seconds);
    }

    /** In one statement, so that one tick lets all of them start. */
    private static List<Long> start(List<String> commands) {
        return owner.sql("SELECT cron.run_once(c) FROM unnest(?::text[]) c")
                .param(commands.toArray(String[]::new))
                .query(Long.class)
                .list();
    }

    private static List<String> outcomes(List<Long> runids) {
        return owner.sql("SELECT status || ': ' || return_message FROM cron.job_run_details"
                        + " WHERE runid IN (:runids) AND end_time IS NOT NULL ORDER BY runid")
                .param("runids", runids)
                .query(String.class)
                .list();
    }
}
