package io.cronlink.problem;

import static io.cronlink.Json.problem;
import static io.cronlink.TestUsers.ADMIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.cronlink.CronlinkTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;

@CronlinkTest
class QueryParametersTests {

    @Autowired
    private MockMvcTester http;

    private MvcTestResult request(String method, String path) {
        return http.method(HttpMethod.valueOf(method))
                .uri(path)
                .with(ADMIN)
                .contentType(MediaType.APPLICATION_JSON)
                .content("{}")
                .exchange();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    GET,    /api/v1/jobs
                    POST,   /api/v1/jobs
                    GET,    /api/v1/jobs/999999
                    PATCH,  /api/v1/jobs/999999
                    DELETE, /api/v1/jobs/999999
                    POST,   /api/v1/jobs/999999/pause
                    POST,   /api/v1/jobs/999999/resume
                    POST,   /api/v1/jobs/999999/runs
                    GET,    /api/v1/runs
                    POST,   /api/v1/runs
                    GET,    /api/v1/runs/999999
                    POST,   /api/v1/runs/999999/cancel
                    POST,   /api/v1/runs/999999/rerun
                    POST,   /api/v1/schedules/preview
                    GET,    /api/v1/settings
                    PATCH,  /api/v1/settings
                    """)
    void areRefusedWhereNobodyKnowsThem(String method, String path) {
        JsonNode problem = problem(request(method, path + "?jobnam=nightly"), 400);

        assertThat(problem.path("detail").asString()).isEqualTo("jobnam: There is no such parameter.");
        assertThat(problem.path("errors").path(0).path("field").asString()).isEqualTo("jobnam");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    /api/v1/jobs?active=,             active,  The parameter has no value.
                    /api/v1/jobs?active,              active,  The parameter has no value.
                    /api/v1/jobs?jobname=,            jobname, The parameter has no value.
                    /api/v1/runs?jobid=,              jobid,   The parameter has no value.
                    /api/v1/jobs?jobname=a&jobname=b, jobname, The parameter is given more than once.
                    /api/v1/jobs?active=perhaps,      active,  The value is not of the parameter's type.
                    /api/v1/runs?status=unknown,      status,  The value is not of the parameter's type.
                    /api/v1/runs/one,                 runid,   The value is not of the parameter's type.
                    /api/v1/jobs?limit=0,             limit,   must be greater than or equal to 1
                    """, quoteCharacter = '"')
    void areRefusedWhenTheyCannotBeMeant(String path, String field, String message) {
        JsonNode error = problem(request("GET", path), 400).path("errors").path(0);

        assertThat(error.path("field").asString()).isEqualTo(field);
        assertThat(error.path("message").asString()).isEqualTo(message);
    }

    @Test
    void areTakenWhereTheyAreKnown() {
        assertThat(request("GET", "/api/v1/jobs?jobname=a b&username=alice&active=true&after=7&limit=8"))
                .hasStatusOk();
        assertThat(request("GET", "/api/v1/runs?jobid=1&status=failed&before=7&limit=8"))
                .hasStatusOk();
    }

    @Test
    void areNotLookedAtElsewhere() {
        assertThat(request("GET", "/actuator/health/liveness?jobnam=nightly")).hasStatusOk();
    }
}
