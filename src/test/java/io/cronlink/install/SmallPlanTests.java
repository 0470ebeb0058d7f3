package io.cronlink.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cronlink.database.Login;
import io.cronlink.database.VendorServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** A server with 20 connections. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SmallPlanTests extends Installation {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Pattern PROMISE = Pattern.compile("makes it take (\\d+) at most, and (\\d+) when idle");

    private static final String OF_CRONLINK = "usename = 'cronlink' AND application_name <> 'test'";

    SmallPlanTests() {
        super("platforms.md");
    }

    @Override
    VendorServer start() {
        VendorServer small = VendorServer.whoseSuperuserIs("postgres")
                .hba("host all all all scram-sha-256")
                .setting("max_connections", "20")
                .setting("superuser_reserved_connections", "3")
                .start();
        small.execute(
                "postgres",
                "CREATE ROLE platform LOGIN CREATEROLE PASSWORD '" + PASSWORD + "'",
                "CREATE ROLE cronlink LOGIN PASSWORD '" + PASSWORD + "'",
                "CREATE DATABASE app OWNER platform");
        small.execute(
                "app",
                "GRANT CREATE ON DATABASE app TO cronlink",
                "CREATE EXTENSION dblink",
                "GRANT USAGE ON FOREIGN DATA WRAPPER dblink_fdw TO cronlink");
        return small;
    }

    @Override
    Map<String, String> roles() {
        return Map.of("the platform's user", "platform");
    }

    @Override
    Map<String, String> examples(VendorServer on) {
        return Map.of("db.example.com:5432", on.address() + ":" + on.port());
    }

    private Login owner() {
        return server().login("app", "cronlink", PASSWORD);
    }

    private static long number(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    @Test
    @Order(1) // The scheduler looks for idle workers to close once a minute: here are none yet.
    void aRunWaitsWhileTheServerHasNoConnectionLeft() throws SQLException {
        List<Connection> others = new ArrayList<>();
        try (Connection session = owner().connect();
                Statement statement = session.createStatement()) {
            statement.execute("SET application_name = 'test'");
            // What it needed to start is given back by and by.
            await().atMost(PATIENCE)
                    .until(() -> number(statement, "SELECT count(*) FROM pg_stat_activity WHERE " + OF_CRONLINK)
                            <= promised(2));
            takeAll(others);
            long refused = refusals();

            long runid = number(statement, "SELECT cron.run_once('SELECT 1')");
            await().atMost(PATIENCE).until(() -> refusals() > refused);
            String whileFull = status(statement, runid);
            for (Connection other : others) {
                other.close();
            }

            assertThat(whileFull).isEqualTo("queued");
            await().atMost(PATIENCE).until(() -> status(statement, runid).equals("succeeded"));
        } finally {
            for (Connection other : others) {
                other.close();
            }
        }
    }

    @Test
    @Order(2)
    void takesNoMoreConnectionsThanItPromises() throws SQLException {
        runSql(home(), true);

        try (Connection session = owner().connect();
                Statement statement = session.createStatement()) {
            statement.execute("SET application_name = 'test'");
            // Most of them outside of a transaction: each takes a connection more.
            statement.execute("""
                    SELECT cron.run_once(CASE WHEN i % 4 = 0 THEN 'SELECT pg_sleep(1)'
                                              ELSE 'DO $$ BEGIN COMMIT; PERFORM pg_sleep(1); END $$' END)
                    FROM generate_series(1, 16) AS i
                    """);
            List<Long> seen = new ArrayList<>();
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(() -> {
                service().get("/api/v1/jobs");
                seen.add(number(statement, "SELECT count(*) FROM pg_stat_activity WHERE " + OF_CRONLINK));
                return number(statement, "SELECT count(*) FROM cron.job_run_details WHERE status = 'succeeded'") >= 16;
            });

            assertThat(seen.stream().mapToLong(Long::longValue).max().orElseThrow())
                    .isBetween(8L, promised(1));
        }
    }

    private long promised(int group) {
        Matcher promise = PROMISE.matcher(guide.text());
        assertThat(promise.find()).isTrue();
        return Long.parseLong(promise.group(group));
    }

    private void takeAll(List<Connection> others) {
        Login other = server().login("app", "platform", PASSWORD);
        try {
            while (true) {
                others.add(other.connect());
            }
        } catch (SQLException full) {
            assertThat(full.getSQLState()).isEqualTo("53300");
        }
    }

    private long refusals() {
        return server().log()
                .lines()
                .filter(line -> line.contains("connection slots"))
                .count();
    }

    private static String status(Statement statement, long runid) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT status FROM cron.job_run_details WHERE runid = " + runid)) {
            row.next();
            return String.valueOf(row.getString(1));
        }
    }
}
