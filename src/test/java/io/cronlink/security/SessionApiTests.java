package io.cronlink.security;

import static io.cronlink.Json.ok;
import static io.cronlink.Json.problem;
import static io.cronlink.Json.send;
import static io.cronlink.TestUsers.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;

import io.cronlink.CronlinkTest;
import io.cronlink.Json;
import io.cronlink.database.TestDatabase;
import io.cronlink.secret.BearerSecret;
import io.cronlink.secret.DataFolder;
import jakarta.servlet.http.Cookie;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MockMvcTester.MockMvcRequestBuilder;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;

@CronlinkTest
class SessionApiTests {

    private static final String COOKIE = "cronlink-session";

    @Autowired
    private MockMvcTester http;

    @Autowired
    private TestDatabase database;

    @Autowired
    private SessionProperties properties;

    private MvcTestResult login(String name, String password, Cookie... cookies) {
        MockMvcRequestBuilder request = send(
                http.post().uri("/api/v1/session"), "{'username': '%s', 'password': '%s'}".formatted(name, password));
        return (cookies.length == 0 ? request : request.cookie(cookies)).exchange();
    }

    private static Cookie cookie(MvcTestResult login) {
        return Objects.requireNonNull(login.getResponse().getCookie(COOKIE));
    }

    private static String csrf(MvcTestResult login) {
        return Json.of(login).path("csrf").path("token").asString();
    }

    private MvcTestResult get(String path, Cookie cookie) {
        return http.get().uri(path).cookie(cookie).exchange();
    }

    private MvcTestResult start(Cookie cookie, String header, String value) {
        return http.post()
                .uri("/api/v1/jobs/999999/runs")
                .cookie(cookie)
                .header(header, value)
                .exchange();
    }

    /** What is stored of a session, which only its cookie finds. */
    private int update(Cookie cookie, String change) {
        return database.owner()
                .sql("UPDATE cron_engine.session SET " + change + " WHERE hash = ?")
                .param(BearerSecret.parse(cookie.getValue()).orElseThrow().hash())
                .update();
    }

    @Test
    void letsABrowserIn() {
        MvcTestResult login = login("OLGA", PASSWORD);

        JsonNode session = ok(login);
        assertThat(session.path("user").asString()).isEqualTo("olga");
        assertThat(session.path("role").asString()).isEqualTo("operator");
        assertThat(session.path("roles").toString()).isEqualTo("[\"operator\",\"reader\",\"metrics\"]");
        assertThat(session.path("csrf").path("header").asString()).isEqualTo("X-CSRF-TOKEN");
        assertThat(session.path("login").toString()).isEqualTo("{\"password\":true,\"oidc\":[]}");
        assertThat(login.getResponse().getHeader("Set-Cookie"))
                .matches(COOKIE + "=cronlink_[0-9A-Za-z]{49}; Path=/; HttpOnly; SameSite=Strict");
        assertThat(ok(get("/api/v1/session", cookie(login)))).isEqualTo(session);
        ok(get("/api/v1/jobs", cookie(login)));
        problem(get("/api/v1/tokens", cookie(login)), 403);
    }

    @Test
    void bindsTheCookieToTheHostOverHttps() {
        MvcTestResult login = send(
                        http.post().uri("/api/v1/session"),
                        "{'username': 'rita', 'password': '%s'}".formatted(PASSWORD))
                .secure(true)
                .exchange();

        assertThat(login.getResponse().getHeader("Set-Cookie"))
                .matches("__Host-" + COOKIE + "=cronlink_\\w+; Path=/; Secure; HttpOnly; SameSite=Strict");
        Cookie bound = Objects.requireNonNull(login.getResponse().getCookie("__Host-" + COOKIE));
        ok(http.get().uri("/api/v1/jobs").secure(true).cookie(bound).exchange());
        // Which any host of the domain can set.
        problem(
                http.get()
                        .uri("/api/v1/jobs")
                        .secure(true)
                        .cookie(new Cookie(COOKIE, bound.getValue()))
                        .exchange(),
                401);
    }

