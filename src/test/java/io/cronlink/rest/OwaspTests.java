package io.cronlink.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cronlink.TestUsers;
import io.cronlink.database.TestDatabase;
import io.cronlink.rest.Wire.Answer;
import io.cronlink.secret.BearerSecret;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * OWASP's lists, item by item: API is the API Security Top 10 of 2023, ASVS the Application Security Verification Standard 5.0. What
 * each role may do (API1, API5) is in {@code contract/access.txt}.
 */
@ServedTest
class OwaspTests {

    private static final Pattern COOKIE = Pattern.compile("Set-Cookie: (cronlink-session=\\w+);");

    @LocalServerPort
    private int port;

    @Autowired
    private DataSource pool;

    @Autowired
    private TestDatabase database;

    private Answer send(String method, String target, String headers, String body) {
        String json = body.replace('\'', '"');
        try (Wire wire = Wire.to(port)) {
            return wire.send(method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n" + headers
                            + "Connection: close\r\nContent-Type: application/json\r\nContent-Length: " + json.length()
                            + "\r\n\r\n" + json)
                    .answer(method.equals("HEAD"));
        }
    }

    private Answer admin(String method, String target, String body) {
        return send(method, target, Wire.admin(), body);
    }

    private Answer logIn(String name, String password, String headers) {
        return send(
                "POST", "/api/v1/session", headers, "{'username': '%s', 'password': '%s'}".formatted(name, password));
    }

    private static String cookie(Answer login) {
        Matcher cookie = COOKIE.matcher(login.head());
        assertThat(cookie.find()).as(login.head() + login.body()).isTrue();
        return "Cookie: " + cookie.group(1) + "\r\n";
    }

    private static JsonNode json(Answer answer) {
        return JsonMapper.shared().readTree(answer.body());
    }

    /** Nothing of the inside: API8, ASVS 16.5.1. */
    private static void requireSilence(Answer answer) {
        assertThat(answer.head() + answer.body())
                .doesNotContain("Exception", "\tat ", "org.", "java.", "cron_engine.", "Tomcat", "root:");
    }

    /** ASVS 3.4, API8: whoever answers, Spring or Tomcat. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/v1/jobs HTTP/1.1",
                "GET /api/v1/nowhere HTTP/1.1",
                "GET / HTTP/1.1",
                "GET /api/v1/jobs;x=y HTTP/1.1",
                "GET /api/v1/jobs?a=%ff HTTP/1.1",
                "GET /%00 HTTP/1.1",
                "GET /\\ HTTP/1.1",
                "TRACE / HTTP/1.1",
                "GET / HTTP/7.0",
            })
    void everyAnswerTellsABrowserWhatNotToDo(String line) {
        for (String user : List.of("", Wire.admin())) {
            try (Wire wire = Wire.to(port)) {
                Answer answer = wire.send(line + "\r\nHost: localhost\r\n" + user + "Connection: close\r\n\r\n")
                        .answer();

                assertThat(answer.head())
                        .contains("X-Content-Type-Options: nosniff")
                        .containsPattern("Content-Security-Policy: default-src 'none'; .*frame-ancestors 'none'")
                        .containsPattern("Cache-Control: .*no-store")
                        .doesNotContain("unsafe-", "Server:", "X-Powered-By");
                requireSilence(answer);
            }
        }
    }

    /** ASVS 3.5.1: what another site makes a browser send. */
    @Test
    void aForgedRequestChangesNothing() {
        Answer login = logIn("admin", TestUsers.PASSWORD, "");
        String cookie = cookie(login);

        send("POST", "/api/v1/tokens", cookie, "{'name': 'forged', 'role': 'admin'}")
                .problem(403);
        send("PATCH", "/api/v1/settings", cookie + "X-CSRF-TOKEN: \r\n", "{}").problem(403);
        String token = "X-CSRF-TOKEN: " + json(login).path("csrf").path("token").asString() + "\r\n";
        for (String site : List.of("Sec-Fetch-Site: cross-site", "Origin: https://evil.example", "Origin: null")) {
            send("PATCH", "/api/v1/settings", cookie + token + site + "\r\n", "{}")
                    .problem(403);
            logIn("admin", TestUsers.PASSWORD, site + "\r\n").problem(403);
        }
        assertThat(send("PATCH", "/api/v1/settings", cookie + token, "{}").status())
                .isEqualTo(200);
        assertThat(send("GET", "/api/v1/tokens", cookie, "").body()).doesNotContain("forged");
    }

