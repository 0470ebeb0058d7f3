package io.cronlink.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.cronlink.database.TestDatabase;
import io.cronlink.rest.Wire.Answer;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Whatever a client does wrong is the client's fault, and the answer says so as a problem. */
@ServedTest
class OddRequestTests {

    private static final List<String> METHODS = List.of(
            "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "get", "X");

    private static final List<String> PATHS = List.of(
            "/",
            "/error",
            "/nowhere",
            "/actuator",
            "/actuator/health",
            "/actuator/health/liveness",
            "/actuator/health/readiness",
            "/actuator/health/nothing",
            "/actuator/info",
            "/actuator/metrics",
            "/actuator/metrics/jvm.memory.used",
            "/actuator/metrics/nothing",
            "/api/v1/jobs",
            "/api/v1/jobs/{id}",
            "/api/v1/jobs/{id}/pause",
            "/api/v1/jobs/{id}/resume",
            "/api/v1/jobs/{id}/runs",
            "/api/v1/runs",
            "/api/v1/runs/{id}",
            "/api/v1/runs/{id}/cancel",
            "/api/v1/runs/{id}/rerun",
            "/api/v1/schedules/preview",
            "/api/v1/session",
            "/api/v1/settings",
            "/api/v1/tokens",
            "/api/v1/tokens/{id}",
            "/login/oauth2/code/x",
            "/oauth2/authorization/x");

    static final List<String> QUERIES = List.of(
            "?jobname=%ff",
            "?jobname=%00",
            "?jobname=%",
            "?jobname=%zz",
            "?%ff=1",
            "?jobname=a&jobname=b",
            "?active=true&active=false",
            "?active=%ff",
            "?limit=99999999999999999999",
            "?limit=1e999",
            "?limit=-1",
            "?limit=0x10",
            "?after=-9223372036854775808",
            "?after=9223372036854775808",
            "?before=9223372036854775807",
            "?jobid=1&jobid=2",
            "?jobid=%00",
            "?status=%00",
            "?status=",
            "?username=%ed%a0%80",
            "?tag=a:b&tag=c",
            "?tag=%00",
            "?tag=nothing",
            "?x=" + "y".repeat(7000),
            "?" + "a=1&".repeat(1500),
            "?=&&&=",
            "?x=a|b",
            "?x=a\\b",
            "?x=\u00e4");

    static final List<String> SEGMENTS = List.of(
            "1;x=y",
            "%2e%2e",
            "..",
            "%00",
            "%ff",
            "%2f",
            "//",
            "%5c",
            "1%0d%0ax",
            "9223372036854775808",
            "-1",
            "1e3",
            "%zz",
            ".",
            "\u00e4",
            "x".repeat(9000));

    static final List<String> TYPES = List.of(
            "application/json",
            "application/json;charset=utf-16",
            "application/json;charset=nothing",
            "application/x-www-form-urlencoded",
            "multipart/form-data",
            "multipart/form-data; boundary=x",
            "multipart/mixed; boundary=x",
            "text/plain",
            "application/xml",
            "*/*",
            "nonsense",
            "/",
            "");

    private static final String DEEP = "[".repeat(100_000);
    private static final String LONG_NUMBER = "9".repeat(5000);

    static final List<String> BODIES = List.of(
            "",
            " ",
            "null",
            "1",
            "\"text\"",
            "[]",
            "[{}]",
            "{",
            "{}{}",
            "{}x",
            "\u00ff\u00fe",
            "{'command'}",
            "{'command': 'SELECT 1', 'command': 'SELECT 2', 'schedule': '@daily'}",
            "{'note': 'a', 'note': 'b'}",
            "{'paused': false, 'paused': true}",
            DEEP,
            "{'command': " + DEEP,
            "{'x': ".repeat(1000),
            "{'command': " + LONG_NUMBER + "}",
            "{'maxAttempts': " + LONG_NUMBER + "}",
            "{'maxAttempts': 1e1000000000}",
            "{'maxAttempts': 1.5}",
            "{'maxAttempts': -2147483649}",
            "{'priority': 2147483648, 'count': 1e10}",
            "{'nodeport': 70000, 'schedule': '@daily', 'command': 'SELECT 1'}",
            "{'timeout': 1e1000000000}",
            "{'timeout': 1e18}",
            "{'timeout': " + LONG_NUMBER + "}",
            "{'timeout': 'PT9223372036854775807S'}",
            "{'timeout': 'P106751991167300DT1H'}",
            "{'timeout': 'PT-9223372036854775808S'}",
            "{'timeout': 'P99999999999999999999D'}",
            "{'timeout': 'PT0.0000000001S'}",
            "{'timeout': 'PT0S'}",
            "{'keepRuns': 'PT9223372036854775807S'}",
            "{'workerMaxAge': 'PT2562047788015H'}",
            "{'validFrom': '+1000000000-12-31T23:59:59.999999999Z', 'schedule': '@daily', 'command': 'SELECT 1'}",
            "{'validUntil': '-1000000000-01-01T00:00:00Z', 'schedule': '@daily', 'command': 'SELECT 1'}",
            "{'validFrom': 1e300, 'schedule': '@daily', 'command': 'SELECT 1'}",
            "{'after': '+1000000000-12-31T23:59:59.999999999Z', 'schedule': '@daily'}",
            "{'after': '-1000000000-01-01T00:00:00Z', 'schedule': '@daily'}",
            "{'after': '+294276-12-31T23:59:59.999999Z', 'schedule': '@daily'}",
            "{'after': '-4713-11-24T00:00:00Z', 'schedule': '0 3 29 2 *'}",
            "{'schedule': '@daily', 'count': 2147483647}",
            "{'schedule': '@daily', 'timezone': '\\u0000'}",
            "{'schedule': '@daily', 'timezone': '+99999999999:99'}",
            "{'schedule': '@daily', 'timezone': '/etc/passwd'}",
            "{'schedule': '@daily', 'timezone': '" + "Z".repeat(100_000) + "'}",
            "{'schedule': '\\u0000', 'command': 'SELECT 1'}",
            "{'schedule': '\\ud800', 'command': 'SELECT 1'}",
            "{'schedule': '@daily', 'command': 'SELECT \\ud800'}",
            "{'schedule': '@daily', 'command': 'SELECT 1', 'jobname': '\\u0000'}",
            "{'schedule': '@daily', 'command': 'SELECT 1', 'jobname': '\\udfff'}",
            "{'schedule': '@daily', 'command': 'SELECT 1', 'jobname': '" + random(10_000) + "'}",
            "{'schedule': '@daily', 'command': 'SELECT 1', 'jobGroup': '" + random(10_000) + "'}",
            "{'schedule': '@daily', 'command': 'SELECT 1', 'username': '" + random(10_000) + "'}",
            "{'schedule': '@daily', 'command': 'SELECT 1', 'database': '" + random(10_000) + "'}",
            "{'schedule': '@daily', 'command': 'SELECT 1', 'username': 'none'}",
            "{'schedule': '@daily', 'command': 'SELECT 1', 'username': ''}",
            "{'schedule': '@daily', 'command': 'SELECT 1', 'username': 'postgres'}",
            "{'schedule': '@daily', 'command': 'SELECT 1', 'nodename': '\\u0000'}",
            "{'schedule': '" + "1,".repeat(100_000) + "1 * * * *', 'command': 'SELECT 1'}",
            "{'schedule': '" + "*".repeat(200_000) + "', 'command': 'SELECT 1'}",
            "{'schedule': '" + " ".repeat(200_000) + "', 'command': 'SELECT 1'}",
            "{'schedule': '@at 294276-12-31 23:59', 'command': 'SELECT 1'}",
            "{'schedule': '@at infinity', 'command': 'SELECT 1'}",
            "{'schedule': '@every 99999999999999999999 years', 'command': 'SELECT 1'}",
            "{'schedule': '@every 178000000 years', 'command': 'SELECT 1'}",
            "{'schedule': '99999999999999999999 seconds', 'command': 'SELECT 1'}",
            "{'schedule': '@after " + random(10_000) + "', 'command': 'SELECT 1'}",
            "{'timezone': '\\u0000'}",
            "{'timezone': ''}",
            "{'maxRunningJobs': 0, 'keepRunsPerJob': -1, 'connectTimeout': 'PT0.5S'}",
            "{'jobid': 5}",
            "{'id': false}",
            "{'note': '\\u0000'}",
            "{'note': '\\ud800'}",
            "{'command': 'SELECT 1', 'database': '\\u0000'}",
            "{'command': 'SELECT 1', 'username': 'nobody here', 'timeout': 'PT9223372036854775807S'}",
            "{'command': '', 'schedule': ''}");

    private static String random(int length) {
        return new java.util.Random(7)
                .ints(length, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @LocalServerPort
    private int port;

    @Autowired
    private TestDatabase database;

    private String jobid = "";

    /** A job that is there, or nothing would be changed and nothing could go wrong. */
    @BeforeEach
    void makeAJob() {
        jobid = database.owner()
                .sql("SELECT cron.schedule('odd', '0 3 1 1 *', 'SELECT 1')::text")
                .query(String.class)
                .single();
    }

    private Answer answer(String method, String target, String type, String body) {
        String json = body.replace('\'', '"');
        try (Wire wire = Wire.to(port)) {
            Answer answer = wire.send(method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n" + Wire.admin()
                            + "Connection: close\r\nContent-Type: " + type + "\r\nContent-Length: " + json.length()
                            + "\r\n\r\n" + json)
                    .answer(method.equals("HEAD"));
            return answer;
        }
    }

    /** Neither the service's fault nor one that is told in another form. */
    private void requireSense(SoftAssertions all, String method, String target, String type, String body) {
        String what = brief(method + " " + target + " " + type + " " + body);
        all.assertThatCode(() -> {
                    Answer answer = answer(method, target, type, body);
                    assertThat(answer.status()).as(answer.body()).isBetween(200, 499);
                    if (answer.status() >= 400 && !method.equals("HEAD")) {
                        answer.problem();
                    }
                })
                .as(what)
                .doesNotThrowAnyException();
    }

    private static String brief(String text) {
        return text.length() > 300 ? text.substring(0, 300) : text;
    }

    private Stream<String> paths() {
        return PATHS.stream().map(path -> path.replace("{id}", jobid));
    }

    @Test
    void areNoFaultOfTheService() {
        SoftAssertions all = new SoftAssertions();
        METHODS.forEach(method -> paths().forEach(path -> requireSense(all, method, path, "application/json", "{}")));
        all.assertAll();
    }

    @ParameterizedTest
    @FieldSource("QUERIES")
    void norTheirParameters(String query) {
        SoftAssertions all = new SoftAssertions();
        for (String method : List.of("GET", "POST", "PATCH")) {
            paths().forEach(path -> requireSense(all, method, path + query, "application/json", "{}"));
        }
        all.assertAll();
    }

    @ParameterizedTest
    @FieldSource("SEGMENTS")
    void norTheirPaths(String segment) {
        SoftAssertions all = new SoftAssertions();
        for (String method : List.of("GET", "POST", "PATCH", "DELETE")) {
            PATHS.forEach(path -> requireSense(all, method, path.replace("{id}", segment), "application/json", "{}"));
            requireSense(all, method, "/" + segment, "application/json", "{}");
            requireSense(all, method, "/error/" + segment, "application/json", "{}");
        }
        all.assertAll();
    }

    @ParameterizedTest
    @FieldSource("TYPES")
    void norTheirTypes(String type) {
        SoftAssertions all = new SoftAssertions();
        for (String method : List.of("GET", "POST", "PUT", "PATCH", "DELETE")) {
            paths().forEach(path -> {
                requireSense(all, method, path, type, "{}");
                requireSense(all, method, path, type, "a=%ff&b=%zz");
            });
        }
        all.assertAll();
    }

    @ParameterizedTest
    @FieldSource("BODIES")
    void norTheirBodies(String body) {
        SoftAssertions all = new SoftAssertions();
        for (String path : List.of(
                "/api/v1/jobs",
                "/api/v1/jobs/" + jobid + "/runs",
                "/api/v1/runs",
                "/api/v1/runs/1/cancel",
                "/api/v1/schedules/preview",
                "/api/v1/session",
                "/api/v1/tokens")) {
            requireSense(all, "POST", path, "application/json", body);
        }
        requireSense(all, "PATCH", "/api/v1/jobs/" + jobid, "application/json", body);
        requireSense(all, "PATCH", "/api/v1/settings", "application/json", body);
        requireSense(all, "GET", "/api/v1/jobs", "application/json", "");
        requireSense(all, "GET", "/api/v1/settings", "application/json", "");
        all.assertAll();
    }
}
