package io.cronlink.job;

import static io.cronlink.Json.ok;
import static io.cronlink.Json.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cronlink.Api;
import io.cronlink.CronlinkTest;
import io.cronlink.Json;
import io.cronlink.database.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;

/** Jobs are found by what is known of them, page by page in any order, and many at once paused. */
@CronlinkTest
class JobListTests {

    @Autowired
    private MockMvcTester http;

    @Autowired
    private TestDatabase database;

    private Api api;

    JobListTests() {
        // Made anew for each test.
    }

    @BeforeEach
    void jobs() {
        api = new Api(http);
        if (names("name=list_*").isEmpty()) {
            api.job(
                    "{'jobname': 'list_a', 'schedule': '@at 2100-01-01 03:00:00+00', 'command': 'SELECT 1 -- Some% text', 'jobGroup': 'lists'}");
            api.job("{'jobname': 'list_b', 'schedule': '0 4 * * *', 'command': 'SELECT 2', 'active': false}");
            api.job(
                    "{'jobname': 'list_c', 'schedule': '@at 2100-01-01 02:00:00+00', 'command': 'SELECT 3', 'jobGroup': 'lists'}");
            api.job("{'jobname': 'LISTxD', 'schedule': '@reboot', 'command': 'SELECT 4'}");
            database.owner().sql("""
                            INSERT INTO cron_engine.job_state (jobid, failures)
                            SELECT jobid, 2 FROM cron.job WHERE jobname = 'list_c'
                            """).update();
        }
    }

    private List<String> names(String query) {
        return names(api.read("/jobs?" + query));
    }

    private static List<String> names(JsonNode page) {
        List<String> names = new ArrayList<>();
        page.path("jobs").forEach(job -> names.add(job.path("jobname").asString()));
        return names;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    name=list_*                          | list_a list_b list_c
                    name=LIST?A                          |
                    name=list_*&active=true              | list_a list_c
                    name=list*&group=lists               | list_a list_c
                    name=*_b                             | list_b
                    name=list*&command=some% TEXT        | list_a
                    name=list*&command=some%text         |
                    name=list*&failing=true              | list_c
                    name=list*&failing=false             | list_a list_b LISTxD
                    name=list_*&sort=-jobname            | list_c list_b list_a
                    name=list*&sort=nextFire&active=true | list_c list_a LISTxD
                    name=list*&sort=-failures&limit=1    | list_c
                    name=list*&database=nowhere          |
                    name=list*&condition=failing         | list_c
                    name=list*&condition=healthy,paused  | list_a list_b LISTxD
                    name=list_*&sort=condition           | list_c list_a list_b
                    """)
    void areFound(String query, String expected) {
        List<String> names =
                Objects.requireNonNullElse(expected, "").isEmpty() ? List.of() : List.of(expected.split(" "));

        assertThat(names(query)).containsExactlyElementsOf(names);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jobid",
                "-jobid",
                "jobname",
                "-jobname",
                "nextFire",
                "-nextFire",
                "failures",
                "username",
                "condition"
            })
    void arePagedWithALinkToTheNext(String sort) {
        List<String> all = names("name=list*&sort=" + sort);
        List<String> paged = new ArrayList<>();
        String url = "/jobs?name=list*&limit=1&sort=" + sort;
        while (url != null) {
            MvcTestResult page = api.get(url);
            paged.addAll(names(ok(page)));
            String link = page.getResponse().getHeader("Link");
            assertThat(link == null).isEqualTo(ok(page).path("next").isNull());
            url = link == null ? null : link.replaceAll("</api/v1(.*)>; rel=\"next\"", "$1");
        }

        assertThat(all).hasSize(4);
        assertThat(paged).isEqualTo(all);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sort=command",
                "sort=",
                "after=x",
                "sort=jobname&after=x",
                "sort=jobname&after=ICA",
                "active=perhaps",
                "failing=1x",
                "limit=0",
                "limit=1001",
                "jobid=x",
                "condition=ill",
                "include=all"
            })
    void refuseWhatTheyDoNotUnderstand(String query) {
        problem(api.get("/jobs?" + query), 400);
    }

    @Test
    void areCountedByCondition() {
        assertThat(api.read("/jobs:count?name=list*").toString().replace('"', '\''))
                .isEqualTo("{'jobs':4,'conditions':{'failing':1,'healthy':2,'paused':1}}");
        assertThat(api.read("/jobs:count?name=list*&condition=late")
                        .path("jobs")
                        .asInt())
                .isZero();
    }

    @Test
    void tellTheirScheduleInWordsAndTheirLastRunsIfAsked() {
        long jobid = api.job("{'jobname': 'told', 'schedule': '0 3 * * *', 'command': 'SELECT 1'}");
        long runid = Json.of(api.post("/jobs/" + jobid + "/runs", "{}"))
                .path("runid")
                .asLong();
        await().until(() -> api.read("/runs/" + runid).path("status").asString().equals("succeeded"));

        JsonNode told = api.read("/jobs?jobid=" + jobid + "&include=scheduleDescription,recentRuns")
                .path("jobs")
                .path(0);
        assertThat(told.path("scheduleDescription").asString()).isEqualTo("At 03:00");
        assertThat(told.path("recentRuns").path(0).path("runid").asLong()).isEqualTo(runid);
        assertThat(told.path("recentRuns").path(0).path("status").asString()).isEqualTo("succeeded");
        assertThat(api.read("/jobs?jobid=" + jobid).path("jobs").path(0).has("recentRuns"))
                .isFalse();
    }

    @Test
    void arePausedAndResumedManyAtOnce() {
        JsonNode rehearsed = ok(api.post("/jobs:pause?name=list_*&dryRun=true", "{'note': 'not yet'}"));
        assertThat(rehearsed.path("matched").asInt()).isEqualTo(3);
        assertThat(rehearsed.path("changed").asInt()).isEqualTo(2);
        assertThat(names("name=list_*&active=true")).hasSize(2);

        JsonNode paused = ok(api.post("/jobs:pause?name=list_*", "{'note': 'the disk is full'}"));
        assertThat(paused.path("jobids")).isEqualTo(rehearsed.path("jobids"));
        JsonNode job = api.read("/jobs?jobname=list_a").path("jobs").path(0);
        assertThat(job.path("pausedBy").asString()).isEqualTo("admin");
        assertThat(job.path("pauseNote").asString()).isEqualTo("the disk is full");

        JsonNode resumed = ok(api.post("/jobs:resume?name=list_*&group=lists", "{}"));
        assertThat(resumed.path("changed").asInt()).isEqualTo(2);
        assertThat(names("name=list_*&active=true")).containsExactly("list_a", "list_c");
        assertThat(api.read("/jobs?jobname=list_a")
                        .path("jobs")
                        .path(0)
                        .path("pausedAt")
                        .isNull())
                .isTrue();
    }
}
