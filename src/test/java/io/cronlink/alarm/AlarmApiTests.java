package io.cronlink.alarm;

import static io.cronlink.Json.of;
import static io.cronlink.Json.ok;
import static io.cronlink.Json.problem;
import static io.cronlink.Json.send;
import static io.cronlink.TestUsers.ADMIN;
import static io.cronlink.TestUsers.OPERATOR;
import static io.cronlink.TestUsers.READER;
import static org.assertj.core.api.Assertions.assertThat;

import io.cronlink.CronlinkTest;
import io.cronlink.database.TestDatabase;
import io.cronlink.row.Columns;
import io.cronlink.run.TestJobs;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;

@CronlinkTest
class AlarmApiTests {

    @Autowired
    private MockMvcTester http;

    @Autowired
    private TestDatabase database;

    private JsonNode get(String path) {
        return ok(http.get().uri(path).with(READER).exchange());
    }

    private MvcTestResult patch(String path, String body) {
        return send(http.patch().uri(path).with(ADMIN), body).exchange();
    }

    private long job() {
        return new TestJobs(database).create("SELECT 1");
    }

    private List<String> columns(String table, List<String> without) {
        return database
                .owner()
                .sql(
                        "SELECT column_name FROM information_schema.columns WHERE table_schema = 'cron' AND table_name = ?")
                .param(table)
                .query(String.class)
                .list()
                .stream()
                .filter(column -> !without.contains(column))
                .toList();
    }

    private static List<String> components(Class<? extends Record> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .map(Columns::column)
                .toList();
    }

    @Test
    void showsWhatTheDatabaseHas() {
        assertThat(components(AlarmSettings.class))
                .containsExactlyInAnyOrderElementsOf(columns("alarm_settings", List.of("id")));
        assertThat(components(AlarmRules.class))
                .containsExactlyInAnyOrderElementsOf(columns("job_alarms", List.of("jobid")));
        assertThat(columns("alarm_rules", List.of("jobid", "jobname", "username")))
                .containsExactlyInAnyOrderElementsOf(components(AlarmRules.class));
        assertThat(components(Alarm.class)).containsExactlyInAnyOrderElementsOf(columns("alarm_details", List.of()));
    }

    @Test
    void changesOfTheSettingsOnlyWhatIsNamed() {
        String path = "/api/v1/alarm-settings";
        JsonNode after = ok(patch(
                path, "{'quietFrom': '22:00:00', 'quietUntil': '06:30:00', 'longFactor': 4.5, 'repeatAfter': 'PT2H'}"));

        assertThat(after.path("quietFrom").asString()).isEqualTo("22:00:00");
        assertThat(after.path("quietUntil").asString()).isEqualTo("06:30:00");
        assertThat(after.path("longFactor").asDouble()).isEqualTo(4.5);
        assertThat(after.path("failed").asBoolean()).isTrue();
        assertThat(ok(patch(path, "{'quietFrom': null, 'quietUntil': null, 'longFactor': null, 'repeatAfter': 'PT1H'}"))
                        .path("quietFrom")
                        .isNull())
                .isTrue();
    }

    @Test
    void namesTheFieldThatIsWrong() {
        String path = "/api/v1/alarm-settings";
        assertThat(field(path, "{'quietFrom': '22:00:00'}")).isEqualTo("quietUntil");
        assertThat(field(path, "{'quietTimezone': 'Europe/Nowhere'}")).isEqualTo("quietTimezone");
        assertThat(field(path, "{'quietFrom': 'at night'}")).isEqualTo("quietFrom");
        assertThat(field(path, "{'connectionsOver': 101}")).isEqualTo("connectionsOver");
        assertThat(field(path, "{'failed': null}")).isEqualTo("failed");
        assertThat(field("/api/v1/jobs/" + job() + "/alarms", "{'longFactor': 0.5}"))
                .isEqualTo("longFactor");
        assertThat(field("/api/v1/jobs/" + job() + "/alarms", "{'severity': 'bad'}"))
                .isEqualTo("severity");
        assertThat(field("/api/v1/jobs/" + job() + "/alarms", "{'later': true}"))
                .isEqualTo("later");
    }

    private String field(String path, String body) {
        return problem(patch(path, body), 400)
                .path("errors")
                .path(0)
                .path("field")
                .asString();
    }

