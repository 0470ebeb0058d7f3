package io.cronlink.settings;

import static io.cronlink.Json.ok;
import static io.cronlink.Json.problem;
import static io.cronlink.Json.send;
import static io.cronlink.TestUsers.ADMIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.cronlink.CronlinkTest;
import io.cronlink.database.TestDatabase;
import io.cronlink.row.Columns;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;

@CronlinkTest
class SettingsApiTests {

    @Autowired
    private MockMvcTester http;

    @Autowired
    private TestDatabase database;

    private MvcTestResult patch(String body) {
        return send(http.patch().uri("/api/v1/settings").with(ADMIN), body).exchange();
    }

    @Test
    void showsEverySettingOfTheDatabase() {
        assertThat(database.owner().sql("""
                                SELECT column_name FROM information_schema.columns
                                WHERE table_schema = 'cron' AND table_name = 'settings' AND column_name <> 'id'
                                """).query(String.class).list())
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Settings.class.getRecordComponents())
                        .map(RecordComponent::getName)
                        .map(Columns::column)
                        .toList());
    }

    @Test
    void changesOnlyWhatIsNamed() {
        JsonNode before = ok(http.get().uri("/api/v1/settings").with(ADMIN).exchange());

        JsonNode after = ok(patch("{'keepFailedRuns': 'P60D', 'keepRunsPerJob': 1000}"));

        assertThat(after.path("keepFailedRuns").asString()).isEqualTo("PT1440H");
        assertThat(after.path("keepRunsPerJob").asInt()).isEqualTo(1000);
        assertThat(after.path("keepRuns")).isEqualTo(before.path("keepRuns"));
        assertThat(ok(patch("{'keepRunsPerJob': null}")).path("keepRunsPerJob").isNull())
                .isTrue();
    }

    @Test
    void namesTheFieldThatIsWrong() {
        assertThat(field("{'maxRunningJobs': 0}")).isEqualTo("maxRunningJobs");
        assertThat(field("{'maxRunningJobs': null}")).isEqualTo("maxRunningJobs");
        assertThat(field("{'overlap': 'sometimes'}")).isEqualTo("overlap");
        assertThat(field("{'pause': true}")).isEqualTo("pause");
    }

    @Test
    void tellsWhatIsAllowed() {
        JsonNode problem = problem(patch("{'maxRunningJobs': 1001}"), 400);

        assertThat(problem.path("detail").asString()).isEqualTo("maxRunningJobs must be from 1 to 1000");
        assertThat(problem.toString()).doesNotContain("Failing row", "constraint");
    }

    private String field(String body) {
        return problem(patch(body), 400).path("errors").path(0).path("field").asString();
    }
}
