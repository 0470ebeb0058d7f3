package io.cronlink.chart;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A value of the chart, as its schema describes it. What has no properties of its own there, such as a list or a part of
 * Kubernetes' API, is one value.
 *
 * @param path its names, joined by dots
 */
record ChartValue(String path, JsonNode schema) {

    private static final JsonMapper MAPPER = JsonMapper.shared();
    private static final JsonNode SCHEMA = MAPPER.readTree(Chart.read(Chart.FOLDER.resolve("values.schema.json")));

    /** Of a chart that this one is a part of. */
    private static final List<String> OF_A_PARENT = List.of("global", "enabled");

    static Stream<ChartValue> all() {
        return groupsAndValues().filter(value -> !value.isGroup());
    }

    static Stream<ChartValue> groupsAndValues() {
        return below("", SCHEMA);
    }

    private static Stream<ChartValue> below(String prefix, JsonNode group) {
        return group.path("properties").properties().stream()
                .filter(property -> !(prefix.isEmpty() && OF_A_PARENT.contains(property.getKey())))
                .flatMap(property -> {
                    ChartValue value = new ChartValue(prefix + property.getKey(), resolve(property.getValue()));
                    return Stream.concat(Stream.of(value), below(value.path + ".", value.schema));
                });
    }

    private static JsonNode resolve(JsonNode schema) {
        String reference = schema.path("$ref").asString("");
        return reference.isEmpty() ? schema : SCHEMA.at(reference.substring(1));
    }

    boolean isGroup() {
        return schema.has("properties");
    }

    /** Values to try it out with, of which one at least is not the standard. */
    List<JsonNode> candidates() {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        if (schema.has("examples")) {
            return schema.path("examples").valueStream().toList();
        }
        if (schema.has("enum")) {
            return schema.path("enum").valueStream().toList();
        }
        return switch (schema.path("type").asString()) {
            case "boolean" -> List.of(nodes.booleanNode(true), nodes.booleanNode(false));
            case "integer" ->
                IntStream.of(7, 8).<JsonNode>mapToObj(nodes::numberNode).toList();
            default -> throw new IllegalStateException("the schema has no example of " + path);
        };
    }

    /** As a file of values. */
    String with(JsonNode value) {
        ObjectNode root = MAPPER.createObjectNode();
        ObjectNode group = root;
        String[] names = path.split("\\.", -1);
        for (int i = 0; i < names.length - 1; i++) {
            group = group.putObject(names[i]);
        }
        group.set(names[names.length - 1], value);
        return root.toString();
    }

    @Override
    public String toString() {
        return path;
    }
}
