package io.cronlink.token;

import static io.cronlink.Json.ok;
import static io.cronlink.Json.problem;
import static io.cronlink.Json.send;
import static io.cronlink.TestUsers.ADMIN;
import static io.cronlink.TestUsers.OPERATOR;
import static org.assertj.core.api.Assertions.assertThat;

import io.cronlink.CronlinkTest;
import io.cronlink.Json;
import io.cronlink.database.TestDatabase;
import io.cronlink.secret.BearerSecret;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;

@CronlinkTest
@ExtendWith(OutputCaptureExtension.class)
class TokenApiTests {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    @Autowired
    private MockMvcTester http;

    @Autowired
    private TestDatabase database;

    private static String name(String prefix) {
        return prefix + "-" + NUMBER.incrementAndGet();
    }

    private JsonNode create(String name, String role) {
        MvcTestResult result = send(
                        http.post().uri("/api/v1/tokens").with(ADMIN),
                        "{'name': '%s', 'role': '%s'}".formatted(name, role))
                .exchange();
        assertThat(result).hasStatus(201);
        JsonNode token = Json.of(result);
        assertThat(result)
                .headers()
                .hasValue("Location", "/api/v1/tokens/" + token.path("tokenid").asLong());
        return token;
    }

    private MvcTestResult get(String path, String token) {
        return get(path, token, "127.0.0.1");
    }

    private MvcTestResult get(String path, String token, String address) {
        return http.get()
                .uri(path)
                .header("Authorization", "Bearer " + token)
                .with(request -> {
                    request.setRemoteAddr(address);
                    return request;
                })
                .exchange();
    }

    private MvcTestResult revoke(String token) {
        return http.delete().uri("/api/v1/tokens/{token}", token).with(ADMIN).exchange();
    }

    private String value(String sql, String name) {
        return database.owner()
                .sql("SELECT (" + sql + ")::text FROM cron_engine.api_token WHERE name = ?")
                .param(name)
                .query(String.class)
                .single();
    }

    @Test
    void showsTheTokenOnceAndKeepsItsHash() {
        String name = name("grafana");
        JsonNode created = create(name, "reader");
        String secret = created.path("secret").asString();

        assertThat(secret).matches("cronlink_[0-9A-Za-z]{49}");
        assertThat(created.path("createdBy").asString()).isEqualTo("admin");
        assertThat(Instant.parse(created.path("expiresAt").asString()))
                .isBetween(
                        Instant.now().plus(Duration.ofDays(89)), Instant.now().plus(Duration.ofDays(91)));
        assertThat(value("api_token", name)).doesNotContain(secret, secret.substring(9));
        MvcTestResult list = http.get().uri("/api/v1/tokens").with(ADMIN).exchange();
        assertThat(ok(list).path("tokens").toString())
                .contains("\"" + name + "\"")
                .doesNotContain("secret", "hash", secret);
        for (String address : new String[] {name, created.path("tokenid").asString()}) {
            MvcTestResult one =
                    http.get().uri("/api/v1/tokens/" + address).with(ADMIN).exchange();
            assertThat(ok(one).path("name").asString()).isEqualTo(name);
        }
    }

    @ParameterizedTest(name = "{0}: {1} {2} is {3}")
    @CsvSource(textBlock = """
                    metrics,  GET,    /actuator/metrics,        200
                    metrics,  GET,    /actuator/health,         200
                    metrics,  GET,    /api/v1/jobs,             403
                    metrics,  GET,    /actuator,                403
                    reader,   GET,    /actuator/metrics,        200
                    reader,   GET,    /api/v1/jobs,             200
                    reader,   POST,   /api/v1/jobs/999999/runs, 403
                    operator, POST,   /api/v1/jobs/999999/runs, 404
                    operator, GET,    /api/v1/tokens,           403
                    operator, DELETE, /api/v1/tokens/999999,    403
                    admin,    DELETE, /api/v1/tokens/999999,    404
                    """)
    void givesItsRoleAndNoMore(String role, String method, String path, int status) {
        String secret = create(name("role"), role).path("secret").asString();

        assertThat(http.method(HttpMethod.valueOf(method))
                        .uri(path)
                        .header("Authorization", "Bearer " + secret)
                        .exchange())
                .hasStatus(status);
    }

