package io.cronlink.chart;

import com.marcnuri.helm.DryRun;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.InstallCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/**
 * The chart as Helm installs it, without a cluster. Helm's template command, as this library has it, would ask the cluster of
 * whoever runs the tests for the secret that the chart looks up. Its dry run does not, but shows only the notes: so a copy of
 * the chart, whose notes are all its templates, is what gets installed.
 */
final class Chart {

    static final Path FOLDER = Path.of("helm", "cronlink");
    static final Path EXAMPLES = Path.of("helm", "examples");

    static final String NAME = "cronlink";
    static final String RELEASE = "release";
    static final String NAMESPACE = "somewhere";

    static final String REPOSITORY = "registry.example.com/cronlink";

    /** It has no default, and matters to few tests. */
    private static final String IMAGE = "image: {repository: %s}\n".formatted(REPOSITORY);

    /** The least that has to be set. */
    static final String MINIMAL = IMAGE + """
            database: {host: db.example.com, name: app, username: cronlink, password: inline-secret}
            security: {password: inline-secret}
            """;

    private static final String NOTES = "NOTES:\n";
    private static final Path PRINTED = Path.of("target", "printed-chart");
    private static final String OLDEST_KUBERNETES = "1.25.0";
    private static final String NO_CLUSTER = kubeConfig("http://127.0.0.1:1");

    static {
        print();
    }

    private Chart() {}

    /** What Helm would send to Kubernetes, with an image if the values name none. */
    static Manifests render(String... values) {
        return renderAs(RELEASE, values);
    }

    static Manifests renderAs(String release, String... values) {
        return Manifests.of(install(PRINTED, release, DryRun.CLIENT, NO_CLUSTER, withImage(values)));
    }

    /** Likewise, with what the cluster has at this address. */
    static Manifests renderWithCluster(String address, String... values) {
        return Manifests.of(install(PRINTED, RELEASE, DryRun.SERVER, kubeConfig(address), withImage(values)));
    }

    /** Likewise, with these values and nothing else. */
    static Manifests renderAsIs(String... values) {
        return renderAsIs(Map.of(), values);
    }

    /**
     * @param set values as on the command line, by their paths: what looks like a number is one
     */
    static Manifests renderAsIs(Map<String, String> set, String... values) {
        return Manifests.of(install(PRINTED, RELEASE, DryRun.CLIENT, NO_CLUSTER, set, List.of(values)));
    }

    /** What Helm tells the user. */
    static String notes(String... values) {
        return install(FOLDER, RELEASE, DryRun.CLIENT, NO_CLUSTER, withImage(values));
    }

    static List<Path> templates() {
        try (Stream<Path> files = Files.walk(FOLDER.resolve("templates"))) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static List<String> withImage(String... values) {
        return Stream.concat(Stream.of(IMAGE), Stream.of(values)).toList();
    }

    private static String install(Path chart, String release, DryRun dryRun, String kubeConfig, List<String> values) {
        return install(chart, release, dryRun, kubeConfig, Map.of(), values);
    }

    private static String install(
            Path chart,
            String release,
            DryRun dryRun,
            String kubeConfig,
            Map<String, String> set,
            List<String> values) {
        List<Path> files = new ArrayList<>();
        try {
            InstallCommand install = new Helm(chart)
                    .install()
                    .withName(release)
                    .withNamespace(NAMESPACE)
                    .withKubeVersion(OLDEST_KUBERNETES)
                    .withKubeConfigContents(kubeConfig)
                    .clientOnly()
                    .dryRun()
                    .withDryRunOption(dryRun);
            for (String text : values) {
                Path file = Files.createTempFile("values", ".yaml");
                files.add(file);
                Files.writeString(file, text);
                install.withValuesFile(file);
            }
            set.forEach(install::set);
            String output = install.call().getOutput();
            return output.substring(output.indexOf(NOTES) + NOTES.length());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } finally {
            files.forEach(file -> file.toFile().delete());
        }
    }

    private static void print() {
        try {
            FileSystemUtils.deleteRecursively(PRINTED);
            FileSystemUtils.copyRecursively(FOLDER, PRINTED);
            Path folder = FOLDER.resolve("templates");
            String all = templates().stream()
                    .filter(file -> file.toString().endsWith(".yaml"))
                    .map(file ->
                            "---\n{{ include (print .Template.BasePath \"/" + folder.relativize(file) + "\") . }}\n")
                    .collect(Collectors.joining());
            Files.writeString(PRINTED.resolve("templates/NOTES.txt"), all);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String kubeConfig(String address) {
        return """
                apiVersion: v1
                kind: Config
                current-context: test
                contexts: [{name: test, context: {cluster: test, user: test}}]
                clusters: [{name: test, cluster: {server: "%s"}}]
                users: [{name: test, user: {}}]
                """.formatted(address);
    }
}
