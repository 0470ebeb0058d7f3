package io.cronlink.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.cronlink.database.TestDatabaseConfiguration;
import io.cronlink.startup.CannotStart;
import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerProperties;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The users of an issuer, which is away while the service starts. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "cronlink.data=target/test-data",
            "cronlink.security.password=a password",
            "cronlink.daemon.enabled=false",
            "cronlink.security.login.max-failures=100",
            "cronlink.security.oidc.roles-claim=realm_access.roles",
            "cronlink.security.oidc.roles.admin=admins",
            "cronlink.security.oidc.roles.reader=lookers",
            "spring.security.oauth2.resourceserver.jwt.audiences=cronlink-api",
            "spring.security.oauth2.client.registration.test.client-id=" + Issuer.CLIENT,
            "spring.security.oauth2.client.registration.test.client-secret=" + Issuer.SECRET,
            "spring.security.oauth2.client.registration.test.scope=openid,profile",
        })
@Import(TestDatabaseConfiguration.class)
@TestInstance(Lifecycle.PER_CLASS)
@ExtendWith(OutputCaptureExtension.class)
class OidcTests {

    private static final Issuer ISSUER = new Issuer();
    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

    private final HttpClient http = HttpClient.newHttpClient();

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void issuer(DynamicPropertyRegistry properties) {
        properties.add("spring.security.oauth2.resourceserver.jwt.issuer-uri", ISSUER::url);
        properties.add("spring.security.oauth2.client.provider.test.issuer-uri", ISSUER::url);
    }

    @BeforeAll
    void isAwayAndThenThere() throws Exception {
        String early = ISSUER.token(claims -> {});
        requireProblem(bearer(early), 503, "The issuer of tokens does not answer.");
        requireProblem(get(http, "/oauth2/authorization/test"), 503, "The issuer of tokens does not answer.");
        assertThat(get(http, "/actuator/health/liveness").statusCode()).isEqualTo(200);

        ISSUER.start(url(""));

        assertThat(bearer(early).statusCode()).isEqualTo(200);
    }

    @AfterAll
    static void end() {
        ISSUER.close();
    }