    @Test
    void refusesAWrongPassword() {
        MvcTestResult refused = login("rita", "wrong");

        problem(refused, 401);
        assertThat(refused).headers().doesNotContainHeader("Set-Cookie");
        problem(login("nobody", "wrong"), 401);
        problem(send(http.post().uri("/api/v1/session"), "{'username': 'rita'}").exchange(), 400);
        problem(http.post().uri("/api/v1/session").content("{}").exchange(), 415);
    }

    @Test
    void saysHowToLogInWhereNobodyIs() {
        MvcTestResult nobody = http.get().uri("/api/v1/session").exchange();

        assertThat(problem(nobody, 401).path("login").path("password").asBoolean())
                .isTrue();
        assertThat(nobody).headers().hasValue("WWW-Authenticate", "Bearer realm=\"Cronlink\"");
    }

    @Test
    void saysWhoCallsWithAPassword() {
        JsonNode session = ok(http.get()
                .uri("/api/v1/session")
                .with(httpBasic("rita", PASSWORD))
                .exchange());

        assertThat(session.path("user").asString()).isEqualTo("rita");
        assertThat(session.path("csrf").isMissingNode() || session.path("csrf").isNull())
                .isTrue();
    }

    /** A browser would put its window for a password before the page. */
    @ParameterizedTest
    @CsvSource(textBlock = """
                    Sec-Fetch-Mode,   cors
                    Sec-Fetch-Mode,   same-origin
                    X-Requested-With, XMLHttpRequest
                    """)
    void asksNoScriptForBasic(String header, String value) {
        MvcTestResult refused =
                http.get().uri("/api/v1/jobs").header(header, value).exchange();

        problem(refused, 401);
        assertThat(refused).headers().hasValue("WWW-Authenticate", "Bearer realm=\"Cronlink\"");
    }

    @Test
    void wantsTheTokenOfThisSessionForWhatChangesSomething() {
        MvcTestResult login = login("olga", PASSWORD);
        MvcTestResult other = login("olga", PASSWORD);

        assertThat(problem(start(cookie(login), "X-Other", "none"), 403)
                        .path("detail")
                        .asString())
                .contains("X-CSRF-TOKEN", "/api/v1/session");
        problem(start(cookie(login), "X-CSRF-TOKEN", "none"), 403);
        problem(start(cookie(login), "X-CSRF-TOKEN", csrf(other)), 403);
        problem(http.delete().uri("/api/v1/session").cookie(cookie(login)).exchange(), 403);
        problem(start(cookie(login), "X-CSRF-TOKEN", csrf(login)), 404);
    }

    @Test
    void endsWhenItIsLeft() {
        MvcTestResult login = login("rita", PASSWORD);

        MvcTestResult left = http.delete()
                .uri("/api/v1/session")
                .cookie(cookie(login))
                .header("X-CSRF-TOKEN", csrf(login))
                .exchange();

        assertThat(left).hasStatus(204);
        assertThat(left.getResponse().getHeader("Set-Cookie")).contains(COOKIE + "=;", "Max-Age=0");
        MvcTestResult over = get("/api/v1/jobs", cookie(login));
        problem(over, 401);
        // It is not sent again for nothing.
        assertThat(over.getResponse().getHeader("Set-Cookie")).contains(COOKIE + "=;", "Max-Age=0");
        assertThat(http.delete().uri("/api/v1/session").exchange()).hasStatus(204);
    }

