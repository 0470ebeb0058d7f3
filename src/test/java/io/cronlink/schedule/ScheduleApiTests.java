package io.cronlink.schedule;

import static io.cronlink.Json.ok;
import static io.cronlink.Json.problem;
import static io.cronlink.Json.send;
import static io.cronlink.TestUsers.READER;
import static org.assertj.core.api.Assertions.assertThat;

import io.cronlink.CronlinkTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;

@CronlinkTest
class ScheduleApiTests {

    @Autowired
    private MockMvcTester http;

    private MvcTestResult preview(String body) {
        return send(http.post().uri("/api/v1/schedules/preview").with(READER), body)
                .exchange();
    }

    @Test
    void tellsTheNextFires() {
        JsonNode preview = ok(preview("""
                {'schedule': '30 2 * * *', 'timezone': 'Europe/Berlin', 'after': '2026-06-01T00:00:00Z', 'count': 2}
                """));

        assertThat(preview.path("nextFires").valueStream().map(JsonNode::asString))
                .containsExactly("2026-06-01T00:30:00Z", "2026-06-02T00:30:00Z");
        assertThat(preview.path("description").asString()).isNotBlank();
    }

    @Test
    void tellsFiveFiresFromNowUnlessAskedOtherwise() {
        assertThat(ok(preview("{'schedule': '0 3 * * *'}")).path("nextFires")).hasSize(5);
    }

    @Test
    void warnsOfWhatMaySurprise() {
        JsonNode preview = ok(preview("{'schedule': '0 2 31 2 * *', 'timezone': 'Europe/Berlin'}"));

        assertThat(preview.path("nextFires")).isEmpty();
        assertThat(preview.path("warnings").valueStream().map(warning -> warning.path("code")
                        .asString()))
                .contains("sixth_field", "never_fires");
        assertThat(preview.path("warnings").valueStream().map(warning -> warning.path("warning")
                        .asString()))
                .allMatch(text -> !text.isBlank());
    }

    @Test
    void hasNoWarningsOfAnOrdinarySchedule() {
        assertThat(ok(preview("{'schedule': '0 12 * * *', 'timezone': 'Europe/Berlin'}"))
                        .path("warnings"))
                .isEmpty();
    }

    @Test
    void countsIntervalsFromTheTimeAskedAbout() {
        assertThat(ok(preview("{'schedule': '@every 90 minutes', 'after': '2026-06-01T00:00:00Z', 'count': 2}"))
                        .path("nextFires")
                        .valueStream()
                        .map(JsonNode::asString))
                .containsExactly("2026-06-01T01:30:00Z", "2026-06-01T03:00:00Z");
    }

    @Test
    void knowsNoTimesOfWhatWaitsForSomethingElse() {
        for (String schedule : new String[] {"@reboot", "@after another job", "@after-failure another job"}) {
            JsonNode preview = ok(preview("{'schedule': '" + schedule + "'}"));

            assertThat(preview.path("nextFires")).isEmpty();
            assertThat(preview.path("description").asString()).isNotBlank();
        }
    }

    @Test
    void namesTheFieldThatIsWrong() {
        assertThat(field("{'schedule': 'nonsense'}")).isEqualTo("schedule");
        assertThat(field("{'schedule': '0 3 * * *', 'timezone': 'Mars/Base'}")).isEqualTo("timezone");
        assertThat(field("{}")).isEqualTo("schedule");
        assertThat(field("{'schedule': '0 3 * * *', 'count': 101}")).isEqualTo("count");
    }

    private String field(String body) {
        return problem(preview(body), 400).path("errors").path(0).path("field").asString();
    }
}
