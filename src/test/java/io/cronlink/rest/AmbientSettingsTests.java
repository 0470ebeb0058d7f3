package io.cronlink.rest;

import static io.cronlink.Json.ok;
import static io.cronlink.Json.send;
import static io.cronlink.TestUsers.ADMIN;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.cronlink.CronlinkTest;
import io.cronlink.Json;
import io.cronlink.database.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;

/** What an administrator has set for the owner in this database is for others: REST answers as ever. */
@CronlinkTest
class AmbientSettingsTests {

    private static final List<String> SETTINGS = List.of(
            "default_transaction_isolation = 'serializable'",
            "default_transaction_deferrable = on",
            "row_security = off",
            "datestyle = 'German'",
            "intervalstyle = 'sql_standard'",
            "timezone = 'Asia/Kolkata'",
            "bytea_output = 'escape'",
            "extra_float_digits = -15",
            "standard_conforming_strings = off",
            "array_nulls = off",
            "transform_null_equals = on",
            "quote_all_identifiers = on",
            "idle_in_transaction_session_timeout = '1s'",
            "client_min_messages = 'debug1'",
            "application_name = 'hidden'",
            "enable_indexscan = off",
            "plan_cache_mode = 'force_custom_plan'");

    private static final String JOB = """
            {'jobname': 'ambient', 'schedule': '0 3 29 2 *', 'timezone': 'Asia/Tokyo', 'command': 'SELECT E\\'\\\\\\\\x\\'',
             'validFrom': '2021-02-03T04:05:06.000007Z', 'timeout': 'PT26H0.25S', 'retryDelay': 'PT1M1S', 'maxAttempts': 4}""";

    @Autowired
    private MockMvcTester http;

    @Autowired
    private HikariDataSource pool;

    @Autowired
    private JdbcClient client;

    @Autowired
    private TestDatabase database;

    private long jobid;

    @BeforeEach
    void make() {
        MvcTestResult made =
                send(http.post().uri("/api/v1/jobs").with(ADMIN), JOB).exchange();
        assertThat(made).hasStatus(201);
        jobid = Json.of(made).path("jobid").asLong();
    }

    @AfterEach
    void reset() {
        alter("RESET ALL");
        pool.getHikariPoolMXBean().softEvictConnections();
        assertThat(http.delete().uri("/api/v1/jobs/" + jobid).with(ADMIN).exchange())
                .hasStatus(204);
    }

    private void alter(String setting) {
        database.owner().sql("""
                        DO $$ BEGIN EXECUTE format('ALTER ROLE CURRENT_USER IN DATABASE %%I %%s', current_database(), $x$%s$x$); END $$
                        """.formatted(setting)).update();
    }

    private void set() {
        SETTINGS.forEach(setting -> alter("SET " + setting));
        pool.getHikariPoolMXBean().softEvictConnections();
    }

    /** What does not change by itself. */
    private Map<String, JsonNode> answers() {
        return List.of(
                        "/jobs/" + jobid,
                        "/jobs/" + jobid + "/definition",
                        "/jobs/" + jobid + "/upcoming",
                        "/runs?jobid=" + jobid,
                        "/jobs?name=ambient",
                        "/settings")
                .stream()
                .collect(Collectors.toMap(
                        path -> path,
                        path -> ok(http.get().uri("/api/v1" + path).with(ADMIN).exchange())));
    }

    /** As the daemon's session has them for its own statements: see lead(). */
    @Test
    void changeNoAnswer() {
        Map<String, JsonNode> before = answers();
        set();

        assertThat(answers()).isEqualTo(before);
        MvcTestResult changed = send(http.patch().uri("/api/v1/jobs/" + jobid).with(ADMIN), "{'timeout': 'PT26H0.5S'}")
                .exchange();
        assertThat(ok(changed).path("timeout").asString()).isEqualTo("PT26H0.5S");
    }

    /** Whoever changes what the daemon changes too would fail by it. */
    @Test
    void makeNoTransactionSerializable() {
        set();

        assertThat(client.sql("SHOW transaction_isolation").query(String.class).single())
                .isEqualTo("read committed");
    }
}
