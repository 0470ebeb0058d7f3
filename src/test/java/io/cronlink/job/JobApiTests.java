package io.cronlink.job;

import static io.cronlink.Json.ok;
import static io.cronlink.Json.problem;
import static io.cronlink.Json.send;
import static io.cronlink.TestUsers.ADMIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.cronlink.CronlinkTest;
import io.cronlink.Json;
import io.cronlink.database.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;

@CronlinkTest
class JobApiTests {

    @Autowired
    private MockMvcTester http;

    @Autowired
    private TestDatabase database;

    private MvcTestResult post(String body) {
        return send(http.post().uri("/api/v1/jobs").with(ADMIN), body).exchange();
    }

    private MvcTestResult patch(long jobid, String body) {
        return send(http.patch().uri("/api/v1/jobs/" + jobid).with(ADMIN), body).exchange();
    }

    private MvcTestResult get(String path) {
        return http.get().uri("/api/v1/jobs" + path).with(ADMIN).exchange();
    }

    private long created(String body) {
        MvcTestResult result = post(body);
        assertThat(result).hasStatus(201);
        return Json.of(result).path("jobid").asLong();
    }

    @Test
    void createsAJobThatPsqlSees() {
        MvcTestResult result = post("""
                {'jobname': 'created', 'schedule': '0 3 * * *', 'command': 'VACUUM', 'timezone': 'Europe/Berlin',
                 'timeout': 'PT1M30S', 'validFrom': '2020-01-01T00:00:00Z', 'maxAttempts': 3}
                """);

        JsonNode job = Json.of(result);
        long jobid = job.path("jobid").asLong();
        assertThat(result).hasStatus(201).hasHeader("Location", "/api/v1/jobs/" + jobid);
        assertThat(job.path("nextRun").asString()).endsWith("Z");
        assertThat(job.path("timeout").asString()).isEqualTo("PT1M30S");
        assertThat(job.path("validFrom").asString()).isEqualTo("2020-01-01T00:00:00Z");
        assertThat(job.path("username").asString()).isEqualTo(database.ownerName());
        assertThat(database.owner()
                        .sql("SELECT schedule, command, max_attempts, timeout::text FROM cron.job WHERE jobid = ?")
                        .param(jobid)
                        .query()
                        .singleRow())
                .containsEntry("schedule", "0 3 * * *")
                .containsEntry("command", "VACUUM")
                .containsEntry("max_attempts", 3)
                .containsEntry("timeout", "00:01:30");
    }

    @Test
    void readsWhatCameFromPsql() {
        long jobid = database.owner()
                .sql("SELECT cron.schedule('from psql', '10 4 * * *', 'SELECT 1')")
                .query(Long.class)
                .single();
        database.owner()
                .sql("UPDATE cron.job SET retry_delay = '1 day 00:00:00.5' WHERE jobid = ?")
                .param(jobid)
                .update();

        JsonNode job = ok(get("/" + jobid));

        assertThat(job.path("jobname").asString()).isEqualTo("from psql");
        assertThat(job.path("retryDelay").asString()).isEqualTo("PT24H0.5S");
        assertThat(job.path("validUntil").isNull()).isTrue();
    }

    @Test
    void listsInPages() {
        long first = created("{'jobname': 'page 1', 'schedule': '@reboot', 'command': 'SELECT 1', 'active': false}");
        long second = created("{'jobname': 'page 2', 'schedule': '@reboot', 'command': 'SELECT 1', 'active': false}");

        JsonNode page = ok(get("?limit=1&after=" + (first - 1)));
        assertThat(page.path("jobs").path(0).path("jobid").asLong()).isEqualTo(first);
        JsonNode next = ok(get("?limit=1&after=" + page.path("next").asLong()));
        assertThat(next.path("jobs").path(0).path("jobid").asLong()).isEqualTo(second);
        assertThat(ok(get("?after=" + second)).path("next").isNull()).isTrue();
        assertThat(ok(get("?jobname=page 2")).path("jobs")).hasSize(1);
        assertThat(ok(get("?jobname=page 2&active=true")).path("jobs")).isEmpty();
    }

    @Test
    void changesOnlyWhatIsNamed() {
        long jobid = created(
                "{'schedule': '0 3 * * *', 'command': 'SELECT 1', 'description': 'kept', 'timezone': 'Asia/Tokyo'}");

        JsonNode job = ok(patch(jobid, "{'command': 'SELECT 2', 'timezone': null}"));

        assertThat(job.path("command").asString()).isEqualTo("SELECT 2");
        assertThat(job.path("schedule").asString()).isEqualTo("0 3 * * *");
        assertThat(job.path("description").asString()).isEqualTo("kept");
        assertThat(job.path("timezone").isNull()).isTrue();
    }

