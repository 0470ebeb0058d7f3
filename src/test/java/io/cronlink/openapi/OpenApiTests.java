package io.cronlink.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.cronlink.Api;
import io.cronlink.CronlinkTest;
import io.cronlink.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

/** openapi.yaml and the controllers say the same, both ways. What is answered {@link AnswersAsDescribed} looks at. */
@CronlinkTest
class OpenApiTests {

    @Autowired
    private MockMvcTester http;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    private RequestMappingHandlerMapping mapping;

    private final OpenApi description = OpenApi.get();

    /** Several where one of them is chosen by a parameter. */
    private Map<String, List<HandlerMethod>> handlers() {
        Map<String, List<HandlerMethod>> handlers = new LinkedHashMap<>();
        mapping.getHandlerMethods()
                .forEach((condition, handler) -> condition.getPatternValues().forEach(path -> condition
                        .getMethodsCondition()
                        .getMethods()
                        .forEach(method -> handlers.computeIfAbsent(method + " " + path, operation -> new ArrayList<>())
                                .add(handler))));
        handlers.keySet().removeIf(operation -> !operation.contains(" /api/"));
        return handlers;
    }

    @Test
    void describesWhatThereIs() {
        assertThat(new TreeSet<>(description.operations().keySet()))
                .hasSizeGreaterThan(30)
                .isEqualTo(new TreeSet<>(handlers().keySet()));
    }

    @Test
    void describesTheParametersOfEachOperation() {
        handlers().forEach((operation, methods) -> assertThat(new TreeSet<>(description.parameters(operation)))
                .as(operation)
                .isEqualTo(new TreeSet<>(methods.stream()
                        .flatMap(method -> Arrays.stream(method.getMethodParameters()))
                        .flatMap(OpenApiTests::names)
                        .filter(name -> !name.equals("header " + HttpHeaders.CONTENT_TYPE))
                        .toList())));
    }

    private static Stream<String> names(MethodParameter parameter) {
        parameter.initParameterNameDiscovery(new DefaultParameterNameDiscoverer());
        RequestHeader header = parameter.getParameterAnnotation(RequestHeader.class);
        if (header != null) {
            return Stream.of("header " + header.name());
        }
        if (parameter.hasParameterAnnotation(ModelAttribute.class)) {
            return Arrays.stream(parameter.getParameterType().getRecordComponents())
                    .map(component -> "query " + component.getName());
        }
        if (parameter.hasParameterAnnotation(RequestParam.class)) {
            return Stream.of("query " + Objects.requireNonNull(parameter.getParameterName()));
        }
        return parameter.hasParameterAnnotation(PathVariable.class)
                ? Stream.of("path " + Objects.requireNonNull(parameter.getParameterName()))
                : Stream.empty();
    }

    @Test
    void explainsEachOperationParameterAndAnswer() {
        description.operations().forEach((name, operation) -> {
            assertThat(operation.path("operationId").asString("")).as(name).isNotBlank();
            assertThat(operation.path("summary").asString("")).as(name).isNotBlank();
            assertThat(operation.path("description").asString(""))
                    .as(name)
                    .containsPattern("Roles?:? (all|reader|operator|admin)");
            assertThat(operation.path("responses").has("default")).as(name).isTrue();
            OpenApi.elements(operation.path("parameters"))
                    .map(description::resolved)
                    .forEach(parameter -> assertThat(
                                    parameter.path("description").asString(""))
                            .as("%s %s", name, parameter)
                            .isNotBlank());
            operation.path("responses").forEach(response -> assertThat(
                            description.resolved(response).path("description").asString(""))
                    .as(name)
                    .isNotBlank());
        });
        assertThat(description.operations().values().stream()
                        .map(operation -> operation.path("operationId").asString("")))
                .doesNotHaveDuplicates();
    }

    @Test
    void givesExamplesThatFitTheirSchemas() {
        List<JsonNode> media = description.document().findValues("content").stream()
                .flatMap(content -> content.properties().stream())
                .filter(entry ->
                        entry.getKey().endsWith("json") && entry.getValue().has("example"))
                .map(Map.Entry::getValue)
                .toList();

        assertThat(media).hasSizeGreaterThan(8);
        assertThat(media).allSatisfy(type -> assertThat(description.schemaFaults(
                        type.path("schema"), type.path("example").toString()))
                .isEmpty());
    }

    @Test
    void isServed() {
        MvcTestResult served = new Api(http).get("/openapi.yaml");

        assertThat(served).hasStatusOk().hasContentType("application/yaml");
        assertThat(served).bodyText().startsWith("openapi: 3.1.");
    }

    @Test
    void noticesWhatIsNotDescribed() {
        assertThat(description.faults(
                        "GET",
                        "/api/v1/runs",
                        200,
                        "application/json",
                        "{'runs': [], 'next': null}".replace('\'', '"')))
                .isEmpty();
        assertThat(description.faults(
                        "GET", "/api/v1/runs", 200, "application/json", "{'runs': []}".replace('\'', '"')))
                .hasSize(1);
        assertThat(description.faults(
                        "GET",
                        "/api/v1/runs",
                        200,
                        "application/json",
                        "{'runs': [{'runid': 1}], 'next': 1}".replace('\'', '"')))
                .isNotEmpty();
        assertThat(description.faults("GET", "/api/v1/runs", 206, "application/json", "{}"))
                .hasSize(1);
        assertThat(description.faults("GET", "/api/v1/runs", 500, "text/html", "<html>"))
                .hasSize(1);
        assertThat(Json.of(new Api(http).get("/runs?limit=1")).has("runs")).isTrue();
    }
}