    @Test
    void isMadeByAdministratorsOnly() {
        assertThat(send(http.post().uri("/api/v1/tokens").with(OPERATOR), "{'name': 'x', 'role': 'metrics'}")
                        .exchange())
                .hasStatus(403);
    }

    /** The note shows who it was, in words that no user's name can be. */
    @Test
    void isNamedInWhatItDoes() {
        String name = name("deployer");
        String secret = create(name, "operator").path("secret").asString();
        long jobid = database.owner()
                .sql("SELECT cron.schedule(?, '0 3 1 1 *', 'SELECT 1')")
                .param(name)
                .query(Long.class)
                .single();

        MvcTestResult run = http.post()
                .uri("/api/v1/jobs/" + jobid + "/runs")
                .header("Authorization", "Bearer " + secret)
                .exchange();

        assertThat(Json.of(run).path("note").asString()).endsWith(": token:" + name + " over REST");
    }

    @Test
    void isRefusedFromTheMomentThatItIsRevoked(CapturedOutput log) {
        String name = name("leaked");
        String secret = create(name, "reader").path("secret").asString();
        ok(get("/api/v1/jobs", secret));

        assertThat(revoke(name)).hasStatus(204);

        MvcTestResult refused = get("/api/v1/jobs", secret);
        assertThat(problem(refused, 401).path("detail").asString()).isEqualTo("The token is not valid.");
        assertThat(refused)
                .headers()
                .hasValue("WWW-Authenticate", "Bearer realm=\"Cronlink\", error=\"invalid_token\"");
        problem(revoke(name), 404);
        assertThat(log)
                .contains("admin has made token \"" + name + "\" with role reader")
                .contains("admin has revoked token \"" + name + "\"")
                .doesNotContain(secret);
        // Its name is free for its successor, and it stays known.
        create(name, "reader");
        assertThat(database.owner()
                        .sql("SELECT revoked_by FROM cron_engine.api_token WHERE name = ? ORDER BY tokenid LIMIT 1")
                        .param(name)
                        .query(String.class)
                        .single())
                .isEqualTo("admin");
    }

    @Test
    void isRevokedByNumber() {
        JsonNode token = create(name("numbered"), "reader");

        assertThat(revoke(token.path("tokenid").asString())).hasStatus(204);

        problem(get("/api/v1/jobs", token.path("secret").asString()), 401);
    }

    @Test
    void expires() {
        String name = name("short");
        String secret = create(name, "reader").path("secret").asString();
        ok(get("/api/v1/jobs", secret));

        database.owner()
                .sql("UPDATE cron_engine.api_token SET created_at = now() - interval '1 h',"
                        + " expires_at = now() - interval '1 s' WHERE name = ?")
                .param(name)
                .update();

        problem(get("/api/v1/jobs", secret), 401);
    }

    @Test
    void notesItsUseOnceAMinute() {
        String name = name("busy");
        String secret = create(name, "reader").path("secret").asString();
        assertThat(value("last_used_at IS NULL", name)).isEqualTo("true");

        get("/api/v1/jobs", secret);
        String first = value("last_used_at", name);
        get("/api/v1/jobs", secret);
        assertThat(value("last_used_at", name)).isEqualTo(first);

        database.owner()
                .sql("UPDATE cron_engine.api_token SET last_used_at = last_used_at - interval '1 min' WHERE name = ?")
                .param(name)
                .update();
        get("/api/v1/jobs", secret);
        assertThat(value("last_used_at > now() - interval '1 min'", name)).isEqualTo("true");
    }