    /** ASVS 7.2.4, 7.4.1. */
    @Test
    void aSessionThatWasThereBeforeTheLogInIsNoneAfterwards() {
        String made = "Cookie: cronlink-session=" + BearerSecret.create().text() + "\r\n";

        String own = cookie(logIn("admin", TestUsers.PASSWORD, made));

        assertThat(own).isNotEqualTo(made);
        send("GET", "/api/v1/jobs", made, "").problem(401);
        assertThat(send("GET", "/api/v1/jobs", own, "").status()).isEqualTo(200);
        String next = cookie(logIn("rita", TestUsers.PASSWORD, own));
        send("GET", "/api/v1/jobs", own, "").problem(401);
        assertThat(json(send("GET", "/api/v1/session", next, "")).path("user").asString())
                .isEqualTo("rita");
    }

    /** ASVS 6.3.8, API2. */
    @Test
    void noAnswerTellsWhichNamesThereAre() {
        for (String way : List.of("basic", "session")) {
            Answer known = way.equals("basic")
                    ? send("GET", "/api/v1/jobs", Wire.login("rita", "wrong"), "")
                    : logIn("rita", "wrong", "");
            Answer unknown = way.equals("basic")
                    ? send("GET", "/api/v1/jobs", Wire.login("nobody-1", "wrong"), "")
                    : logIn("nobody-1", "wrong", "");

            known.problem(401);
            assertThat(unknown.body()).isEqualTo(known.body());
            assertThat(withoutDate(unknown)).isEqualTo(withoutDate(known));
        }
    }

    private static String withoutDate(Answer answer) {
        return answer.head().replaceAll("Date: .*\r\n", "");
    }

    /** ASVS 6.3.8: neither does the time. */
    @Test
    void norHowLongItTakes() {
        long known = quickest("rita");
        long unknown = quickest("nobody-2");

        assertThat((double) unknown / known).isBetween(0.3, 3.0);
    }

    private long quickest(String name) {
        return LongStream.generate(() -> {
                    long begin = System.nanoTime();
                    logIn(name, "wrong", "");
                    return System.nanoTime() - begin;
                })
                .limit(5)
                .min()
                .orElseThrow();
    }

    /** ASVS 1.2.4, API8. */
    @Test
    void namesAreNoSql() {
        String name = "x'; DROP TABLE cron.job; --\\\\ $$%s {0} ${x}";
        admin("POST", "/api/v1/tokens", "{'name': 'kept', 'role': 'metrics'}");

        Answer made = admin(
                "POST",
                "/api/v1/jobs",
                "{'jobname': '" + name.replace("'", "\\u0027") + "', 'schedule': '@yearly', 'command': 'SELECT 1'}");

        assertThat(made.status()).as(made.body()).isEqualTo(201);
        assertThat(json(made).path("jobname").asString()).isEqualTo(name.replace("\\\\", "\\"));
        for (String injection : List.of(
                "%27%20OR%20%271%27=%271",
                "x%27%29%20OR%201=1--", "%25", "1%20UNION%20SELECT%20passwd%20FROM%20pg_shadow")) {
            assertThat(json(admin("GET", "/api/v1/jobs?jobname=" + injection, ""))
                            .path("jobs"))
                    .isEmpty();
            assertThat(admin("DELETE", "/api/v1/tokens/" + injection, "").status())
                    .isIn(400, 404);
            admin("GET", "/api/v1/jobs?after=" + injection, "").problem(400);
        }
        assertThat(admin("GET", "/api/v1/tokens", "").body()).contains("\"kept\"");
        assertThat(database.owner()
                        .sql("SELECT count(*) FROM cron_engine.api_token WHERE name = 'kept' AND revoked_at IS NULL")
                        .query(Long.class)
                        .single())
                .isOne();
    }

