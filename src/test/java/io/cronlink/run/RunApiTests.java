package io.cronlink.run;

import static io.cronlink.Json.ok;
import static io.cronlink.Json.problem;
import static io.cronlink.Json.send;
import static io.cronlink.TestUsers.ADMIN;
import static io.cronlink.TestUsers.OPERATOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cronlink.CronlinkTest;
import io.cronlink.Json;
import io.cronlink.database.TestDatabase;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Tag("engine")
@CronlinkTest
class RunApiTests {

    @Autowired
    private MockMvcTester http;

    @Autowired
    private TestDatabase database;

    private long job(String command) {
        return database.owner()
                .sql("INSERT INTO cron.job (schedule, command, active) VALUES ('0 3 * * *', ?, false) RETURNING jobid")
                .param(command)
                .query(Long.class)
                .single();
    }

    private MvcTestResult get(String path) {
        return http.get().uri("/api/v1/runs" + path).with(ADMIN).exchange();
    }

    private MvcTestResult post(String path) {
        return http.post().uri("/api/v1" + path).with(ADMIN).exchange();
    }

    private long started(long jobid) {
        MvcTestResult result = post("/jobs/" + jobid + "/runs");
        assertThat(result).hasStatus(201);
        return Json.of(result).path("runid").asLong();
    }

