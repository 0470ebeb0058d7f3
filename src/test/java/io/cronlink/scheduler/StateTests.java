package io.cronlink.scheduler;

import static io.cronlink.Json.ok;
import static io.cronlink.Json.problem;
import static io.cronlink.database.TestDatabase.identifier;
import static org.assertj.core.api.Assertions.assertThat;

import io.cronlink.Api;
import io.cronlink.CronlinkTest;
import io.cronlink.database.TestDatabase;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The scheduler's state, groups, logins, servers and commands over REST. */
@CronlinkTest
class StateTests {

    @Autowired
    private MockMvcTester http;

    @Autowired
    private TestDatabase database;

    private Api api;

    StateTests() {
        // Made anew for each test.
    }

    @BeforeEach
    void connect() {
        api = new Api(http);
    }

    @Test
    void tellsHowTheSchedulerIs() {
        JsonNode state = api.read("/scheduler");

        assertThat(state.path("ticking").asBoolean()).isTrue();
        assertThat(state.path("leaderPid").asInt()).isPositive();
        assertThat(state.path("paused").asBoolean()).isFalse();
        assertThat(state.path("maxRunningJobs").asInt()).isEqualTo(32);
        assertThat(state.path("connections").asInt())
                .isBetween(1, state.path("maxConnections").asInt());
        assertThat(state.path("database").asString()).isEqualTo(database.name());
        assertThat(state.path("jobs").asInt())
                .isGreaterThanOrEqualTo(state.path("activeJobs").asInt());
    }

    @Test
    void makesChangesAndRemovesGroups() {
        MvcTestResult made = api.put("/groups/heavy work", "{'maxRunning': 2, 'description': 'whole tables'}");
        assertThat(made).hasStatus(201).hasHeader("Location", "/api/v1/groups/heavy%20work");
        api.job("{'schedule': '@yearly', 'command': 'SELECT 1', 'jobGroup': 'heavy work'}");

        JsonNode group = ok(api.put("/groups/heavy work", "{'maxRunning': 0}"));
        assertThat(group.path("maxRunning").asInt()).isZero();
        assertThat(group.path("description").asString()).isEqualTo("whole tables");
        assertThat(group.path("jobs").asInt()).isEqualTo(1);
        assertThat(api.read("/groups").path("groups").toString()).contains("heavy work");
        assertThat(problem(api.put("/groups/heavy work", "{'maxRunning': 1001}"), 400)
                        .path("errors")
                        .path(0)
                        .path("field")
                        .asString())
                .isEqualTo("maxRunning");
        assertThat(api.delete("/groups/heavy work")).hasStatus(204);
        problem(api.get("/groups/heavy work"), 404);
        problem(api.delete("/groups/heavy work"), 404);
    }

    @Test
    void registersLoginsAndNeverTellsThePassword() {
        // A name that may stand in a path.
        String alice = database.createRoleCalled("alice_" + database.name().hashCode());
        database.owner()
                .sql("GRANT USAGE ON SCHEMA cron TO " + identifier(alice))
                .update();

        problem(api.put("/logins/{role}", "{'password': 'not hers'}", alice), 400);
        JsonNode login = ok(api.request(HttpMethod.PUT, "/logins/{role}", alice)
                .contentType(MediaType.APPLICATION_JSON)
                .content(JsonMapper.shared().writeValueAsString(Map.of("password", database.password(alice))))
                .exchange());
        assertThat(login.path("username").asString()).isEqualTo(alice);
        assertThat(login.path("obstacle").isNull()).isTrue();
        assertThat(api.read("/logins?limit=1000").toString()).contains(alice).doesNotContain(database.password(alice));
        assertThat(api.delete("/logins/{role}", alice)).hasStatus(204);
        problem(api.delete("/logins/{role}", alice), 404);
        problem(api.get("/logins/{role}", alice), 404);
        problem(api.put("/logins/nobody_here", "{'password': 'x'}"), 400);
    }

    @Test
    void listsServersWithoutTheirSecrets() {
        database.owner()
                .sql(
                        "CREATE SERVER shown FOREIGN DATA WRAPPER dblink_fdw OPTIONS (host 'db2', port '5433', dbname 'app', sslcert '/x')")
                .update();
        database.owner()
                .sql("CREATE USER MAPPING FOR CURRENT_USER SERVER shown OPTIONS (user 'u', password 'hush hush')")
                .update();

        JsonNode servers = api.read("/servers").path("servers");
        assertThat(servers).hasSize(1);
        assertThat(servers.path(0).path("host").asString()).isEqualTo("db2");
        assertThat(servers.path(0).path("usernames").path(0).asString()).isEqualTo(database.ownerName());
        assertThat(servers.toString()).doesNotContain("hush", "/x");
        database.owner().sql("DROP SERVER shown CASCADE").update();
    }

    @Test
    void looksAtACommandWithoutExecutingIt() {
        assertThat(check("{'command': 'SELECT 1/0; VACUUM'}")).isEmpty();
        assertThat(check("{'command': ''}")).isEmpty();
        JsonNode syntax = check("{'command': 'SELEC 1'}").path(0);
        assertThat(syntax.path("sqlstate").asString()).isEqualTo("42601");
        assertThat(syntax.path("message").asString()).isEqualTo("syntax error at or near \"SELEC\"");
        assertThat(check("{'command': 'SELECT * FROM nowhere'}")
                        .path(0)
                        .path("sqlstate")
                        .asString())
                .isEqualTo("42P01");
        assertThat(check("{'command': 'SELECT * FROM nowhere', 'syntaxOnly': true}"))
                .isEmpty();
        assertThat(check("{'command': '$body$; DROP TABLE cron.job; $body$'}")).hasSize(1);
        assertThat(check("{'command': 'CREATE TABLE app.made_by_check (a integer)'}"))
                .isEmpty();
        assertThat(database.owner()
                        .sql("SELECT to_regclass('app.made_by_check') IS NULL")
                        .query(Boolean.class)
                        .single())
                .isTrue();
        problem(api.post("/sql/check", "{}"), 400);
    }

    private JsonNode check(String body) {
        return ok(api.post("/sql/check", body)).path("findings");
    }
}