    private String url(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    private HttpResponse<String> get(HttpClient client, String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create(url(path))).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> bearer(String token) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(url("/api/v1/jobs")))
                        .header("Authorization", "Bearer " + token)
                        .build(),
                BodyHandlers.ofString());
    }

    private JsonNode session(String token) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create(url("/api/v1/session")))
                        .header("Authorization", "Bearer " + token)
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body());
    }

    private static void requireProblem(HttpResponse<String> answer, int status, String detail) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(JsonMapper.shared().readTree(answer.body()).path("detail").asString())
                .contains(detail);
    }

    /** As a browser does it: to the issuer, through its form, and back. */
    private static HttpResponse<String> logIn(HttpClient browser, HttpResponse<String> form, String user)
            throws IOException, InterruptedException {
        Matcher csrf = CSRF.matcher(form.body());
        assertThat(csrf.find()).as(form.body()).isTrue();
        return browser.send(
                HttpRequest.newBuilder(form.uri())
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString("username=" + user + "&password="
                                + URLEncoder.encode(Issuer.PASSWORD, StandardCharsets.UTF_8) + "&_csrf="
                                + csrf.group(1)))
                        .build(),
                BodyHandlers.ofString());
    }

    private static HttpClient browser(CookieManager cookies, Redirect redirect) {
        cookies.setCookiePolicy(CookiePolicy.ACCEPT_ALL);
        return HttpClient.newBuilder()
                .cookieHandler(cookies)
                .followRedirects(redirect)
                .build();
    }

    private static List<String> names(CookieManager cookies) {
        return cookies.getCookieStore().getCookies().stream()
                .map(HttpCookie::getName)
                .toList();
    }

    @Test
    void logInWithABrowser() throws Exception {
        CookieManager cookies = new CookieManager();
        HttpClient browser = browser(cookies, Redirect.ALWAYS);

        HttpResponse<String> end = logIn(browser, get(browser, "/oauth2/authorization/test"), "alice");

        assertThat(end.uri()).isEqualTo(URI.create(url("/")));
        assertThat(names(cookies)).contains("cronlink-session").doesNotContain("cronlink-login");
        HttpResponse<String> session = get(browser, "/api/v1/session");
        assertThat(session.statusCode()).isEqualTo(200);
        JsonNode view = JsonMapper.shared().readTree(session.body());
        assertThat(view.path("user").asString()).isEqualTo("oidc:alice");
        assertThat(view.path("role").asString()).isEqualTo("admin");
        HttpResponse<String> left = browser.send(
                HttpRequest.newBuilder(URI.create(url("/api/v1/session")))
                        .header("X-CSRF-TOKEN", view.path("csrf").path("token").asString())
                        .DELETE()
                        .build(),
                BodyHandlers.ofString());
        assertThat(left.statusCode()).isEqualTo(204);
        assertThat(get(browser, "/api/v1/session").statusCode()).isEqualTo(401);
    }

    @Test
    void mayDoNothingWithoutARole() throws Exception {
        CookieManager cookies = new CookieManager();
        HttpClient browser = browser(cookies, Redirect.ALWAYS);

        HttpResponse<String> end = logIn(browser, get(browser, "/oauth2/authorization/test"), "mallory");

        requireProblem(end, 403, "oidc:admin has no role here.");
        assertThat(names(cookies)).doesNotContain("cronlink-session");
    }

    @Test
    void areOfferedToWhoIsNotLoggedIn() throws Exception {
        HttpResponse<String> nobody = get(http, "/api/v1/session");

        assertThat(nobody.statusCode()).isEqualTo(401);
        assertThat(JsonMapper.shared()
                        .readTree(nobody.body())
                        .path("login")
                        .path("oidc")
                        .toString())
                .isEqualTo("[{\"name\":\"test\",\"url\":\"/oauth2/authorization/test\"}]");
        requireProblem(get(http, "/oauth2/authorization/other"), 401, "Begin it again");
    }

    /** Whoever makes a browser come back with a code of his own would have it work in his name. */
    @Test
    void comeBackToWhereTheyBegan(CapturedOutput log) throws Exception {
        CookieManager victim = new CookieManager();
        HttpClient attacker = browser(new CookieManager(), Redirect.NEVER);
        HttpResponse<String> begun = get(attacker, "/oauth2/authorization/test");
        assertThat(begun.statusCode()).isEqualTo(302);
        String location = begun.headers().firstValue("Location").orElseThrow();
        assertThat(location).startsWith(ISSUER.url()).contains("code_challenge_method=S256", "nonce=", "state=");
        assertThat(begun.headers().firstValue("Set-Cookie").orElseThrow())
                .matches("cronlink-login=[\\w-]+; Path=/; Max-Age=600;.* HttpOnly; SameSite=Lax");
        Matcher state = Pattern.compile("state=([^&]+)").matcher(location);
        assertThat(state.find()).isTrue();

        HttpClient browser = browser(victim, Redirect.NEVER);
        requireProblem(
                get(browser, "/login/oauth2/code/test?code=stolen&state=" + state.group(1)), 401, "Begin it again");
        get(browser, "/oauth2/authorization/test");
        requireProblem(
                get(browser, "/login/oauth2/code/test?code=stolen&state=" + state.group(1)), 401, "Begin it again");
        requireProblem(get(attacker, "/login/oauth2/code/test?code=x%0aERROR&state=" + state.group(1)), 401, "again");
        requireProblem(
                get(browser, "/login/oauth2/code/test?error=x%0a2027%20ERROR&error_description=%0aERROR&state=x"),
                401,
                "again");

        assertThat(names(victim)).doesNotContain("cronlink-session");
        assertThat(log.getOut().lines()).noneMatch(line -> line.startsWith("ERROR") || line.startsWith("2027 ERROR"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "e30", "bnVsbA", "W10", "eyJyZWdpc3RyYXRpb24iOiIifQ", "%00", "rO0ABXNyAA"})
    void bringNothingThatTheServiceDidNotMake(String cookie) throws Exception {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create(url("/login/oauth2/code/test?code=x&state=x")))
                        .header("Cookie", "cronlink-login=" + cookie)
                        .build(),
                BodyHandlers.ofString());

        requireProblem(answer, 401, "Begin it again");
    }

    @Test
    void areLetInWithATokenOfTheIssuer() throws Exception {
        JsonNode alice = session(ISSUER.token(claims -> {}));
        assertThat(alice.path("user").asString()).isEqualTo("oidc:alice");
        assertThat(alice.path("role").asString()).isEqualTo("admin");

        HttpResponse<String> issued = http.send(
                HttpRequest.newBuilder(URI.create(ISSUER.url() + "/oauth2/token"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header(
                                "Authorization",
                                "Basic "
                                        + Base64.getEncoder()
                                                .encodeToString((Issuer.CLIENT + ":"
                                                                + URLEncoder.encode(
                                                                        Issuer.SECRET, StandardCharsets.UTF_8))
                                                        .getBytes(StandardCharsets.UTF_8)))
                        .POST(BodyPublishers.ofString("grant_type=client_credentials"))
                        .build(),
                BodyHandlers.ofString());
        assertThat(issued.statusCode()).as(issued.body()).isEqualTo(200);
        JsonNode program = session(
                JsonMapper.shared().readTree(issued.body()).path("access_token").asString());
        assertThat(program.path("user").asString()).isEqualTo("oidc:cronlink");
        assertThat(program.path("role").asString()).isEqualTo("reader");
    }

    @Test
    void areRefusedWithATokenWithoutARole() throws Exception {
        assertThat(bearer(ISSUER.token(claims -> claims.claim("realm_access", Map.of())))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void areRefusedWithATokenThatIsNotForThisService() throws Exception {
        Consumer<JwtClaimsSet.Builder> nothing = claims -> {};
        for (String token : List.of(
                ISSUER.token(claims -> claims.audience(List.of("another-api"))),
                ISSUER.token(claims -> claims.claims(all -> all.remove("aud"))),
                ISSUER.token(claims -> claims.issuer("https://issuer.example")),
                ISSUER.token(claims -> claims.issuedAt(Instant.now().minusSeconds(900))
                        .expiresAt(Instant.now().minusSeconds(300))),
                ISSUER.token(claims -> claims.claim("preferred_username", "a\nb")),
                ISSUER.forgedToken(nothing),
                unsigned(ISSUER.token(nothing)),
                ISSUER.token(nothing) + "x",
                "x.y.z",
                "!")) {
            HttpResponse<String> refused = bearer(token);

            requireProblem(refused, 401, "The token is not valid.");
            assertThat(refused.headers().firstValue("WWW-Authenticate").orElseThrow())
                    .startsWith("Bearer ");
        }
    }

    /** Or a token that its user gave to any other service would do. */
    @Test
    void areNotServedUntilItIsSaidForWhomTheirTokensMustBe() {
        assertThatExceptionOfType(CannotStart.class)
                .isThrownBy(() -> new IssuedTokens(
                        token -> {
                            throw new AssertionError(token);
                        },
                        new OAuth2ResourceServerProperties(),
                        new OidcUsers(new OidcProperties(
                                "sub", "roles", new OidcProperties.Values(List.of(), List.of(), List.of(), List.of()))),
                        new IssuerNews()))
                .satisfies(refused -> assertThat(refused.remedy()).contains("jwt.audiences"));
    }

    private static String unsigned(String token) {
        return Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8))
                + token.substring(token.indexOf('.'), token.lastIndexOf('.') + 1);
    }
}
