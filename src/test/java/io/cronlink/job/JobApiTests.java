package io.cronlink.job;

import static io.cronlink.Json.ok;
import static io.cronlink.Json.problem;
import static io.cronlink.Json.send;
import static io.cronlink.TestUsers.ADMIN;
import static io.cronlink.TestUsers.OPERATOR;
import static org.assertj.core.api.Assertions.assertThat;

import io.cronlink.CronlinkTest;
import io.cronlink.Json;
import io.cronlink.database.TestDatabase;
import io.cronlink.row.Columns;
import io.cronlink.run.TestJobs;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

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

    private MvcTestResult get(String path, Object... variables) {
        return http.get().uri("/api/v1/jobs" + path, variables).with(ADMIN).exchange();
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
        assertThat(job.path("nextFire").asString()).endsWith("Z");
        assertThat(job.path("timeout").asString()).isEqualTo("PT1M30S");
        assertThat(job.path("validFrom").asString()).isEqualTo("2020-01-01T00:00:00Z");
        assertThat(job.path("username").asString()).isEqualTo(database.ownerName());
        assertThat(database.owner().sql("""
                                SELECT schedule, command, max_attempts, timeout::text
                                FROM cron.job JOIN cron.job_options USING (jobid)
                                WHERE jobid = ?
                                """).param(jobid).query().singleRow())
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
                .sql("INSERT INTO cron.job_options (jobid, retry_delay) VALUES (?, '1 day 00:00:00.5')")
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
    void listsTheJobsOfARole() {
        created("{'jobname': 'of the owner', 'schedule': '@reboot', 'command': 'SELECT 1', 'active': false}");

        assertThat(ok(get("?jobname=of the owner&username={username}", database.ownerName()))
                        .path("jobs"))
                .hasSize(1);
        assertThat(ok(get("?username=nobody_here")).path("jobs")).isEmpty();
    }

    @Test
    void changesOnlyWhatIsNamed() {
        long jobid = created(
                "{'schedule': '0 3 * * *', 'command': 'SELECT 1', 'description': 'kept', 'timezone': 'Asia/Tokyo'}");

        JsonNode job = ok(patch(jobid, "{'command': 'SELECT 2', 'timezone': null}"));

        assertThat(job.path("command").asString()).isEqualTo("SELECT 2");
        assertThat(job.path("schedule").asString()).isEqualTo("0 3 * * *");
        assertThat(job.path("description").asString()).isEqualTo("kept");
        assertThat(job.path("timezone").asString()).isEqualTo("GMT");
        assertThat(database.owner()
                        .sql("SELECT timezone IS NULL AND description = 'kept' FROM cron.job_options WHERE jobid = ?")
                        .param(jobid)
                        .query(Boolean.class)
                        .single())
                .isTrue();
    }

    @Test
    void showsAllThatTheDatabaseShows() {
        assertThat(columns("job_details"))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Job.class.getRecordComponents())
                        .map(RecordComponent::getName)
                        .filter(property -> !property.equals("cut"))
                        .map(Columns::column)
                        .toList());
    }

    @Test
    void setsAllThatTheDatabaseLetsOneSet() {
        Set<String> columns = new HashSet<>(columns("job"));
        columns.addAll(columns("job_options"));
        columns.remove("jobid");

        assertThat(columns)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(JobFields.class.getRecordComponents())
                        .map(component -> Columns.column(component.getName()))
                        .toList());
    }

    private List<String> columns(String table) {
        return database.owner()
                .sql(
                        "SELECT column_name FROM information_schema.columns WHERE table_schema = 'cron' AND table_name = ?")
                .param(table)
                .query(String.class)
                .list();
    }

    @Test
    void showsWhatIsInForceAndHowItGoes() {
        long jobid = created("{'schedule': '0 0 29 2 *', 'command': 'SELECT 1'}");
        JsonNode fresh = ok(get("/" + jobid));
        assertThat(fresh.path("maxAttempts").asInt()).isEqualTo(1);
        assertThat(fresh.path("overlap").asString()).isEqualTo("queue");
        assertThat(fresh.path("lastRunid").isNull()).isTrue();

        TestJobs jobs = new TestJobs(database);
        long runid = jobs.start(jobid);
        jobs.ended(runid);

        JsonNode run = ok(get("/" + jobid));
        assertThat(run.path("lastRunid").asLong()).isEqualTo(runid);
        assertThat(run.path("lastStatus").asString()).isEqualTo("succeeded");
        assertThat(run.path("lastEndTime").asString()).endsWith("Z");
        assertThat(run.path("running").asInt()).isZero();
        assertThat(run.path("waiting").asInt()).isZero();
    }

    @Test
    void aRefusedOptionLeavesNoJobBehind() {
        problem(post("""
                        {'jobname': 'half', 'schedule': '0 3 * * *', 'command': 'SELECT 1', 'timezone': 'Asia/Tokyo', 'timeout': 'PT0S'}
                        """), 400);

        assertThat(ok(get("?jobname=half")).path("jobs")).isEmpty();
    }

    @Test
    void aRefusedOptionLeavesTheJobAsItIs() {
        long jobid = created("{'schedule': '0 3 * * *', 'command': 'SELECT 1'}");

        problem(patch(jobid, "{'command': 'SELECT 2', 'timezone': 'Mars/Base'}"), 400);

        assertThat(ok(get("/" + jobid)).path("command").asString()).isEqualTo("SELECT 1");
    }

    @Test
    void passesOnWhatTheDatabaseWarnsOf() {
        MvcTestResult sixth = post("{'schedule': '*/10 * * * * *', 'command': 'SELECT 1', 'active': false}");
        assertThat(sixth).hasStatus(201);
        JsonNode warnings = Json.of(sixth).path("warnings");
        assertThat(warnings).hasSize(1);
        assertThat(warnings.path(0).path("message").asString())
                .isEqualTo("the sixth field of schedule \"*/10 * * * * *\" is ignored");
        assertThat(warnings.path(0).path("hint").asString()).contains("five fields");

        long jobid = created("{'schedule': '0 3 * * *', 'command': 'SELECT 1', 'active': false}");
        assertThat(warning(patch(jobid, "{'schedule': '@after nothing there'}")))
                .startsWith("there is no job \"nothing there\"");
        String body = JsonMapper.shared().writeValueAsString(Map.of("username", database.createUser("no_login")));
        assertThat(warning(http.patch()
                        .uri("/api/v1/jobs/" + jobid)
                        .with(ADMIN)
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(body)
                        .exchange()))
                .contains("no login is registered for role");
    }

    private static String warning(MvcTestResult result) {
        return ok(result).path("warnings").path(0).path("message").asString();
    }

    @Test
    void saysNothingWhereNothingIsToBeSaid() {
        long jobid = created("{'schedule': '0 3 * * *', 'command': 'SELECT 1'}");

        assertThat(ok(patch(jobid, "{'command': 'SELECT 2'}")).has("warnings")).isFalse();
        assertThat(ok(get("/" + jobid)).has("warnings")).isFalse();
    }

    @Test
    void operatorsPauseAndResume() {
        long jobid = created("{'schedule': '0 3 * * *', 'command': 'SELECT 1'}");

        JsonNode paused = ok(operate(jobid, "pause"));
        assertThat(paused.path("active").asBoolean()).isFalse();
        assertThat(paused.path("nextFire").isNull()).isTrue();
        JsonNode resumed = ok(operate(jobid, "resume"));
        assertThat(resumed.path("active").asBoolean()).isTrue();
        assertThat(resumed.path("nextFire").asString()).endsWith("T03:00:00Z");
        problem(operate(999999, "pause"), 404);
        problem(operate(999999, "resume"), 404);
    }

    private MvcTestResult operate(long jobid, String what) {
        return http.post()
                .uri("/api/v1/jobs/" + jobid + "/" + what)
                .with(OPERATOR)
                .exchange();
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

        assertThat(job.path("nextFire").asString()).endsWith("T04:30:00Z");
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
        problem(patch(999999, "{'description': 'of nothing'}"), 404);
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

        JsonNode problem =
                problem(post("{'jobname': 'only one', 'schedule': '0 3 * * *', 'command': 'SELECT 1'}"), 409);
        assertThat(problem.path("detail").asString()).isEqualTo("jobname is the name of another job of this role");
        assertThat(problem.path("errors").path(0).path("field").asString()).isEqualTo("jobname");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'schedule': null",
                "'overlap': 'sometimes'",
                "'validFrom': '2030-01-01T00:00:00Z', 'validUntil': '2030-01-01T00:00:00Z'",
                "'jobname': 'taken'"
            })
    void tellsWhatIsWrongWithoutTheRow(String wrong) {
        post("{'jobname': 'taken', 'schedule': '0 3 * * *', 'command': 'SELECT 1'}");
        long jobid = created("{'schedule': '0 3 * * *', 'command': 'SELECT s3cret', 'description': 'row 815'}");

        MvcTestResult refused = patch(jobid, "{" + wrong + "}");

        assertThat(refused).hasStatus4xxClientError();
        assertThat(refused)
                .bodyText()
                .contains("\"errors\":[{")
                .doesNotContain("s3cret", "row 815", "Failing row", "Key (", "relation", "constraint");
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
