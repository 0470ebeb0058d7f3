package io.cronlink.job;

import static io.cronlink.Json.ok;
import static io.cronlink.Json.problem;
import static io.cronlink.Json.send;
import static org.assertj.core.api.Assertions.assertThat;

import io.cronlink.Api;
import io.cronlink.CronlinkTest;
import io.cronlink.Json;
import io.cronlink.database.TestDatabase;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;

/** Jobs are made by name, copied, and changed by whoever has seen their latest version. */
@CronlinkTest
class JobChangeTests {

    @Autowired
    private MockMvcTester http;

    @Autowired
    private TestDatabase database;

    private Api api;

    JobChangeTests() {
        // Made anew for each test.
    }

    @BeforeEach
    void connect() {
        api = new Api(http);
    }

    private static String tag(MvcTestResult result) {
        return Objects.requireNonNull(result.getResponse().getHeader("ETag"));
    }

    private MvcTestResult change(HttpMethod method, String path, String ifMatch, String body) {
        return send(api.request(method, path).header("If-Match", ifMatch), body).exchange();
    }

    @Test
    void schedulesByName() {
        MvcTestResult made =
                api.put("/jobs/by-name/by name", "{'schedule': '0 3 * * *', 'command': 'SELECT 1', 'timeout': 'PT5M'}");
        long jobid = Json.of(made).path("jobid").asLong();
        assertThat(made).hasStatus(201).hasHeader("Location", "/api/v1/jobs/" + jobid);

        JsonNode changed = ok(api.put("/jobs/by-name/by name", "{'schedule': '0 4 * * *', 'command': 'SELECT 2'}"));
        assertThat(changed.path("jobid").asLong()).isEqualTo(jobid);
        assertThat(changed.path("schedule").asString()).isEqualTo("0 4 * * *");
        assertThat(changed.path("timeout").asString()).isEqualTo("PT5M");
        assertThat(api.read("/jobs/by-name/by name").path("jobid").asLong()).isEqualTo(jobid);

        problem(api.put("/jobs/by-name/by name", "{'schedule': '0 4 * * *'}"), 400);
        problem(api.put("/jobs/by-name/by name", "{'jobname': 'x', 'schedule': '@daily', 'command': 'SELECT 1'}"), 400);
        problem(api.get("/jobs/by-name/by name?username=nobody_here"), 404);
    }

    @Test
    void keepsWhetherAJobOfThatNameIsActive() {
        api.job("{'jobname': 'kept', 'schedule': '@daily', 'command': 'SELECT 1', 'active': false}");

        JsonNode again = ok(api.put("/jobs/by-name/kept", "{'schedule': '@hourly', 'command': 'SELECT 1'}"));
        assertThat(again.path("active").asBoolean()).isFalse();
        JsonNode activated =
                ok(api.put("/jobs/by-name/kept", "{'schedule': '@hourly', 'command': 'SELECT 1', 'active': true}"));
        assertThat(activated.path("active").asBoolean()).isTrue();
    }

    @Test
    void refusesAChangeOfWhatHasChanged() {
        long jobid = api.job("{'schedule': '0 3 * * *', 'command': 'SELECT 1'}");
        String first = tag(api.get("/jobs/" + jobid));

        MvcTestResult changed = change(HttpMethod.PATCH, "/jobs/" + jobid, first, "{'timeout': 'PT1M'}");
        assertThat(changed).hasStatusOk();
        String second = tag(changed);

        assertThat(second).isNotEqualTo(first).isEqualTo(tag(api.get("/jobs/" + jobid)));
        problem(change(HttpMethod.PATCH, "/jobs/" + jobid, first, "{'timeout': 'PT2M'}"), 412);
        problem(change(HttpMethod.DELETE, "/jobs/" + jobid, first, ""), 412);
        assertThat(api.read("/jobs/" + jobid).path("timeout").asString()).isEqualTo("PT1M");
        assertThat(change(HttpMethod.PATCH, "/jobs/" + jobid, "\"other\", " + second, "{'timeout': 'PT2M'}"))
                .hasStatusOk();
        assertThat(change(HttpMethod.DELETE, "/jobs/" + jobid, "*", "")).hasStatus(204);
        problem(change(HttpMethod.DELETE, "/jobs/" + jobid, "*", ""), 404);
    }