    /** ASVS 1.2.4, 2.2.1. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "* * * * *; DROP TABLE cron.job",
                "@every 1 min' OR '1'='1",
                "@at now()",
                "@at (SELECT now())",
                "$(id)",
                "`id`",
                "* * * * *\\u0000",
                "@after x'); SELECT pg_sleep(60); --",
            })
    void schedulesAreNoSql(String schedule) {
        Answer preview = admin("POST", "/api/v1/schedules/preview", "{\"schedule\": \"" + schedule + "\"}");
        Answer zone = admin(
                "POST", "/api/v1/schedules/preview", "{\"schedule\": \"@daily\", \"timezone\": \"" + schedule + "\"}");

        // What pg_cron takes with a sixth field is taken here, with a warning.
        assertThat(preview.status()).isIn(200, 400);
        zone.problem(400);
        requireSilence(preview);
        requireSilence(zone);
    }

    /** API3, ASVS 2.2.1, 15.3.3: what a client may not set it cannot slip in. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'name': 'a', 'role': 'metrics', 'hash': 'x'}",
                "{'name': 'a', 'role': 'metrics', 'createdBy': 'root'}",
                "{'name': 'a', 'role': 'metrics', 'role': 'admin'}",
                "{'@class': 'java.net.URL', 'name': 'a', 'role': 'metrics'}",
                "{'name': {'toString': 'a'}, 'role': 'metrics'}",
                "{'name': ['a'], 'role': 'metrics'}",
                "{'name': 1, 'role': 'metrics'}",
                "['java.util.HashMap', {}]",
                "{'name': 'a', 'role': 'metrics'} {}",
                "{'name': 'a', 'role': 'metrics'",
            })
    void jsonSetsWhatItMayAndNothingElse(String body) {
        Answer refused = admin("POST", "/api/v1/tokens", body);

        refused.problem(400);
        requireSilence(refused);
    }

    /** ASVS 5.3.2, API5: one path is one path. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/actuator/health/liveness/../../../api/v1/jobs",
                "/actuator/health/liveness/..;/..;/..;/api/v1/jobs",
                "/actuator/health/liveness/%2e%2e/%2e%2e/%2e%2e/api/v1/jobs",
                "/api/v1/session/..%2fjobs",
                "/api/v1/session/../jobs",
                "/api/v1/session;/../jobs",
                "//api/v1/jobs",
                "/api/v1/session//../jobs",
                "/./api/v1/jobs",
                "/api/v1/jobs%00/session",
                "/API/V1/JOBS",
                "/api/v1/jobs/",
                "/api%2fv1%2fjobs",
                "/static/..%2f..%2f..%2fetc/passwd",
                "/..%5c..%5cetc/passwd",
                "/file:///etc/passwd",
            })
    void noPathLeadsAroundTheDoor(String path) {
        Answer stranger = send("GET", path, "", "");
        Answer reader = send("DELETE", path, Wire.login("rita", TestUsers.PASSWORD), "");

        assertThat(stranger.status()).isIn(400, 401);
        assertThat(reader.status()).isIn(400, 403);
        requireSilence(stranger);
        requireSilence(reader);
    }

    /** API4: whoever may not come in is not even asked for it, and for a log-in a little is enough. */
    @Test
    void hugeBodiesAndHeadersAreRefused() {
        admin("POST", "/api/v1/jobs", "{'command': '" + "x".repeat(3 << 20) + "'}")
                .problem(413);
        logIn("rita", "x".repeat(5000), "").problem(413);
        send("POST", "/api/v1/jobs", "", "x".repeat(100_000)).problem(401);
        assertThat(send("GET", "/api/v1/jobs", "X-Long: " + "x".repeat(20_000) + "\r\n", "")
                        .status())
                .isEqualTo(400);
        assertThat(send("GET", "/api/v1/jobs", "Authorization: Bearer " + "x".repeat(6000) + "\r\n", "")
                        .status())
                .isEqualTo(401);
        assertThat(send("GET", "/api/v1/jobs", "Cookie: " + "a=b; ".repeat(1000) + "\r\n", "")
                        .status())
                .isIn(400, 401);
    }