    @Test
    void aChangeOfNothingChangesNothing() {
        long jobid = created("{'schedule': '0 3 * * *', 'command': 'SELECT 1'}");

        assertThat(ok(patch(jobid, "{}"))).isEqualTo(ok(get("/" + jobid)));
    }

    @Test
    void movesTheNextRunWithTheSchedule() {
        long jobid = created("{'schedule': '0 3 * * *', 'command': 'SELECT 1'}");

        JsonNode job = ok(patch(jobid, "{'schedule': '30 4 * * *'}"));

        assertThat(job.path("nextRun").asString()).endsWith("T04:30:00Z");
    }

    @Test
    void deletes() {
        long jobid = created("{'schedule': '0 3 * * *', 'command': 'SELECT 1'}");

        assertThat(http.delete().uri("/api/v1/jobs/" + jobid).with(ADMIN).exchange())
                .hasStatus(204);
        problem(get("/" + jobid), 404);
    }

    @Test
    void knowsWhatDoesNotExist() {
        problem(get("/999999"), 404);
        problem(patch(999999, "{'command': 'SELECT 1'}"), 404);
        problem(patch(999999, "{}"), 404);
        problem(http.delete().uri("/api/v1/jobs/999999").with(ADMIN).exchange(), 404);
    }

    @Test
    void refusesABadScheduleInTheWordsOfPsql() {
        JsonNode problem = problem(post("{'schedule': 'nonsense', 'command': 'SELECT 1'}"), 400);

        assertThat(problem.path("detail").asString()).isEqualTo("invalid schedule: nonsense");
        assertThat(problem.path("sqlstate").asString()).isEqualTo("22023");
        JsonNode error = problem.path("errors").path(0);
        assertThat(error.path("field").asString()).isEqualTo("schedule");
        assertThat(error.path("hint").asString()).startsWith("Use cron format (e.g. 5 4 * * *)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {'command': 'SELECT 1'}                                                     | schedule
                    {'schedule': '0 3 * * *'}                                                   | command
                    {'schedule': '0 3 * * *', 'command': 'SELECT 1', 'timezone': 'Mars/Base'}   | timezone
                    {'schedule': '0 3 * * *', 'command': 'SELECT 1', 'username': 'nobody_here'} | username
                    {'schedule': '0 3 * * *', 'command': 'SELECT 1', 'database': 'nowhere'}     | database
                    {'schedule': '0 3 * * *', 'command': 'SELECT 1', 'overlap': 'sometimes'}    | overlap
                    {'schedule': '0 3 * * *', 'command': 'SELECT 1', 'maxAttempts': 0}          | maxAttempts
                    {'schedule': '0 3 * * *', 'command': 'SELECT 1', 'maxAttempts': 'many'}     | maxAttempts
                    {'schedule': '0 3 * * *', 'command': 'SELECT 1', 'timeout': '5 minutes'}    | timeout
                    {'schedule': '0 3 * * *', 'command': 'SELECT 1', 'validFrom': 'soon'}       | validFrom
                    {'schedule': '0 3 * * *', 'command': 12}                                    | command
                    {'schedule': '0 3 * * *', 'command': 'SELECT 1', 'jobid': 7}                | jobid
                    {'schedule': '0 3 * * *', 'command': 'SELECT 1', 'comand': 'SELECT 1'}      | comand
                    """)
    void namesTheFieldThatIsWrong(String body, String field) {
        JsonNode problem = problem(post(body), 400);

        assertThat(problem.path("errors").path(0).path("field").asString()).isEqualTo(field);
    }

    @Test
    void refusesToRemoveWhatAJobNeeds() {
        long jobid = created("{'schedule': '0 3 * * *', 'command': 'SELECT 1'}");

        JsonNode problem = problem(patch(jobid, "{'schedule': null}"), 400);

        assertThat(problem.path("errors").path(0).path("field").asString()).isEqualTo("schedule");
    }

    @Test
    void refusesASecondJobOfTheSameName() {
        created("{'jobname': 'only one', 'schedule': '0 3 * * *', 'command': 'SELECT 1'}");

        problem(post("{'jobname': 'only one', 'schedule': '0 3 * * *', 'command': 'SELECT 1'}"), 409);
    }

    @Test
    void refusesWhatIsNoObject() {
        problem(post("{'schedule': "), 400);
        problem(post("[]"), 400);
        problem(post("'text'"), 400);
        problem(post(""), 400);
        problem(get("/one"), 400);
        problem(get("?limit=0"), 400);
        problem(get("?limit=many"), 400);
    }
}
