package io.cronlink.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** What values.yaml, the schema and the templates know is the same. */
class ValuesTests {

    private static final String VALUES = Chart.read(Chart.FOLDER.resolve("values.yaml"));
    private static final Pattern USE = Pattern.compile("\\.Values((?:\\.[A-Za-z]+)+)");

    /** Values under which each other value has an effect, and what they give. */
    private static final Map<String, Manifests> BASES = new LinkedHashMap<>();

    @BeforeAll
    static void renderBases() {
        for (String name : List.of("referenced.yaml", "inline.yaml", "small.yaml")) {
            String base = Chart.read(Path.of("src", "test", "resources", "chart", name));
            BASES.put(base, Chart.render(base));
        }
    }

    static Stream<ChartValue> values() {
        return ChartValue.all();
    }

    static Stream<ChartValue> groupsAndValues() {
        return ChartValue.groupsAndValues();
    }

    @Test
    void areInValuesYamlAndInTheSchema() {
        List<String> described =
                ChartValue.groupsAndValues().map(ChartValue::path).toList();

        assertThat(linesOfKeys().keySet()).isNotEmpty().containsExactlyInAnyOrderElementsOf(described);
    }

    @Test
    void haveAComment() {
        List<String> lines = VALUES.lines().toList();

        assertThat(linesOfKeys())
                .allSatisfy((path, line) ->
                        assertThat(lines.get(line - 1).strip()).as(path).startsWith("# "));
    }

    @Test
    void existIfATemplateUsesThem() {
        Map<String, Integer> known = linesOfKeys();

        List<String> used = Chart.templates().stream()
                .flatMap(file -> USE.matcher(Chart.read(file)).results())
                .map(use -> use.group(1).substring(1))
                .distinct()
                .toList();

        assertThat(used).hasSizeGreaterThan(20).isSubsetOf(known.keySet());
    }

    @ParameterizedTest
    @MethodSource("groupsAndValues")
    void areTypedAndClosed(ChartValue value) {
        if (value.isGroup()) {
            assertThat(value.schema().path("additionalProperties").asBoolean(true))
                    .isFalse();
        } else {
            assertThat(value.schema().has("type") || value.schema().has("enum")).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("values")
    void changeWhatIsRendered(ChartValue value) {
        List<Manifests> changed = value.candidates().stream()
                .flatMap(candidate -> changed(value.with(candidate)).limit(1))
                .toList();

        assertThat(changed).isNotEmpty().allSatisfy(ManifestRules::check);
    }

    private static Stream<Manifests> changed(String values) {
        return BASES.entrySet().stream().flatMap(base -> {
            try {
                Manifests manifests = Chart.render(base.getKey(), values);
                return Stream.of(manifests).filter(rendered -> !rendered.equals(base.getValue()));
            } catch (IllegalStateException refused) {
                // It does not go together with this base, such as a password with a reference to one.
                return Stream.empty();
            }
        });
    }

    /** By path: the line on which a group or value is in values.yaml, counted from 0. */
    private static Map<String, Integer> linesOfKeys() {
        Map<String, Integer> lines = new HashMap<>();
        collect("", (MappingNode) Manifests.yaml().compose(new StringReader(VALUES)), lines);
        return lines;
    }

    private static void collect(String prefix, MappingNode group, Map<String, Integer> lines) {
        List<String> groups = ChartValue.groupsAndValues()
                .filter(ChartValue::isGroup)
                .map(ChartValue::path)
                .toList();
        for (NodeTuple entry : group.getValue()) {
            ScalarNode key = (ScalarNode) entry.getKeyNode();
            String path = prefix + key.getValue();
            lines.put(path, key.getStartMark().getLine());
            if (groups.contains(path) && entry.getValueNode() instanceof MappingNode below) {
                collect(path + ".", below, lines);
            }
        }
    }
}