    /** API4: as deep as the reader's stack, or its patience. */
    @Test
    void deepBodiesAreRefused() {
        for (String body : List.of("[".repeat(500_000), "{'name':".repeat(100_000), "{'name':" + "[".repeat(900_000))) {
            Answer refused = admin("POST", "/api/v1/tokens", body);

            refused.problem(400);
            requireSilence(refused);
        }
        logIn("[[[[", "{{{{", "").problem(401);
        send("POST", "/api/v1/session", "", "[".repeat(4000)).problem(400);
    }

    /** API4: they have two seconds, and hold up nobody who is known. */
    @Test
    void slowLogInsKeepNobodyOut() {
        List<Wire> slow = IntStream.range(0, 40)
                .mapToObj(i -> Wire.to(port)
                        .send("POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\n"
                                + "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"))
                .toList();
        try {
            assertThat(admin("GET", "/api/v1/jobs", "").status()).isEqualTo(200);
            assertThat(send("GET", "/actuator/health/liveness", "", "").status())
                    .isEqualTo(200);
            await().until(() -> logIn("admin", TestUsers.PASSWORD, "").status() == 200);
        } finally {
            slow.forEach(Wire::close);
        }
    }

    /** API2: nobody who is known is taken for a stranger because the database is away, nor is the service taken for dead. */
    @Test
    void whoCannotBeLookedUpIsToldToComeAgain() throws SQLException {
        String cookie = cookie(logIn("admin", TestUsers.PASSWORD, ""));
        String token = "Authorization: Bearer "
                + json(admin("POST", "/api/v1/tokens", "{'name': 'patient', 'role': 'reader'}"))
                        .path("secret")
                        .asString()
                + "\r\n";
        List<Connection> all = new ArrayList<>();
        try {
            for (int i = 0; i < 5; i++) {
                all.add(pool.getConnection());
            }
            for (String user : List.of(cookie, token)) {
                Answer refused = send("GET", "/api/v1/session", user, "");

                refused.problem(503);
                assertThat(refused.head()).contains("Retry-After: ");
                assertThat(send("GET", "/actuator/health/liveness", user.startsWith("Cookie") ? user : "", "")
                                .status())
                        .isEqualTo(200);
            }
        } finally {
            for (Connection connection : all) {
                connection.close();
            }
        }
        for (String user : List.of(cookie, token)) {
            assertThat(send("GET", "/api/v1/session", user, "").status()).isEqualTo(200);
        }
    }

    /** API2, ASVS 14.2.1: a secret in a URL would be in every log on the way. */
    @Test
    void aTokenInTheUrlIsNone() {
        String secret = json(admin("POST", "/api/v1/tokens", "{'name': 'in-url', 'role': 'reader'}"))
                .path("secret")
                .asString();

        send("GET", "/api/v1/jobs?access_token=" + secret, "", "").problem(401);
        send("GET", "/api/v1/jobs", "X-Api-Key: " + secret + "\r\n", "").problem(401);
        assertThat(send("GET", "/api/v1/jobs", "Authorization: bearer " + secret + "\r\n", "")
                        .status())
                .isEqualTo(200);
    }
}
