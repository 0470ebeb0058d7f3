package io.cronlink.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.FileSystemUtils;
import org.xml.sax.InputSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class ChartTests {

    private static final Path VALUES = Path.of("src", "test", "resources", "chart");

    private static final Pattern VARIANT = Pattern.compile("(?m)^#\\w.*\\n(#.*\\n)*");

    private static final String REFERENCED = Chart.read(VALUES.resolve("referenced.yaml"));

    static Stream<Path> valuesFiles() throws IOException {
        try (Stream<Path> examples = Files.list(Chart.EXAMPLES);
                Stream<Path> combinations = Files.list(VALUES)) {
            return Stream.concat(examples, combinations).sorted().toList().stream();
        }
    }

    static Stream<Arguments> variants() throws IOException {
        try (Stream<Path> examples = Files.list(Chart.EXAMPLES)) {
            return examples.sorted().toList().stream().flatMap(ChartTests::variants);
        }
    }

    /**
     * What an example has commented out: paragraphs whose YAML follows the # at once, while words follow it after a space. Each stands
     * for itself, instead of what the example has by that name.
     */
    private static Stream<Arguments> variants(Path example) {
        return VARIANT.matcher(Chart.read(example))
                .results()
                .map(variant -> variant.group().replaceAll("(?m)^#", ""))
                .map(variant -> Arguments.of(example, variant));
    }

    /** An example has to do by itself. */
    private static Manifests render(Path file) {
        String values = Chart.read(file);
        return file.startsWith(Chart.EXAMPLES) ? Chart.renderAsIs(values) : Chart.render(values);
    }

    @Test
    void passesHelmsStrictLint() {
        LintResult result = new Helm(Chart.FOLDER).lint().strict().call();

        assertThat(result.isFailed()).as("%s", result.getMessages()).isFalse();
        assertThat(result.getMessages())
                .allSatisfy(message -> assertThat(message).endsWith("icon is recommended"));
    }

    @Test
    void installsTheVersionThatIsBuilt() throws XPathExpressionException {
        String version = XPathFactory.newInstance()
                .newXPath()
                .evaluate("/*/*[local-name() = 'version']", new InputSource("pom.xml"));

        JsonNode chart = Manifests.parse(Chart.read(Chart.FOLDER.resolve("Chart.yaml")));

        assertThat(version).isNotEmpty();
        assertThat(chart.path("appVersion").asString()).isEqualTo(version);
        assertThat(chart.path("version").asString()).isEqualTo(version.replace("-SNAPSHOT", ""));
        assertThat(Chart.render(Chart.MINIMAL).container().path("image").asString())
                .isEqualTo(Chart.REPOSITORY + ":" + version);
    }

    @ParameterizedTest
    @MethodSource("valuesFiles")
    void rendersWhatKubernetesTakes(Path file) {
        ManifestRules.check(render(file));
    }

    @Test
    void hasVariantsInEachExample() throws IOException {
        assertThat(variants().map(variant -> variant.get()[0]))
                .containsAll(valuesFiles()
                        .filter(file -> file.startsWith(Chart.EXAMPLES))
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("variants")
    void rendersTheVariantsThatExamplesHaveCommentedOut(Path example, String variant) {
        ObjectNode values = (ObjectNode) Manifests.parse(Chart.read(example));

        Manifests manifests = Chart.renderAsIs(
                values.setAll((ObjectNode) Manifests.parse(variant)).toString());

        ManifestRules.check(manifests);
        assertThat(manifests).isNotEqualTo(Chart.renderAsIs(Chart.read(example)));
    }

    @ParameterizedTest
    @MethodSource("valuesFiles")
    void meetsThePodSecurityStandardRestricted(Path file) {
        assertThat(render(file).pods()).hasSize(2).allSatisfy(ManifestRules::checkRestricted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cronlink",
                "my-cronlink",
                "a.b.c",
                "a",
                "123",
                "1db",
                "1e3",
                "true",
                "1-fifty-three-characters-is-the-most-that-helm-allows",
                "fifty-three-characters-is-the-most-that-helm-allows-x",
                "ends-in-a-hyphen-where-the-name-is-cut-off-at-63xx"
            })
    void givesValidNamesForAnyRelease(String release) {
        for (String names : new String[] {
            "",
            "nameOverride: a-name-that-is-as-long-as-one-may-be-which-is-63-characters-xyz\n",
            "fullnameOverride: a-name-that-is-as-long-as-one-may-be-which-is-63-characters-xyz\n",
            "nameOverride: a\n"
        }) {
            ManifestRules.check(Chart.renderAs(release, REFERENCED, names));
        }
    }

    /** YAML takes them for numbers, booleans and nothing, unless they are quoted. */
    @Test
    void quotesWhatIsMeantAsText() {
        ManifestRules.check(Chart.renderAs("123", """
                nameOverride: "true"
                image: {repository: "123", tag: "456"}
                database:
                  existingSecret:
                    {name: "1", usernameKey: "2", passwordKey: "true", hostKey: "null", portKey: "1e3", databaseKey: "0x1"}
                  rootCertificate: {secret: "123", key: "on"}
                  sslmode: verify-full
                  administrator: {existingSecret: {name: "3", usernameKey: "no", passwordKey: "-1"}}
                jobs: {existingSecret: {name: "4", usernameKey: "y", passwordKey: "1.5"}}
                security:
                  existingSecret: {name: "true", usernameKey: "7", passwordKey: "8"}
                  users: [{name: "5", role: reader, existingSecret: {name: "6", passwordKey: "false"}}]
                serviceAccount: {create: false, name: "7"}
                imagePullSecrets: [{name: "8"}]
                priorityClassName: "9"
                networkPolicy: {enabled: true}
                ingress:
                  enabled: true
                  className: "10"
                  hosts: [{host: "11", paths: [{path: /, pathType: Prefix}]}]
                  tls: [{secretName: "12", hosts: ["13"]}]
                tmp: {sizeLimit: "67108864"}
                """));
        ManifestRules.check(Chart.renderAs("123", Chart.MINIMAL, """
                fullnameOverride: "null"
                database: {sslmode: verify-ca, rootCertificate: {configMap: "123"}}
                config: {debug: true}
                """));
    }

    /** In base 64 this password is 0400. */
    @Test
    void quotesPasswordsThatLookLikeNumbersInBase64() {
        String password = new String(Base64.getDecoder().decode("0400"), StandardCharsets.UTF_8);

        ManifestRules.check(Chart.render(Chart.MINIMAL, "database: {password: %s}".formatted(password)));
    }

    @Test
    void worksAsAPartOfAnotherChart(@TempDir Path parent) throws IOException {
        Path child = parent.resolve("charts").resolve("cronlink");
        FileSystemUtils.copyRecursively(Chart.FOLDER, child);
        Files.writeString(parent.resolve("Chart.yaml"), """
                apiVersion: v2
                name: parent
                version: 1.0.0
                dependencies: [{name: cronlink, version: ">=0-0", condition: cronlink.enabled}]
                """);
        Files.writeString(
                parent.resolve("values.yaml"),
                "global: {some: thing}\ncronlink:\n  enabled: true\n" + Chart.MINIMAL.indent(2));

        String rendered = new Helm(parent)
                .template()
                .withName(Chart.RELEASE)
                .withNamespace(Chart.NAMESPACE)
                .withKubeVersion("1.25.0")
                .call();

        assertThat(Manifests.of(rendered).container().path("name").asString()).isEqualTo("cronlink");
    }
}