    @Test
    void takesAMergePatch() {
        long jobid = api.job("{'schedule': '0 3 * * *', 'command': 'SELECT 1', 'timeout': 'PT1M'}");

        JsonNode job = ok(api.request(HttpMethod.PATCH, "/jobs/" + jobid)
                .contentType(MediaType.parseMediaType("application/merge-patch+json"))
                .content("{\"timeout\": null, \"priority\": 7}")
                .exchange());

        assertThat(job.path("timeout").isNull()).isTrue();
        assertThat(job.path("priority").asInt()).isEqualTo(7);
    }

    @Test
    void tellsWhatIsSetFromWhatIsInForce() {
        long jobid = api.job("{'schedule': '0 3 * * *', 'command': 'SELECT 1', 'timeout': 'PT1M30S'}");

        MvcTestResult read = api.get("/jobs/" + jobid + "/definition");
        JsonNode definition = ok(read);

        assertThat(tag(read)).isEqualTo(tag(api.get("/jobs/" + jobid)));
        assertThat(definition.path("timeout").asString()).isEqualTo("PT1M30S");
        assertThat(definition.path("maxAttempts").isNull()).isTrue();
        assertThat(api.read("/jobs/" + jobid).path("maxAttempts").asInt()).isEqualTo(1);
        assertThat(api.request(HttpMethod.PATCH, "/jobs/" + jobid)
                        .header("If-Match", tag(read))
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(definition.toString()))
                .hasStatusOk();
        assertThat(tag(api.get("/jobs/" + jobid))).isEqualTo(tag(read));
        problem(api.get("/jobs/0/definition"), 404);

        JsonNode scheduler = api.read("/scheduler");
        assertThat(definition.path("username").asString())
                .isEqualTo(scheduler.path("jobUsername").asString());
        assertThat(scheduler.path("commandsOverRest").asBoolean()).isTrue();
    }

    @Test
    void copiesAJobWithItsOptions() {
        long jobid = api.job("""
                {'jobname': 'original', 'schedule': '0 3 * * *', 'command': 'SELECT 1', 'timeout': 'PT1M30S',
                 'validUntil': '2099-01-01T00:00:00Z', 'jobGroup': 'g', 'transactional': true}
                """);

        MvcTestResult copied = api.post("/jobs/" + jobid + "/duplicate", "{'jobname': 'copy', 'schedule': '@daily'}");
        JsonNode copy = Json.of(copied);

        assertThat(copied)
                .hasStatus(201)
                .hasHeader("Location", "/api/v1/jobs/" + copy.path("jobid").asLong());
        assertThat(copy.path("jobid").asLong()).isNotEqualTo(jobid);
        assertThat(copy.path("active").asBoolean()).isFalse();
        assertThat(copy.path("schedule").asString()).isEqualTo("@daily");
        for (String same : new String[] {"command", "timeout", "validUntil", "jobGroup", "transactional"}) {
            assertThat(copy.path(same)).isEqualTo(api.read("/jobs/" + jobid).path(same));
        }
        assertThat(Json.of(api.post("/jobs/" + jobid + "/duplicate", "{}"))
                        .path("jobname")
                        .isNull())
                .isTrue();
        problem(api.post("/jobs/0/duplicate", "{}"), 404);
    }

    @Test
    void saysInTheAuditWhoItWas() {
        long jobid = api.job("{'schedule': '0 3 * * *', 'command': 'SELECT 1'}");
        ok(api.post("/jobs/" + jobid + "/pause", "{'note': 'why not'}"));

        JsonNode entry = api.read("/audit?objectType=job&objectId=" + jobid)
                .path("entries")
                .path(0);
        assertThat(entry.path("actor").asString()).isEqualTo("admin");
        assertThat(entry.path("role").asString()).isEqualTo(database.ownerName());
        assertThat(entry.path("note").asString()).isEqualTo("why not");
        assertThat(entry.path("before").toString()).isEqualTo("{\"active\":true}");
        assertThat(entry.path("after").toString()).isEqualTo("{\"active\":false}");
        assertThat(api.read("/audit/" + entry.path("auditid").asLong())).isEqualTo(entry);
        problem(api.get("/audit/0"), 404);
        assertThat(api.read("/audit?limit=1").path("next").asLong()).isPositive();
        assertThat(api.get("/audit?limit=1").getResponse().getHeader("Link")).contains("before=");
    }
}
