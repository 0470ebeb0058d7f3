package io.cronlink.job;

import static io.cronlink.Json.ok;
import static io.cronlink.Json.problem;
import static io.cronlink.Json.send;
import static io.cronlink.TestUsers.ADMIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.cronlink.CronlinkTest;
import io.cronlink.Json;
import io.cronlink.database.TestDatabase;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every attribute of a job goes out over REST as it came in. */
@CronlinkTest
class JobAttributesApiTests {

    private static final String SECOND = """
            'timezone': 'Asia/Tokyo', 'description': 'täglich', 'validFrom': '2021-02-03T04:05:06.000007Z', 'validUntil': '2090-01-01T00:00:00Z',
            'jitter': 'PT1M', 'timeout': 'PT1H0.25S', 'maxAttempts': 4, 'retryDelay': 'PT0S', 'overlap': 'allow', 'catchUp': 'skip',
            'startDeadline': 'PT48H', 'maxFailures': 9, 'priority': -3, 'transactional': false, 'jobGroup': 'a b', 'logLevel': 'failures'""";

    @Autowired
    private MockMvcTester http;

    @Autowired
    private TestDatabase database;

    private long created(String attributes) {
        MvcTestResult result = send(
                        http.post().uri("/api/v1/jobs").with(ADMIN),
                        "{'schedule': '0 3 * * *', 'command': 'SELECT 1'" + attributes + "}")
                .exchange();
        assertThat(result).hasStatus(201);
        return Json.of(result).path("jobid").asLong();
    }

    private MvcTestResult patch(long jobid, String body) {
        return send(http.patch().uri("/api/v1/jobs/" + jobid).with(ADMIN), body).exchange();
    }

    private JsonNode read(long jobid) {
        return ok(http.get().uri("/api/v1/jobs/" + jobid).with(ADMIN).exchange());
    }

    private static Map<String, JsonNode> attributes(JsonNode job) {
        Map<String, JsonNode> attributes = new HashMap<>();
        job.properties().forEach(property -> attributes.put(property.getKey(), property.getValue()));
        attributes.keySet().removeIf(name -> !SECOND.contains("'" + name + "':"));
        return attributes;
    }

    private static Map<String, JsonNode> given(String attributes) {
        return attributes(JsonMapper.shared().readTree(("{" + attributes + "}").replace('\'', '"')));
    }

    @Test
    void ofANewJobAreKept() {
        long jobid = created(", " + SECOND);

        assertThat(attributes(read(jobid))).hasSize(16).isEqualTo(given(SECOND));
    }

    @Test
    void areChanged() {
        long jobid = created("");

        assertThat(attributes(ok(patch(jobid, "{" + SECOND + "}")))).isEqualTo(given(SECOND));
        assertThat(attributes(read(jobid))).isEqualTo(given(SECOND));
    }

    @Test
    void areResetByNull() {
        long plain = created("");
        long jobid = created(", " + SECOND);

        ok(patch(jobid, "{" + SECOND.replaceAll("(?s)('\\w+'): (?:'[^']*'|[-\\w]+)", "$1: null") + "}"));

        assertThat(attributes(read(jobid))).isEqualTo(attributes(read(plain)));
        assertThat(read(jobid).path("nextFire")).isEqualTo(read(plain).path("nextFire"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"schedule", "active", "command", "nodename", "nodeport", "database", "username"})
    void thatAJobMustHaveAreNotReset(String field) {
        long jobid = created("");

        JsonNode problem = problem(patch(jobid, "{'" + field + "': null}"), 400);

        assertThat(problem.path("errors").path(0).path("field").asString()).isEqualTo(field);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'timezone': 'FOO+5'       | timezone
            'jitter': 'PT25H'         | jitter
            'jitter': '-PT1S'         | jitter
            'timeout': 'PT0S'         | timeout
            'maxAttempts': 101        | maxAttempts
            'retryDelay': '-PT1S'     | retryDelay
            'overlap': ''             | overlap
            'catchUp': 'twice'        | catchUp
            'startDeadline': 'PT0S'   | startDeadline
            'maxFailures': 0          | maxFailures
            'maxFailures': 1000001    | maxFailures
            'timeout': 'PT864001H'    | timeout
            'timeout': 'PT2562047788015215H' | timeout
            'retryDelay': '-PT2562047788015215H' | retryDelay
            'priority': 1000001       | priority
            'priority': 1.5           | priority
            'priority': 4000000000    | priority
            'transactional': 'maybe'  | transactional
            'jobGroup': ''            | jobGroup
            'logLevel': 'some'        | logLevel
            'validUntil': '1 January' | validUntil
            """)
    void areCheckedOnChange(String change, String field) {
        long jobid = created("");

        JsonNode problem = problem(patch(jobid, "{" + change + "}"), 400);

        assertThat(problem.path("errors").path(0).path("field").asString()).isEqualTo(field);
    }

    @Test
    void aPeriodThatEndsBeforeItBeginsIsRefused() {
        long jobid = created(", 'validUntil': '2030-01-01T00:00:00Z'");

        JsonNode problem = problem(patch(jobid, "{'validFrom': '2030-01-01T00:00:00Z'}"), 400);

        assertThat(problem.path("errors").path(0).path("field").asString()).isEqualTo("validUntil");
        assertThat(problem.path("detail").asString()).isEqualTo("validUntil must be later than validFrom");
    }

    @Test
    void moveTheNextRun() {
        long jobid = created("");

        assertThat(ok(patch(jobid, "{'timezone': 'Asia/Tokyo'}"))
                        .path("nextFire")
                        .asString())
                .endsWith("T18:00:00Z");
        assertThat(ok(patch(jobid, "{'validFrom': '2080-01-01T00:00:00Z'}"))
                        .path("nextFire")
                        .asString())
                .isEqualTo("2080-01-01T18:00:00Z");
        assertThat(ok(patch(jobid, "{'active': false}")).path("nextFire").isNull())
                .isTrue();
    }

    @Test
    void aChainIsMadeAndACircleRefused() {
        created(", 'jobname': 'api first'");
        long second = created(", 'jobname': 'api second'");
        assertThat(ok(patch(second, "{'schedule': '@after api first'}"))
                        .path("nextFire")
                        .isNull())
                .isTrue();

        JsonNode problem = problem(
                patch(
                        database.owner()
                                .sql("SELECT jobid FROM cron.job WHERE jobname = 'api first'")
                                .query(Long.class)
                                .single(),
                        "{'schedule': '@after api second'}"),
                400);

        assertThat(problem.path("errors").path(0).path("field").asString()).isEqualTo("schedule");
        assertThat(problem.path("errors").path(0).path("hint").asString()).contains("circle");
    }
}
