package io.cronlink.why;

import static io.cronlink.Json.ok;
import static io.cronlink.Json.problem;
import static io.cronlink.TestUsers.READER;
import static org.assertj.core.api.Assertions.assertThat;

import io.cronlink.CronlinkTest;
import io.cronlink.database.TestDatabase;
import io.cronlink.run.TestJobs;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;

@CronlinkTest
class WhyApiTests {

    @Autowired
    private MockMvcTester http;

    @Autowired
    private TestDatabase database;

    private MvcTestResult get(String path) {
        return http.get().uri("/api/v1/jobs/" + path).with(READER).exchange();
    }

    @Test
    void tellsAReaderWhatAJobWaitsForWhatItsFiresBecameAndWhatItCosts() {
        TestJobs jobs = new TestJobs(database);
        long jobid = jobs.schedule("1 second", "SELECT 1");
        jobs.ended(jobid, 2);
        jobs.set(jobid, "timezone = 'Europe/Berlin'");
        jobs.alter(jobid, "schedule = '0 3 * * *'");

        JsonNode why = ok(get(jobid + "/why?since=P2D"));

        assertThat(why.path("jobid").asLong()).isEqualTo(jobid);
        JsonNode now = why.path("now").path(0);
        assertThat(now.path("code").asString()).isEqualTo("time");
        assertThat(now.path("time").asString()).endsWith("Z");
        assertThat(now.path("detail").path("inSeconds").asDouble()).isPositive();
        assertThat(now.has("runid")).isFalse();
        assertThat(why.path("fires").path(0).path("fires").asInt()).isEqualTo(1);
        assertThat(why.path("fires").toString()).contains("\"code\":\"succeeded\"", "\"code\":\"not_made\"");
        assertThat(why.path("costs").path(0).path("detail").path("runs").asInt())
                .isGreaterThanOrEqualTo(2);
        jobs.unschedule(jobid);
    }

    @Test
    void saysWhatIsWrongWithARequest() {
        long jobid = new TestJobs(database).create("SELECT 1");

        problem(get("999999999/why"), 404);
        assertThat(problem(get(jobid + "/why?since=P36D"), 400)
                        .path("errors")
                        .path(0)
                        .path("field")
                        .asString())
                .isEqualTo("since");
        problem(get(jobid + "/why?since=soon"), 400);
        problem(get(jobid + "/why?until=P1D"), 400);
    }
}
