package io.cronlink.jobfile;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLParser;

/** YAML or JSON as a tree that knows where each of its parts stands. Aliases are refused: a few lines of them are gigabytes. */
final class LocatedTree {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Map<String, TokenStreamLocation> places = new HashMap<>();
    private final JsonParser parser;

    private LocatedTree(JsonParser parser) {
        this.parser = parser;
    }

    /** What of a tree stands where. */
    record Located(JsonNode root, Map<String, TokenStreamLocation> places) {

        /** Of what is not there, the place of what it would be in. */
        Fault fault(String field, String message) {
            String known = field;
            while (!places.containsKey(known) && !known.isEmpty()) {
                known = known.substring(0, Math.max(0, Math.max(known.lastIndexOf('.'), known.lastIndexOf('['))));
            }
            return LocatedTree.fault(field, message, places.get(known));
        }
    }

    static Located read(JsonParser parser) {
        LocatedTree tree = new LocatedTree(parser);
        JsonToken first = parser.nextToken();
        JsonNode root = first == null ? NODES.missingNode() : tree.value(first, "");
        if (parser.nextToken() != null) {
            throw tree.refusal("", "The file has a second document.");
        }
        return new Located(root, Map.copyOf(tree.places));
    }

    private JsonNode value(JsonToken token, String path) {
        if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
            throw refusal(path, "is an alias, which files of jobs cannot have. A text that begins with * needs quotes");
        }
        places.putIfAbsent(path, parser.currentTokenLocation());
        return switch (token) {
            case START_OBJECT -> object(path);
            case START_ARRAY -> array(path);
            case VALUE_STRING -> NODES.stringNode(parser.getString());
            case VALUE_NUMBER_INT -> NODES.numberNode(parser.getBigIntegerValue());
            case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDecimalValue());
            case VALUE_TRUE, VALUE_FALSE -> NODES.booleanNode(token == JsonToken.VALUE_TRUE);
            case VALUE_NULL -> NODES.nullNode();
            default -> throw refusal(path, "is of a kind that files of jobs cannot have");
        };
    }

    private ObjectNode object(String path) {
        ObjectNode object = NODES.objectNode();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            String field = path.isEmpty() ? name : path + "." + name;
            if (object.has(name)) {
                throw refusal(field, "is there twice");
            }
            places.put(field, parser.currentTokenLocation());
            object.set(name, value(parser.nextToken(), field));
        }
        return object;
    }

    private ArrayNode array(String path) {
        ArrayNode array = NODES.arrayNode();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            array.add(value(token, path + "[" + array.size() + "]"));
        }
        return array;
    }

    private BadJobFile refusal(String field, String message) {
        return new BadJobFile(List.of(fault(field, message, parser.currentTokenLocation())));
    }

    static Fault fault(String field, String message, @Nullable TokenStreamLocation place) {
        return place == null || place.getLineNr() < 1
                ? new Fault(field, message, null, null)
                : new Fault(field, message, place.getLineNr(), Math.max(1, place.getColumnNr()));
    }
}
