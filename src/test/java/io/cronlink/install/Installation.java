package io.cronlink.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cronlink.ServiceProcess;
import io.cronlink.database.Login;
import io.cronlink.database.VendorServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Does what a guide says, to the letter, on a server set up like the one that it is for. It mostly waits for that server and for services that
 * are processes of their own: other tests run meanwhile, but no second installation.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("installation")
abstract class Installation {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Stands for each {@code …} of the guide. */
    static final String PASSWORD = UUID.randomUUID().toString();

    final Guide guide;

    @SuppressWarnings("NullAway.Init")
    private Path data;

    private VendorServer server;
    private ServiceProcess service;
    private final Set<Guide.Sql> ran = new HashSet<>();

    @SuppressWarnings("NullAway.Init")
    Installation(String guide) {
        this.guide = Guide.of(guide);
    }

    /** A server with what the vendor's has, and what the guide takes for granted: the databases and roles that it names. */
    abstract VendorServer start();

    /** The roles that the guide does not call by their names. */
    Map<String, String> roles() {
        return Map.of();
    }

    /** What stands in the guide for what differs from server to server, such as its host name. */
    abstract Map<String, String> examples(VendorServer on);

    @BeforeAll
    void install(@TempDir Path folder) {
        data = folder;
        server = start();
        runSql(home(), false);
        service = ServiceProcess.start(data, environment(server, Map.of())).awaitReady();
    }

    @AfterAll
    void remove() {
        if (service != null) {
            service.close();
        }
        if (server != null) {
            server.close();
        }
        assertThat(ran).as("the SQL of " + guide.name() + " that was run").hasSameElementsAs(guide.sql());
    }

    final VendorServer server() {
        return server;
    }

    final ServiceProcess service() {
        return service;
    }

    /** The database that the guide writes of. */
    final String home() {
        return guide.sql().get(0).database();
    }

    /** The guide's environment with what is true here, and a mistake or variation put into it. */
    final Map<String, String> environment(VendorServer on, Map<String, String> variation) {
        return environment(on, guide.environments().get(0), variation);
    }

    final Map<String, String> environment(VendorServer on, Map<String, String> written, Map<String, String> variation) {
        Map<String, String> environment = new LinkedHashMap<>(written);
        environment.putAll(variation);
        environment.replaceAll((name, value) -> here(on, value));
        environment.put("CRONLINK_DATABASE_PATIENCE", "2s");
        return environment;
    }

    private String here(VendorServer on, String text) {
        Map<String, String> examples = new HashMap<>(examples(on));
        examples.put("…", PASSWORD);
        examples.put("secret:username", "cronlink");
        examples.put("secret:password", PASSWORD);
        String here = text;
        // An example may be part of a longer one.
        for (String example : examples.keySet().stream()
                .sorted(Comparator.comparing(String::length).reversed())
                .toList()) {
            here = here.replace(example, Objects.requireNonNull(examples.get(example)));
        }
        return here;
    }

    /** The URL of another database, in the guide's words. */
    final String url(String database) {
        String url = Objects.requireNonNull(guide.environments().get(0).get("SPRING_DATASOURCE_URL"));
        return url.replaceFirst("/" + home() + "(\\?|$)", Matcher.quoteReplacement("/" + database) + "$1");
    }

    /** What the service says that is started so, and does not stay. */
    final String failure(Map<String, String> mistake) {
        return failure(server, mistake);
    }

    final String failure(VendorServer on, Map<String, String> mistake) {
        try (ServiceProcess failing = ServiceProcess.start(data, environment(on, mistake))) {
            assertThat(failing.exitCode()).isEqualTo(1);
            assertThat(failing.output()).doesNotContain(PASSWORD);
            return failing.output();
        }
    }

    /** The same in a new database, of which the superuser has made what the mistake needs. */
    final String failureIn(String database, String... preparation) {
        server.execute(createDatabase(database), preparation);
        return failure(Map.of("SPRING_DATASOURCE_URL", url(database)));
    }