    @Test
    void isLetInWhereTheDatabaseTakesNoWrites() {
        String name = name("looker");
        String secret = create(name, "metrics").path("secret").asString();
        database.superuser().sql("""
                        CREATE FUNCTION public.full_disk() RETURNS trigger LANGUAGE plpgsql
                        AS $$BEGIN RAISE 'no space left on device' USING ERRCODE = 'disk_full'; END$$
                        """).update();
        database.superuser()
                .sql("CREATE TRIGGER full_disk BEFORE UPDATE ON cron_engine.api_token"
                        + " FOR EACH ROW EXECUTE FUNCTION public.full_disk()")
                .update();
        try {
            ok(get("/actuator/metrics", secret));
        } finally {
            database.superuser().sql("DROP FUNCTION public.full_disk() CASCADE").update();
        }
        assertThat(value("last_used_at IS NULL", name)).isEqualTo("true");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {'role': 'reader'}                                                                     | name
                    {'name': 'a b', 'role': 'reader'}                                                      | name
                    {'name': '7', 'role': 'reader'}                                                        | name
                    {'name': 'x', 'role': 'root'}                                                          | role
                    {'name': 'x', 'role': 'ADMIN'}                                                         | role
                    {'name': 'x', 'role': 'reader', 'expiresIn': 'PT0S'}                                   | expiresIn
                    {'name': 'x', 'role': 'reader', 'expiresIn': 'P40000D'}                                | expiresIn
                    {'name': 'x', 'role': 'reader', 'expiresAt': '2020-01-01T00:00:00Z'}                   | expiresAt
                    {'name': 'x', 'role': 'reader', 'expiresAt': '9999-01-01T00:00:00Z'}                   | expiresAt
                    {'name': 'x', 'role': 'reader', 'expiresAt': '2050-01-01T00:00:00Z', 'expiresIn': 'P1D'} | expiresAt
                    {'name': 'x', 'role': 'reader', 'secret': 'mine'}                                      | secret
                    """)
    void isRefusedIfItMakesNoSense(String body, String property) {
        MvcTestResult refused =
                send(http.post().uri("/api/v1/tokens").with(ADMIN), body).exchange();

        assertThat(problem(refused, 400).toString()).contains(property);
    }

    @Test
    void hasANameOfItsOwn() {
        String name = name("twice");
        create(name, "reader");

        JsonNode problem = problem(
                send(
                                http.post().uri("/api/v1/tokens").with(ADMIN),
                                "{'name': '" + name + "', 'role': 'reader', 'expiresIn': 'P1D'}")
                        .exchange(),
                409);

        assertThat(problem.path("errors").path(0).path("field").asString()).isEqualTo("name");
    }

    /** Nor is anything looked up for what cannot be one. */
    @Test
    void isNotGuessed() {
        String good = create(name("good"), "reader").path("secret").asString();
        ok(get("/api/v1/jobs", good, "192.0.2.77"));
        String wrong = good.substring(0, good.length() - 1) + (good.endsWith("a") ? "b" : "a");
        assertThat(BearerSecret.parse(wrong)).isEmpty();

        for (int i = 0; i < 10; i++) {
            problem(
                    get(
                            "/api/v1/jobs",
                            i % 2 == 0 ? wrong : BearerSecret.create().text(),
                            "192.0.2.77"),
                    401);
        }

        MvcTestResult refused = get("/api/v1/jobs", BearerSecret.create().text(), "192.0.2.77");
        problem(refused, 429);
        assertThat(refused).headers().containsHeader("Retry-After");
        // Whoever guesses locks nobody out who was let in before, from there or from elsewhere.
        ok(get("/api/v1/jobs", good, "192.0.2.77"));
        ok(get("/api/v1/jobs", good, "192.0.2.78"));
    }

    @Test
    void isSeenByNoOtherRoleOfTheDatabase() {
        String other = database.createRole("other");

        for (String table : new String[] {"api_token", "session"}) {
            assertThat(database.superuser()
                            .sql("SELECT has_table_privilege(?, 'cron_engine." + table + "', 'SELECT')::text")
                            .param(other)
                            .query(String.class)
                            .single())
                    .isEqualTo("false");
        }
    }
}
