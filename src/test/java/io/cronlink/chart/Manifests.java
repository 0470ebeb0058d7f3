package io.cronlink.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Objects for Kubernetes. */
record Manifests(List<JsonNode> all) {

    private static final JsonMapper MAPPER = JsonMapper.shared();

    static Manifests of(String yaml) {
        return new Manifests(StreamSupport.stream(yaml().loadAll(yaml).spliterator(), false)
                .filter(Objects::nonNull)
                .<JsonNode>map(MAPPER::valueToTree)
                .toList());
    }

    static JsonNode parse(String yaml) {
        return MAPPER.valueToTree(yaml().load(yaml));
    }

    /** Refuses a key that is there twice, of which Kubernetes would take the last. */
    static Yaml yaml() {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        return new Yaml(options);
    }

    List<JsonNode> kind(String kind) {
        return all.stream()
                .filter(manifest -> manifest.path("kind").asString().equals(kind))
                .toList();
    }

    JsonNode only(String kind) {
        List<JsonNode> found = kind(kind);
        assertThat(found).as(kind).hasSize(1);
        return found.get(0);
    }

    /** The pods that the service runs in, as the deployment makes them. */
    JsonNode pod() {
        return only("Deployment").at("/spec/template");
    }

    JsonNode container() {
        return pod().at("/spec/containers/0");
    }

    JsonNode testPod() {
        return only("Pod");
    }

    List<JsonNode> pods() {
        return List.of(pod(), testPod());
    }

    Stream<JsonNode> containers() {
        return pods().stream().flatMap(pod -> pod.at("/spec/containers").valueStream());
    }

    /** The variable of this name in the service's container. */
    JsonNode variable(String name) {
        return container()
                .path("env")
                .valueStream()
                .filter(variable -> variable.path("name").asString().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no variable " + name));
    }

    String value(String variable) {
        return variable(variable).path("value").asString();
    }

    /** Secret and key from which a variable comes, as {@code secret/key}. */
    String secret(String variable) {
        JsonNode from = variable(variable).at("/valueFrom/secretKeyRef");
        return from.path("name").asString() + "/" + from.path("key").asString();
    }
}