    @Test
    void beginsAnewWithEachLogIn() {
        Cookie planted = cookie(login("rita", PASSWORD));

        Cookie own = cookie(login("olga", PASSWORD, planted));

        assertThat(own.getValue()).isNotEqualTo(planted.getValue());
        problem(get("/api/v1/jobs", planted), 401);
        Cookie chosen = new Cookie(COOKIE, BearerSecret.create().text());
        assertThat(cookie(login("rita", PASSWORD, chosen)).getValue()).isNotEqualTo(chosen.getValue());
        problem(get("/api/v1/jobs", chosen), 401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"used_at = now() - interval '31 min'", "created_at = now() - interval '13 h'"})
    void endsByItself(String past) {
        Cookie cookie = cookie(login("rita", PASSWORD));

        assertThat(update(cookie, past)).isOne();

        problem(get("/api/v1/jobs", cookie), 401);
        // And leaves nothing.
        login("rita", PASSWORD);
        assertThat(update(cookie, past)).isZero();
    }

    @Test
    void goesOnWhileItIsUsed() {
        Cookie cookie = cookie(login("rita", PASSWORD));
        update(cookie, "used_at = now() - interval '29 min'");

        ok(get("/api/v1/jobs", cookie));

        assertThat(database.owner()
                        .sql(
                                "SELECT (used_at > now() - interval '1 min')::text FROM cron_engine.session WHERE hash = ?")
                        .param(BearerSecret.parse(cookie.getValue())
                                .orElseThrow()
                                .hash())
                        .query(String.class)
                        .single())
                .isEqualTo("true");
    }

    @Test
    void isKnownToEachReplicaWithTheSamePassword() {
        BearerSecret secret =
                BearerSecret.parse(cookie(login("rita", PASSWORD)).getValue()).orElseThrow();

        assertThat(replica(PASSWORD, Role.READER).find(secret))
                .hasValueSatisfying(caller -> assertThat(caller.getName()).isEqualTo("rita"));
        // What the user may do is what is configured now.
        assertThat(replica(PASSWORD, Role.METRICS).find(secret))
                .hasValueSatisfying(caller -> assertThat(caller.role()).isEqualTo(Role.METRICS));
        assertThat(replica("changed", Role.READER).find(secret)).isEmpty();
    }

    private Sessions replica(String password, Role role) {
        return new Sessions(
                database.owner(),
                new Users(
                        new SecurityProperties(
                                "admin", null, List.of(new SecurityProperties.User("rita", password, role))),
                        new DataFolder(Path.of("nowhere"))),
                properties);
    }

    /** Who reads the table can log in with nothing that is there. */
    @Test
    void isStoredAsAHash() {
        Cookie cookie = cookie(login("rita", PASSWORD));

        assertThat(database.owner()
                        .sql("SELECT s::text FROM cron_engine.session s")
                        .query(String.class)
                        .list())
                .isNotEmpty()
                .noneMatch(row -> row.contains(cookie.getValue()) || row.contains(PASSWORD));
        problem(get("/api/v1/jobs", new Cookie(COOKIE, "\\x00")), 401);
    }

    @Test
    void areSoManyOfAUserAndNoMore() {
        Cookie first = cookie(login("olga", PASSWORD));
        update(first, "created_at = now() - interval '1 h'");
        database.owner()
                .sql("INSERT INTO cron_engine.session (hash, username, credential)"
                        + " SELECT sha256(i::text::bytea), 'olga', '' FROM generate_series(1, 60) AS i")
                .update();

        login("olga", PASSWORD);

        assertThat(database.owner()
                        .sql("SELECT count(*) FROM cron_engine.session WHERE username = 'olga'")
                        .query(Long.class)
                        .single())
                .isEqualTo(50L);
        problem(get("/api/v1/jobs", first), 401);
    }

    /** Otherwise a cookie would stand for a password that is not tried. */
    @Test
    void givesWayToWhatTheRequestItselfSays() {
        Cookie cookie = cookie(login("olga", PASSWORD));

        problem(
                http.get()
                        .uri("/api/v1/jobs")
                        .cookie(cookie)
                        .with(httpBasic("olga", "wrong"))
                        .exchange(),
                401);
        problem(
                http.get()
                        .uri("/api/v1/jobs")
                        .cookie(cookie)
                        .header("Authorization", "Bearer x")
                        .exchange(),
                401);
    }
}