    private JsonNode awaited(long runid, String status) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> ok(get("/" + runid)).path("status").asString().equals(status));
        return ok(get("/" + runid));
    }

    @Test
    void runsAJobNow() {
        long jobid = job("SELECT 'Hello ' || 42");

        MvcTestResult started = send(
                        http.post()
                                .uri("/api/v1/jobs/" + jobid + "/runs")
                                .header("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
                                .with(ADMIN),
                        "{'note': 'to see it'}")
                .exchange();
        long runid = Json.of(started).path("runid").asLong();
        JsonNode run = awaited(runid, "succeeded");

        assertThat(started).hasStatus(201).hasHeader("Location", "/api/v1/runs/" + runid);
        assertThat(run.path("jobid").asLong()).isEqualTo(jobid);
        assertThat(run.path("trigger").asString()).isEqualTo("manual");
        assertThat(run.path("note").asString())
                .endsWith("admin over REST (trace 4bf92f3577b34da6a3ce929d0e0e4736): to see it");
        assertThat(run.path("returnMessage").asString()).isEqualTo("1 row");
        assertThat(run.path("result").asString()).isEqualTo("Hello 42");
        assertThat(run.path("jobPid").asInt()).isPositive();
        assertThat(run.path("endTime").asString()).endsWith("Z");
    }

    @Test
    void tellsWhyARunFailed() {
        JsonNode run = awaited(started(job("SELECT 1 / 0")), "failed");

        assertThat(run.path("sqlstate").asString()).isEqualTo("22012");
        assertThat(run.path("returnMessage").asString()).contains("division by zero");
    }

    @Test
    void filtersByJobAndStatus() {
        long good = job("SELECT 1");
        long bad = job("SELECT 1 / 0");
        long succeeded = started(good);
        long failed = started(bad);
        awaited(succeeded, "succeeded");
        awaited(failed, "failed");

        assertThat(ids("?jobid=" + good)).containsExactly(succeeded);
        assertThat(ids("?jobid=" + good + "&status=succeeded")).containsExactly(succeeded);
        assertThat(ids("?jobid=" + good + "&status=failed")).isEmpty();
        assertThat(ids("?jobid=" + bad + "&status=failed")).containsExactly(failed);
        assertThat(ids("?status=failed")).contains(failed).doesNotContain(succeeded);
        assertThat(ids("?jobid=" + good + "&status=queued")).isEmpty();
    }

    @Test
    void listsTheLatestFirstInPages() {
        long jobid = job("SELECT 1");
        long first = started(jobid);
        long second = started(jobid);
        awaited(second, "succeeded");

        JsonNode page = ok(get("?limit=1&jobid=" + jobid));
        assertThat(page.path("runs").path(0).path("runid").asLong()).isEqualTo(second);
        assertThat(ids("?limit=1&jobid=" + jobid + "&before="
                        + page.path("next").asLong()))
                .containsExactly(first);
        assertThat(ok(get("?jobid=" + jobid)).path("next").isNull()).isTrue();
    }

    @Test
    void cancelsARun() {
        long runid = started(job("SELECT pg_sleep(60)"));
        awaited(runid, "running");
        assertThat(ids("?status=running")).contains(runid);

        assertThat(post("/runs/" + runid + "/cancel")).hasStatus(202);

        JsonNode run = awaited(runid, "failed");
        assertThat(run.path("sqlstate").asString()).isEqualTo("57014");
        assertThat(run.path("note").asString()).endsWith("canceled by " + database.ownerName() + ": admin over REST");
        problem(post("/runs/" + runid + "/cancel"), 409);
    }

    @Test
    void notesWhoCancelsAndWhy() {
        long runid = started(job("SELECT pg_sleep(60)"));
        awaited(runid, "running");

        assertThat(send(http.post().uri("/api/v1/runs/" + runid + "/cancel").with(OPERATOR), "{'note': 'too long'}")
                        .exchange())
                .hasStatus(202);

        assertThat(awaited(runid, "failed").path("note").asString()).endsWith(": olga over REST: too long");
    }

    @Test
    void knowsWhatDoesNotExist() {
        problem(get("/999999"), 404);
        problem(post("/runs/999999/cancel"), 404);
        problem(post("/jobs/999999/runs"), 404);
        problem(get("?status=unknown"), 400);
    }

    private Stream<Long> ids(String query) {
        return ok(get(query)).path("runs").valueStream().map(run -> run.path("runid")
                .asLong());
    }

    @Test
    void runsACommandOnceWithoutAJob() {
        MvcTestResult started = send(
                        http.post().uri("/api/v1/runs").with(ADMIN),
                        "{'command': 'SELECT 6 * 7', 'timeout': 'PT1M', 'note': 'why'}")
                .exchange();
        JsonNode run = awaited(Json.of(started).path("runid").asLong(), "succeeded");

        assertThat(started).hasStatus(201);
        assertThat(run.path("jobid").isNull()).isTrue();
        assertThat(run.path("result").asString()).isEqualTo("42");
        assertThat(run.path("note").asString()).endsWith("admin over REST: why");
    }

    @Test
    void refusesACommandThatIsMissing() {
        MvcTestResult refused = send(http.post().uri("/api/v1/runs").with(ADMIN), "{'note': 'no command'}")
                .exchange();

        assertThat(problem(refused, 400).path("errors").path(0).path("field").asString())
                .isEqualTo("command");
    }

    @Test
    void refusesWhatIsTooLong() {
        MvcTestResult command = send(
                        http.post().uri("/api/v1/runs").with(ADMIN),
                        "{'command': 'SELECT 1 --%s'}".formatted("x".repeat(1_048_576)))
                .exchange();
        MvcTestResult note = send(
                        http.post().uri("/api/v1/runs").with(ADMIN),
                        "{'command': 'SELECT 1', 'note': '%s'}".formatted("x".repeat(1000)))
                .exchange();

        assertThat(problem(command, 400).path("errors").path(0).path("field").asString())
                .isEqualTo("command");
        assertThat(problem(note, 400).path("errors").path(0).path("field").asString())
                .isEqualTo("note");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "-PT5S", "PT864001H", "PT9999999H"})
    void refusesATimeoutOutOfBounds(String timeout) {
        MvcTestResult refused = send(
                        http.post().uri("/api/v1/runs").with(ADMIN),
                        "{'command': 'SELECT 1', 'timeout': '" + timeout + "'}")
                .exchange();

        assertThat(problem(refused, 400).path("errors").path(0).path("field").asString())
                .isEqualTo("timeout");
    }

    @Test
    void warnsOfARoleThatCannotLogInYet() {
        String body = JsonMapper.shared()
                .writeValueAsString(Map.of("command", "SELECT 1", "username", database.createUser("not_yet")));

        MvcTestResult started = http.post()
                .uri("/api/v1/runs")
                .with(ADMIN)
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();

        assertThat(started).hasStatus(201);
        assertThat(Json.of(started).path("warnings").path(0).path("message").asString())
                .startsWith("no login is registered for role");
    }

    @Test
    void runsAPastRunAgain() {
        long past = started(job("SELECT 'again'"));
        awaited(past, "succeeded");

        MvcTestResult started = post("/runs/" + past + "/rerun");
        JsonNode run = awaited(Json.of(started).path("runid").asLong(), "succeeded");

        assertThat(started).hasStatus(201);
        assertThat(run.path("originRunid").asLong()).isEqualTo(past);
        assertThat(run.path("result").asString()).isEqualTo("again");
        assertThat(post("/runs/999999999/rerun")).hasStatus(404);
    }
}
