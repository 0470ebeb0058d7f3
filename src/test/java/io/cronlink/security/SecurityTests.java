package io.cronlink.security;

import static io.cronlink.Json.problem;
import static io.cronlink.TestUsers.ADMIN;
import static io.cronlink.TestUsers.OPERATOR;
import static io.cronlink.TestUsers.PASSWORD;
import static io.cronlink.TestUsers.READER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;

import io.cronlink.CronlinkTest;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.test.web.servlet.request.RequestPostProcessor;

@CronlinkTest
class SecurityTests {

    private static final Map<String, RequestPostProcessor> USERS =
            Map.of("reader", READER, "operator", OPERATOR, "admin", ADMIN);

    @Autowired
    private MockMvcTester http;

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/health/liveness", "/actuator/health/readiness"})
    void letsASupervisorAsk(String path) {
        assertThat(http.get().uri(path).exchange()).hasStatusOk();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/jobs",
                "/api/v1/runs",
                "/api/v1/settings",
                "/actuator",
                "/actuator/health",
                "/actuator/metrics",
                "/actuator/env",
                "/nowhere",
                "/error"
            })
    void letsNobodyElseIn(String path) {
        MvcTestResult result = http.get().uri(path).exchange();

        problem(result, 401);
        assertThat(result).headers().hasValue("WWW-Authenticate", "Basic realm=\"Cronlink\", charset=\"UTF-8\"");
    }

    @Test
    void refusesAWrongPassword() {
        problem(http.get().uri("/api/v1/jobs").with(httpBasic("admin", "wrong")).exchange(), 401);
        problem(
                http.get()
                        .uri("/api/v1/jobs")
                        .with(httpBasic("nobody", PASSWORD))
                        .exchange(),
                401);
    }

    @Test
    void refusesAnAddressThatGuesses() {
        RequestPostProcessor guesser = request -> {
            request.setRemoteAddr("192.0.2.7");
            return httpBasic("admin", "wrong").postProcessRequest(request);
        };
        for (int i = 0; i < 10; i++) {
            problem(http.get().uri("/api/v1/jobs").with(guesser).exchange(), 401);
        }

        MvcTestResult refused = http.get().uri("/api/v1/jobs").with(guesser).exchange();

        problem(refused, 429);
        assertThat(refused).headers().containsHeader("Retry-After");
        assertThat(http.get().uri("/api/v1/jobs").with(ADMIN).exchange()).hasStatusOk();
    }

    @ParameterizedTest(name = "{0} {1} {2}: {3}")
    @CsvSource(textBlock = """
                    reader,   GET,    /api/v1/jobs,              200
                    reader,   GET,    /api/v1/runs,              200
                    reader,   GET,    /api/v1/settings,          200
                    reader,   GET,    /actuator/metrics,         200
                    reader,   POST,   /api/v1/schedules/preview, 400
                    reader,   POST,   /api/v1/jobs,              403
                    reader,   PATCH,  /api/v1/jobs/999999,       403
                    reader,   DELETE, /api/v1/jobs/999999,       403
                    reader,   POST,   /api/v1/jobs/999999/runs,  403
                    reader,   POST,   /api/v1/runs/999999/cancel, 403
                    reader,   POST,   /api/v1/jobs/999999/pause, 403
                    reader,   POST,   /api/v1/jobs/999999/resume, 403
                    reader,   PATCH,  /api/v1/settings,          403
                    operator, GET,    /api/v1/jobs,              200
                    operator, POST,   /api/v1/jobs/999999/runs,  404
                    operator, POST,   /api/v1/runs/999999/cancel, 404
                    operator, POST,   /api/v1/runs/999999/rerun, 404
                    operator, POST,   /api/v1/jobs/999999/pause, 404
                    operator, POST,   /api/v1/jobs/999999/resume, 404
                    operator, POST,   /api/v1/jobs,              403
                    operator, PATCH,  /api/v1/jobs/999999,       403
                    operator, DELETE, /api/v1/jobs/999999,       403
                    operator, PATCH,  /api/v1/settings,          403
                    admin,    GET,    /api/v1/jobs,              200
                    admin,    POST,   /api/v1/jobs/999999/runs,  404
                    admin,    PATCH,  /api/v1/jobs/999999,       404
                    admin,    DELETE, /api/v1/jobs/999999,       404
                    admin,    PATCH,  /api/v1/settings,          200
                    """)
    void letsEachRoleDoItsPart(String role, String method, String path, int status) {
        MvcTestResult result = http.method(HttpMethod.valueOf(method))
                .uri(path)
                .with(Objects.requireNonNull(USERS.get(role)))
                .contentType(MediaType.APPLICATION_JSON)
                .content("{}")
                .exchange();

        assertThat(result).hasStatus(status);
        if (status >= 400) {
            problem(result, status);
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    Sec-Fetch-Site, cross-site
                    Sec-Fetch-Site, same-site
                    Origin,         https://evil.example
                    Origin,         null
                    """)
    void refusesWhatAnotherSiteMakesABrowserSend(String header, String value) {
        problem(
                http.post()
                        .uri("/api/v1/jobs/999999/runs")
                        .with(ADMIN)
                        .header("Host", "localhost")
                        .header(header, value)
                        .exchange(),
                403);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    Sec-Fetch-Site, same-origin
                    Origin,         http://localhost
                    """)
    void servesItsOwnPages(String header, String value) {
        problem(
                http.post()
                        .uri("/api/v1/jobs/999999/runs")
                        .with(ADMIN)
                        .header("Host", "localhost")
                        .header(header, value)
                        .exchange(),
                404);
    }

    @Test
    void tellsBrowsersToBeCareful() {
        assertThat(http.get().uri("/api/v1/jobs").with(READER).exchange())
                .headers()
                .hasValue("X-Content-Type-Options", "nosniff")
                .hasValue("X-Frame-Options", "DENY")
                .hasValue("Referrer-Policy", "same-origin")
                .hasValue("Cross-Origin-Opener-Policy", "same-origin")
                .hasValue("Cross-Origin-Resource-Policy", "same-origin")
                .hasValue("Cache-Control", "no-cache, no-store, max-age=0, must-revalidate")
                .hasValue(
                        "Content-Security-Policy",
                        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
                .containsHeader("Permissions-Policy")
                .doesNotContainHeader("Strict-Transport-Security");
        assertThat(http.get().uri("/api/v1/jobs").secure(true).with(READER).exchange())
                .headers()
                .hasValue("Strict-Transport-Security", "max-age=31536000");
        assertThat(http.get().uri("/").exchange().getResponse().getHeader("Content-Security-Policy"))
                .startsWith("default-src 'none'; script-src 'self'")
                .contains("base-uri 'none'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
    }

    @Test
    void makesNoSession() {
        assertThat(http.get().uri("/api/v1/jobs").with(READER).exchange())
                .headers()
                .doesNotContainHeader("Set-Cookie");
    }
}
