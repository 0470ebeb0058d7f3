package io.cronlink;

import static io.cronlink.TestUsers.ADMIN;

import org.springframework.http.HttpMethod;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MockMvcTester.MockMvcRequestBuilder;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;

/** The administrator's calls of {@code /api/v1}. */
public final class Api {

    private final MockMvcTester http;

    public Api(MockMvcTester http) {
        this.http = http;
    }

    public MockMvcRequestBuilder request(HttpMethod method, String path, Object... variables) {
        return http.method(method).uri("/api/v1" + path, variables).with(ADMIN);
    }

    public MvcTestResult get(String path, Object... variables) {
        return request(HttpMethod.GET, path, variables).exchange();
    }

    /** The answer to a GET, which must be a good one. */
    public JsonNode read(String path, Object... variables) {
        return Json.ok(get(path, variables));
    }

    public MvcTestResult post(String path, String body) {
        return Json.send(request(HttpMethod.POST, path), body).exchange();
    }

    public MvcTestResult put(String path, String body, Object... variables) {
        return Json.send(request(HttpMethod.PUT, path, variables), body).exchange();
    }

    public MvcTestResult patch(String path, String body) {
        return Json.send(request(HttpMethod.PATCH, path), body).exchange();
    }

    public MvcTestResult delete(String path, Object... variables) {
        return request(HttpMethod.DELETE, path, variables).exchange();
    }

    /** The number of a job just made. */
    public long job(String body) {
        JsonNode job = Json.of(post("/jobs", body));
        return job.path("jobid").asLong();
    }
}