    final String withoutRightToTheWrapper() {
        return failureIn("half_done", "GRANT CREATE ON DATABASE half_done TO cronlink", "CREATE EXTENSION dblink");
    }

    final String withPgCron() {
        // It would have to be preloaded; that it is listed is all that is looked at.
        return failureIn(
                "with_cron",
                "CREATE EXTENSION hstore",
                "UPDATE pg_extension SET extname = 'pg_cron' WHERE extname = 'hstore'");
    }

    final void startsAfterTheSqlIn(String database) {
        runSql(createDatabase(database), false);
        starts(Map.of("SPRING_DATASOURCE_URL", url(database)));
    }

    /** Without the SQL: Flyway's user does it. */
    final void startsByTheAdministrator(String database) {
        starts(Map.of(
                "SPRING_DATASOURCE_URL",
                url(createDatabase(database)),
                "SPRING_FLYWAY_USER",
                "postgres",
                "SPRING_FLYWAY_PASSWORD",
                PASSWORD));
    }

    final void starts(Map<String, String> variation) {
        starts(environment(server, variation), "leading");
    }

    final void starts(Map<String, String> environment, String as) {
        try (ServiceProcess other = ServiceProcess.start(data, environment)) {
            other.awaitReady();
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                            other.get("/actuator/health").body())
                    .contains("\"session\":\"" + as + "\"")
                    .doesNotContain("DOWN"));
        }
    }

    /** A database like the guide's, in which nothing was done yet. */
    final String createDatabase(String name) {
        server.execute(
                home(),
                "CREATE DATABASE " + name + " OWNER " + role(guide.sql().get(0).role()));
        return name;
    }

    /** The guide's SQL, in a database that it was perhaps not written for; returned are the statuses of runs that were seen. */
    final List<String> runSql(String database, boolean afterStart) {
        return runSql(server, database, afterStart);
    }

    final List<String> runSql(VendorServer on, String database, boolean afterStart) {
        List<String> statuses = new ArrayList<>();
        boolean refused = false;
        for (Guide.Sql sql : guide.sql()) {
            if (sql.afterStart() == afterStart && (sql.condition() == null || refused)) {
                refused = !run(on, sql, database, statuses);
                ran.add(sql);
            }
        }
        assertThat(refused).as("the last statement was refused").isFalse();
        return statuses;
    }

    /** Whether the last statement was not refused. */
    private boolean run(VendorServer on, Guide.Sql sql, String database, List<String> statuses) {
        Login login = on.login(database, role(sql.role()), PASSWORD);
        boolean done = true;
        for (String statement : sql.statements()) {
            // Roles are the server's, and a second database finds them there.
            if (!statement.startsWith("CREATE ROLE") || database.equals(sql.database())) {
                done = run(
                        login,
                        here(on, statement).replace("DATABASE " + sql.database(), "DATABASE " + database),
                        statuses);
            }
        }
        return done;
    }

    private String role(String words) {
        return roles().getOrDefault(words, words);
    }

    /** False: it was refused, as a reader would see. */
    private static boolean run(Login login, String statement, List<String> statuses) {
        try (Connection connection = login.connect();
                Statement session = connection.createStatement()) {
            if (statement.contains("cron.job_run_details")) {
                await().atMost(PATIENCE).until(() -> readStatuses(session, statement, statuses));
                return true;
            }
            session.execute(statement);
            return session.getWarnings() == null
                    || !String.valueOf(session.getWarnings().getMessage()).contains("no privileges were granted");
        } catch (SQLException failure) {
            if (statement.startsWith("GRANT USAGE ON FOREIGN DATA WRAPPER") && "42501".equals(failure.getSQLState())) {
                return false;
            }
            throw new AssertionError("as " + login + ": " + statement, failure);
        }
    }

    private static boolean readStatuses(Statement session, String query, List<String> statuses) throws SQLException {
        statuses.clear();
        try (ResultSet rows = session.executeQuery(query)) {
            while (rows.next()) {
                statuses.add(rows.getString("status"));
            }
        }
        return statuses.contains("succeeded") || statuses.contains("failed");
    }
}
