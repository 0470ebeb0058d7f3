package io.cronlink.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cronlink.database.CrashableServer;
import io.cronlink.database.Login;
import io.cronlink.owner.DefaultOwner;
import io.cronlink.startup.CannotStart;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What keeps a session away from its server, told by the service's log and seen in the server's. */
@ResourceLock(Resources.SYSTEM_OUT)
@ExtendWith(OutputCaptureExtension.class)
class DaemonOutageTests {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static CrashableServer server;

    @BeforeAll
    static void startServer() {
        server = CrashableServer.start();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    private static DaemonSession session() {
        DaemonProperties properties =
                new DaemonProperties(true, Duration.ofSeconds(2), Duration.ofMillis(100), Duration.ofMillis(300), null);
        return new DaemonSession(
                new DaemonConnection(
                        server.owner(),
                        properties,
                        new LoopbackProperties(null, null, null, null, false),
                        new DefaultOwner(null, null)),
                properties,
                new FailureLog(new LogProperties(0)));
    }

    private static void awaitState(DaemonSession session, DaemonState state) {
        await().atMost(PATIENCE).until(() -> session.state() == state);
    }

    private static List<String> warnings(CapturedOutput output) {
        return output.getOut().lines().filter(line -> line.contains(" WARN ")).toList();
    }

    @Test
    void eachNewReasonIsToldOnce(CapturedOutput output) {
        DaemonSession session = session();
        session.start();
        try {
            awaitState(session, DaemonState.LEADING);

            server.execute(
                    "ALTER ROLE cronlink PASSWORD 'another'",
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'cronlink daemon'");
            // The driver tells of the first, and each attempt of the second.
            await().atMost(PATIENCE).until(() -> refusals() > 5);
            assertThat(warnings(output)).hasSize(2);
            assertThat(warnings(output).get(0)).contains("Disconnected, trying again for ever: ");
            assertThat(warnings(output).get(1))
                    .contains("Still not connected, for another reason: ")
                    .contains("password authentication failed");
            assertThat(session.reason()).contains("password authentication failed");

            restorePassword();
            awaitState(session, DaemonState.LEADING);
            assertThat(warnings(output)).hasSize(2);
        } finally {
            session.stop();
            restorePassword();
        }
    }

    private static void restorePassword() {
        server.execute("ALTER ROLE cronlink PASSWORD '"
                + String.valueOf(server.owner().password()).replace("'", "''") + "'");
    }

    private static long refusals() {
        return server.log()
                .lines()
                .filter(line -> line.contains("FATAL:  password authentication failed"))
                .count();
    }

    @Test
    void aStandbyIsAskedWithoutAnErrorInItsLog(CapturedOutput output) {
        DaemonSession session = session();
        session.start();
        try {
            awaitState(session, DaemonState.LEADING);
            server.restartAsStandby();
            await().atMost(PATIENCE).until(() -> session.reason().equals("the server is a standby"));
            int before = server.log().length();

            await().atMost(PATIENCE).until(() -> warnings(output).stream()
                    .anyMatch(line -> line.contains("for another reason: the server is a standby")));
            await().during(Duration.ofSeconds(2))
                    .atMost(PATIENCE)
                    .until(() -> session.state() == DaemonState.DISCONNECTED);
            assertThat(server.log().substring(before)).doesNotContain("ERROR");

            server.promote();
            awaitState(session, DaemonState.LEADING);
        } finally {
            session.stop();
        }
    }

    @Test
    void standingByWritesNoErrorIntoTheServersLog() {
        DaemonSession first = session();
        DaemonSession second = session();
        first.start();
        try {
            awaitState(first, DaemonState.LEADING);
            int before = server.log().length();
            second.start();
            awaitState(second, DaemonState.STANDBY);

            await().during(Duration.ofSeconds(2)).atMost(PATIENCE).until(() -> second.state() == DaemonState.STANDBY);

            assertThat(server.log().substring(before)).doesNotContain("ERROR");
        } finally {
            second.stop();
            first.stop();
        }
    }

    /** Workers wait for it, as their sessions are told to, but not the daemon. */
    @Test
    void doesNotWaitForASynchronousStandbyThatIsGone() throws SQLException {
        DaemonSession session = session();
        session.start();
        try (Connection observer = server.superuser().connect();
                Statement statement = observer.createStatement()) {
            awaitState(session, DaemonState.LEADING);
            server.execute("SELECT cron.schedule('each second', '1 second', 'SELECT 1')");
            awaitMore(statement, "SELECT count(*) FROM cron.job_run_details");
            server.execute("ALTER SYSTEM SET synchronous_standby_names = 'gone'", "SELECT pg_reload_conf()");

            // Two more CALLs have ended, each with what it notes of the runs meanwhile.
            for (int i = 0; i < 3; i++) {
                awaitMore(
                        statement,
                        "SELECT extract(epoch FROM query_start) FROM pg_stat_activity WHERE application_name = 'cronlink daemon'");
            }
            awaitMore(statement, "SELECT count(*) FROM cron.job_run_details");
        } finally {
            server.execute(
                    "ALTER SYSTEM RESET synchronous_standby_names",
                    "SELECT pg_reload_conf()",
                    "SELECT cron.unschedule('each second')");
            session.stop();
        }
    }

    private static void awaitMore(Statement statement, String query) throws SQLException {
        double before = Double.parseDouble(value(statement, query));
        await().atMost(PATIENCE).until(() -> Double.parseDouble(value(statement, query)) > before);
    }

    @Test
    void doesNotWaitForAnothersLockForLong() throws SQLException {
        DaemonSession session = session();
        session.start();
        session.stop();
        try (Connection stuck = server.superuser().connect();
                Statement statement = stuck.createStatement()) {
            stuck.setAutoCommit(false);
            statement.execute("UPDATE cron_engine.login SET via = via");

            assertThatThrownBy(session::start)
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("another session has kept the server's address or a login locked");
        }
    }

    /** They are another role's, of whose sessions the service's sees nothing but that they are there. */
    @Test
    void aServerWithoutAConnectionLeftIsToldOfOnce(CapturedOutput output) throws SQLException {
        server.execute("CREATE ROLE hoarder LOGIN PASSWORD 'hoarder'");
        DaemonSession session = session();
        List<Connection> hoard = new ArrayList<>();
        try (Connection observer = server.superuser().connect();
                Statement statement = observer.createStatement()) {
            session.start();
            awaitState(session, DaemonState.LEADING);
            hoardAll(hoard);

            statement.execute("SELECT cron.run_once('SELECT 1', username => 'cronlink')");

            await().atMost(PATIENCE).until(() -> warnings(output).stream()
                    .anyMatch(line ->
                            line.contains("Runs wait: the server has no connection left: of max_connections, 100,")));
            assertThat(value(statement, "SELECT nobody FROM cron_engine.daemon_standstill()"))
                    .as("nobody's runs start")
                    .isEqualTo("t");
            assertThat(value(statement, "SELECT note FROM cron.job_run_details ORDER BY runid DESC LIMIT 1"))
                    .contains("; delayed: the server has no connection left: of max_connections, 100,");
            await().during(Duration.ofSeconds(5))
                    .atMost(PATIENCE)
                    .until(() -> warnings(output).size() == 1);

            closeAll(hoard);

            await().atMost(PATIENCE)
                    .until(() -> value(statement, "SELECT status FROM cron.job_run_details ORDER BY runid DESC LIMIT 1")
                            .equals("succeeded"));
            assertThat(value(statement, "SELECT note FROM cron.job_run_details ORDER BY runid DESC LIMIT 1"))
                    .contains("delayed: ");
        } finally {
            closeAll(hoard);
            session.stop();
        }
    }

    private static void hoardAll(List<Connection> hoard) {
        Login hoarder = new Login(server.owner().url(), "hoarder", "hoarder");
        try {
            while (hoard.size() < 200) {
                hoard.add(hoarder.connect());
            }
        } catch (SQLException full) {
            assertThat(full.getSQLState()).isEqualTo("53300");
        }
    }

    private static void closeAll(List<Connection> hoard) throws SQLException {
        for (Connection connection : hoard) {
            connection.close();
        }
        hoard.clear();
    }

    private static String value(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            return row.next() ? String.valueOf(row.getString(1)) : "";
        }
    }

    /** Between two fires nothing would be written, and nothing be wrong. */
    @Test
    void aFullDiskKeepsItAwayUntilThereIsRoom(CapturedOutput output) throws SQLException {
        DaemonSession session = session();
        session.start();
        try {
            awaitState(session, DaemonState.LEADING);
            String probe = definition("require_disk");
            String fire = definition("fire_due");
            fill("require_disk()", "void");
            fill("fire_due(now timestamptz, head_start interval)", "integer");
            // Where nothing is due nothing is written.
            server.execute("SET ROLE cronlink", "SELECT cron.schedule('due', '1 second', 'SELECT 1')");

            await().atMost(PATIENCE).until(() -> session.state() == DaemonState.DISCONNECTED);
            server.execute(fire);

            await().during(Duration.ofSeconds(3))
                    .atMost(PATIENCE)
                    .until(() -> session.state() == DaemonState.DISCONNECTED);
            assertThat(session.reason()).contains("No space left on device");
            assertThat(warnings(output)).singleElement().asString().contains("No space left on device");

            server.execute(probe);
            awaitState(session, DaemonState.LEADING);
            server.execute("SET ROLE cronlink", "SELECT cron.unschedule('due')");
        } finally {
            session.stop();
        }
    }

    private static String definition(String function) throws SQLException {
        try (Connection connection = server.superuser().connect();
                Statement statement = connection.createStatement()) {
            return value(statement, "SELECT pg_get_functiondef('cron_engine." + function + "'::regproc)");
        }
    }

    private static void fill(String function, String result) {
        server.execute("""
                CREATE OR REPLACE FUNCTION cron_engine.%s RETURNS %s LANGUAGE plpgsql AS $$
                BEGIN
                    RAISE EXCEPTION 'could not extend file "base/1/2": No space left on device' USING ERRCODE = 'disk_full';
                END $$
                """.formatted(function, result));
    }
}
