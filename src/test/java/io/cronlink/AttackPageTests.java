package io.cronlink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of the attacks names tests that there are. */
class AttackPageTests {

    private static final Pattern TEST = Pattern.compile("`([A-Za-z]+Tests)\\.([A-Za-z0-9]+)`");
    private static final Path SOURCES = Path.of("src", "test", "java");

    private static Map<String, String> testClasses() throws IOException {
        Map<String, String> classes = new TreeMap<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith("Tests.java")).toList()) {
                classes.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
            }
        }
        return classes;
    }

    @Test
    void namesTestsThatThereAre() throws IOException {
        Map<String, String> classes = testClasses();
        List<String> named = TEST.matcher(Files.readString(Path.of("docs", "attacks.md")))
                .results()
                .map(found -> found.group(1) + "." + found.group(2))
                .toList();

        assertThat(named).hasSizeGreaterThan(45).doesNotHaveDuplicates().allSatisfy(test -> {
            String[] parts = test.split("\\.", 2);
            assertThat(classes).containsKey(parts[0]);
            assertThat(classes.get(parts[0])).contains("void " + parts[1] + "(");
        });
    }
}