    @Test
    void setsRulesOfAJobAndShowsThoseInForce() {
        String path = "/api/v1/jobs/" + job() + "/alarms";
        assertThat(get(path).path("set").path("failed").isNull()).isTrue();
        assertThat(get(path).path("inForce").path("failed").asBoolean()).isTrue();

        ok(patch(path, "{'failed': false, 'lateAfter': 'PT5M'}"));
        JsonNode changed = ok(patch(path, "{'longAfter': 'PT0S', 'severity': 'critical'}"));
        assertThat(changed.path("set").path("lateAfter").asString()).isEqualTo("PT5M");
        assertThat(changed.path("inForce").path("failed").asBoolean()).isFalse();
        assertThat(changed.path("set").path("longAfter").asString()).isEqualTo("PT0S");
        assertThat(changed.path("inForce").path("longAfter").isNull()).isTrue();

        JsonNode replaced = ok(send(http.put().uri(path).with(ADMIN), "{'noSuccessFor': 'PT26H'}")
                .exchange());
        assertThat(replaced.path("set").path("severity").isNull()).isTrue();
        assertThat(replaced.path("inForce").path("failed").asBoolean()).isTrue();
        assertThat(replaced.path("inForce").path("noSuccessFor").asString()).isEqualTo("PT26H");
    }

    @Test
    void hasNoRulesOfAJobThatIsNotThere() {
        problem(http.get().uri("/api/v1/jobs/987654321/alarms").with(READER).exchange(), 404);
        problem(patch("/api/v1/jobs/987654321/alarms", "{'failed': false}"), 404);
        problem(patch("/api/v1/jobs/987654321/alarms", "{}"), 404);
    }

    @Test
    void listsAlarmsByWhatIsAsked() {
        long jobid = job();
        for (String kind : List.of("late", "long", "failed")) {
            database.owner().sql("""
                            INSERT INTO cron.alarm (kind, severity, jobid, username, raised_at, ended_at, message, details)
                            VALUES (?, 'error', ?, CURRENT_USER, now(), CASE ? WHEN 'late' THEN now() END, 'so it was', '{"p95": 3}')
                            """).params(kind, jobid, kind).update();
        }
        String path = "/api/v1/alarms?jobid=" + jobid;

        assertThat(kinds(path)).containsExactly("failed", "long", "late");
        assertThat(kinds(path + "&open=true")).containsExactly("failed", "long");
        assertThat(kinds(path + "&open=false")).containsExactly("late");
        assertThat(kinds(path + "&kind=long")).containsExactly("long");
        MvcTestResult head = http.get().uri(path + "&limit=2").with(READER).exchange();
        JsonNode page = ok(head);
        assertThat(head)
                .hasHeader(
                        "Link",
                        "<" + path + "&limit=2&before=" + page.path("next").asLong() + ">; rel=\"next\"");
        assertThat(kinds(path + "&before=" + page.path("next").asLong())).containsExactly("late");
        JsonNode first = page.path("alarms").path(0);
        assertThat(get("/api/v1/alarms/" + first.path("alarmid").asLong())).isEqualTo(first);
        assertThat(first.path("details").path("p95").asInt()).isEqualTo(3);
        assertThat(first.path("deliveries").isEmpty()).isTrue();
    }

    private List<String> kinds(String path) {
        return get(path)
                .path("alarms")
                .valueStream()
                .map(alarm -> alarm.path("kind").asString())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"?open=perhaps", "?kind=bad", "?jobid=x", "?limit=0", "?limit=1001", "?sort=kind"})
    void refusesWhatItCannotAnswer(String query) {
        problem(http.get().uri("/api/v1/alarms" + query).with(READER).exchange(), 400);
    }

    @Test
    void hasNoAlarmThatIsNotThere() {
        problem(http.get().uri("/api/v1/alarms/987654321").with(READER).exchange(), 404);
    }

    @Test
    void testsAreForAdministratorsAndRecorded() {
        problem(http.post().uri("/api/v1/alarms/test").with(OPERATOR).exchange(), 403);
        problem(
                send(http.patch().uri("/api/v1/alarm-settings").with(OPERATOR), "{}")
                        .exchange(),
                403);
        problem(
                send(http.put().uri("/api/v1/jobs/1/alarms").with(OPERATOR), "{}")
                        .exchange(),
                403);
        problem(http.get().uri("/api/v1/alarms").exchange(), 401);

        MvcTestResult result =
                http.post().uri("/api/v1/alarms/test").with(ADMIN).exchange();
        assertThat(ok(result).path("channels").isEmpty())
                .as("none is configured")
                .isTrue();
        JsonNode alarm = get("/api/v1/alarms/" + of(result).path("alarmid").asLong());
        assertThat(alarm.path("message").asString()).startsWith("A test, asked for by admin");
    }

    @Test
    void healthNamesTheChannels() {
        JsonNode health =
                ok(http.get().uri("/actuator/health/alarms").with(READER).exchange());

        assertThat(health.path("status").asString()).isEqualTo("UP");
        assertThat(health.path("details").path("channels").isArray()).isTrue();
    }
}
