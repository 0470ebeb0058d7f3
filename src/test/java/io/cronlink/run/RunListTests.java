package io.cronlink.run;

import static io.cronlink.Json.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.cronlink.Api;
import io.cronlink.CronlinkTest;
import io.cronlink.Json;
import io.cronlink.database.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;

/** Runs are found by what is known of them, and asked for once even by who has to ask twice. */
@CronlinkTest
class RunListTests {

    @Autowired
    private MockMvcTester http;

    @Autowired
    private TestDatabase database;

    private Api api;
    private long jobid;

    RunListTests() {
        // Made anew for each test.
    }

    @BeforeEach
    void history() {
        api = new Api(http);
        jobid = database.owner()
                .sql(
                        "INSERT INTO cron.job (schedule, command, active) VALUES ('@yearly', 'SELECT 1', false) RETURNING jobid")
                .query(Long.class)
                .single();
    }

    /** Four runs, whose notes are their numbers. */
    private void fill() {
        database.owner().sql("""
                INSERT INTO cron.job_run_details (jobid, note, username, status, return_message, sqlstate, trigger, queued_time, start_time, end_time)
                SELECT :jobid, s.n, current_user, s.status, s.message, s.sqlstate, s.trigger, t, t, t
                FROM (VALUES (1, 'succeeded', '1 row', NULL, 'schedule'), (2, 'failed', 'ERROR:  no room in 100%', '53100', 'schedule'),
                             (3, 'skipped', 'previous run still running', NULL, 'schedule'), (4, 'succeeded', '2 rows', NULL, 'retry'))
                         AS s (n, status, message, sqlstate, trigger),
                     LATERAL (SELECT clock_timestamp() + s.n * interval '1 ms') AS t (t)
                """).param("jobid", jobid).update();
    }

    private void name(String beginning) {
        database.owner()
                .sql("UPDATE cron.job SET jobname = ? || jobid WHERE jobid = ?")
                .param(beginning)
                .param(jobid)
                .update();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ''                         | 4 3 2 1
                    &status=succeeded          | 4 1
                    &status=skipped            | 3
                    &trigger=retry             | 4
                    &message=ROOM in 100%      | 2
                    &message=100% room         | ''
                    &trigger=schedule&status=failed | 2
                    &username=nobody_here      | ''
                    &name=100% *OF*&trigger=retry | 4
                    &name=100                  | ''
                    &name=1*0                  | ''
                    &name=100% xof_*           | ''
                    """)
    void areFound(String query, String expected) {
        fill();
        name("100% _of_it ");

        List<String> found = new ArrayList<>();
        api.read("/runs?jobid=" + jobid + query)
                .path("runs")
                .forEach(run -> found.add(run.path("note").asString()));

        assertThat(String.join(" ", found)).isEqualTo(expected);
    }

    @Test
    void areFoundByTime() {
        fill();
        JsonNode second =
                api.read("/runs?status=failed&jobid=" + jobid).path("runs").path(0);
        String from = second.path("queuedTime").asString();

        JsonNode page = api.read("/runs?jobid={jobid}&from={from}", jobid, from);
        assertThat(page.path("runs")).hasSize(3);
        JsonNode before = api.read("/runs?jobid={jobid}&until={from}", jobid, from);
        assertThat(before.path("runs")).hasSize(1);
        problem(api.get("/runs?from=yesterday"), 400);
    }

    @Test
    void leadToTheNextPageAlsoWhereNothingIsFound() {
        fill();
        database.owner().sql("""
                INSERT INTO cron.job_run_details (jobid, status, trigger, queued_time)
                SELECT :jobid, 'succeeded', 'schedule', now() FROM generate_series(5, 20010) AS n
                """).param("jobid", jobid).update();

        MvcTestResult first = api.get("/runs?jobid=" + jobid + "&trigger=retry");
        assertThat(Json.ok(first).path("runs")).isEmpty();
        String link = String.valueOf(first.getResponse().getHeader("Link"));
        JsonNode second = api.read(link.replaceAll("</api/v1(.*)>; rel=\"next\"", "$1"));

        assertThat(second.path("runs")).hasSize(1);
        assertThat(second.path("next").isNull()).isTrue();
    }

    private MvcTestResult start(String key, String body) {
        return Json.send(
                        api.request(HttpMethod.POST, "/jobs/" + jobid + "/runs").header("Idempotency-Key", key), body)
                .exchange();
    }

    @Test
    void areAskedForOnceWithAKey() {
        MvcTestResult first = start("k1", "{'note': 'a'}");
        MvcTestResult second = start("k1", "{'note': 'a'}");

        assertThat(first).hasStatus(201);
        assertThat(second).hasStatusOk();
        assertThat(Json.of(second).path("runid")).isEqualTo(Json.of(first).path("runid"));
        problem(start("k1", "{'note': 'b'}"), 422);
        problem(start("", "{}"), 400);
        problem(start("x".repeat(201), "{}"), 400);
        assertThat(start("k2", "{'note': 'a'}")).hasStatus(201);
    }

    @Test
    void areAskedForOnceByManyAtTheSameTime() {
        List<CompletableFuture<Long>> asked = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> Json.of(start("k3", "{}")).path("runid").asLong()))
                .toList();

        assertThat(asked.stream().map(CompletableFuture::join).distinct()).hasSize(1);
        assertThat(database.owner()
                        .sql("SELECT count(*) FROM cron.job_run_details WHERE jobid = ?")
                        .param(jobid)
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }
}
