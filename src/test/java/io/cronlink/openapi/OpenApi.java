package io.cronlink.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPatternParser;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** openapi.yaml, to hold against it what the service is asked for and answers. */
public final class OpenApi {

    private static final String LOCATION = "https://cronlink/openapi";
    private static final OpenApi ONLY = new OpenApi();

    private final JsonNode document;
    private final SchemaRegistry schemas;

    private OpenApi() {
        try {
            document = new YAMLMapper().readTree(new ClassPathResource("openapi.yaml").getContentAsString(UTF_8));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        schemas = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(Map.of(LOCATION, document.toString())));
    }

    public static OpenApi get() {
        return ONLY;
    }

    JsonNode document() {
        return document;
    }

    /** All operations, by what they are called by: {@code GET /api/v1/jobs}. */
    Map<String, JsonNode> operations() {
        Map<String, JsonNode> operations = new LinkedHashMap<>();
        document.path("paths").properties().forEach(path -> path.getValue().properties().stream()
                .filter(method -> !method.getKey().equals("parameters"))
                .forEach(method -> operations.put(
                        method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(), method.getValue())));
        return operations;
    }

    /** The parameters of an operation, with those of its path, as {@code query limit}. */
    List<String> parameters(String operation) {
        String path = operation.substring(operation.indexOf(' ') + 1);
        return Stream.of(document.path("paths").path(path), operations().get(operation))
                .flatMap(holder -> elements(holder.path("parameters")))
                .map(this::resolved)
                .map(parameter -> parameter.path("in").asString() + " "
                        + parameter.path("name").asString())
                .toList();
    }

    static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.path("$ref").asString().substring(1)) : node;
    }

    /** What is undocumented in an answer; empty: nothing. */
    public List<String> faults(String method, String path, int status, @Nullable String contentType, String body) {
        Optional<String> template = template(path, method);
        if (template.isEmpty()) {
            // Nothing of ours: the answer must be a problem.
            return status < 400 ? List.of("no such operation") : problemFaults(contentType, body);
        }
        JsonNode responses = document.path("paths")
                .path(template.get())
                .path(method.toLowerCase(Locale.ROOT))
                .path("responses");
        JsonNode response = responses.path(String.valueOf(status));
        if (response.isMissingNode()) {
            return status < 400 ? List.of("status " + status + " is not documented") : problemFaults(contentType, body);
        }
        JsonNode content = resolved(response).path("content");
        if (content.isMissingNode()) {
            return body.isEmpty() ? List.of() : List.of("there is a body");
        }
        String type = contentType == null
                ? ""
                : MediaType.parseMediaType(contentType).removeQualityValue().toString();
        String plain = type.replaceAll(";.*", "");
        if (content.path(plain).isMissingNode()) {
            return List.of("type " + contentType + " is not documented");
        }
        return plain.endsWith("json") ? schemaFaults(content.path(plain).path("schema"), body) : List.of();
    }

    private List<String> problemFaults(@Nullable String contentType, String body) {
        if (contentType == null || !contentType.startsWith(MediaType.APPLICATION_PROBLEM_JSON_VALUE)) {
            return List.of("the error is no problem but " + contentType);
        }
        return schemaFaults(
                document.at("/components/responses/Problem/content/application~1problem+json/schema"), body);
    }

    /** Of a schema that is a reference, or of one that stands where it is used. */
    List<String> schemaFaults(JsonNode schema, String json) {
        JsonNode absolute = JsonMapper.shared()
                .readTree(schema.toString().replace("\"$ref\":\"#/", "\"$ref\":\"" + LOCATION + "#/"));
        Schema compiled = schemas.getSchema(SchemaLocation.of(LOCATION + "/used/" + absolute.hashCode()), absolute);
        List<String> faults = new ArrayList<>();
        compiled.validate(JsonMapper.shared().readTree(json)).forEach(error -> faults.add(error.toString()));
        return faults;
    }

    private Optional<String> template(String path, String method) {
        PathContainer container = PathContainer.parsePath(path);
        List<String> fitting = document.path("paths").properties().stream()
                .filter(entry -> entry.getValue().has(method.toLowerCase(Locale.ROOT)))
                .map(Map.Entry::getKey)
                .filter(template ->
                        PathPatternParser.defaultInstance.parse(template).matches(container))
                .toList();
        // The one with the fewest variables.
        return fitting.stream()
                .min(Comparator.comparing(
                        template -> template.chars().filter(c -> c == '{').count()));
    }
}
