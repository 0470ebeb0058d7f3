package io.cronlink.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What README.md tells to type installs the chart. */
class ReadmeTests {

    static Stream<String> installCommands() {
        return Chart.read(Path.of("README.md"))
                .replaceAll("\\\\\n\\s*", "")
                .lines()
                .filter(line -> line.startsWith("helm install "));
    }

    private static Map<String, String> values(String command) {
        List<String> words = List.of(command.split("\\s+"));
        assertThat(words).startsWith("helm", "install", Chart.NAME, Chart.FOLDER.toString());
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 4; i < words.size(); i++) {
            if (words.get(i).equals("--set")) {
                String[] assignment = words.get(++i).split("=", 2);
                values.put(assignment[0], assignment[1]);
            } else {
                assertThat(words.get(i)).isEqualTo("--wait");
            }
        }
        return values;
    }

    @Test
    void saysHowToInstall() {
        assertThat(installCommands()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("installCommands")
    void installsWhatKubernetesTakes(String command) {
        Map<String, String> values = values(command);

        Manifests manifests = Chart.renderAsIs(values);

        ManifestRules.check(manifests);
        assertThat(manifests.container().path("image").asString())
                .isEqualTo(values.get("image.repository") + ":" + values.get("image.tag"));
        assertThat(manifests.secret("SPRING_DATASOURCE_PASSWORD"))
                .isEqualTo(values.get("database.existingSecret.name") + "/password");
    }

    /** The test of `helm test` asks once, so that the pods have to be ready before. */
    @ParameterizedTest
    @MethodSource("installCommands")
    void waitsForThePods(String command) {
        assertThat(command.split("\\s+")).contains("--wait");
    }

    /** Else the test above would take a line that Helm refuses. */
    @ParameterizedTest
    @MethodSource("installCommands")
    void isReadWithTheTypesOfTheCommandLine(String command) {
        Map<String, String> values = values(command);
        values.put("image.tag", "1");

        assertThatThrownBy(() -> Chart.renderAsIs(values))
                .hasMessageContaining("at '/image/tag': got number, want string");
    }
}
