package io.cronlink.install;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;

/** What a reader of one page does with it: its SQL, the environment of its container, the messages that it explains. */
record Guide(String name, String text) {

    static final Path FOLDER = Path.of("docs", "install");

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w+)\\n(.*?)^```$");
    private static final Pattern FIRST_LINE =
            Pattern.compile("-- (?:Only if (?<condition>[^.]+)\\. )?As (?<role>[^,]+), in database (?<database>\\w+):");
    private static final Pattern VARIABLE = Pattern.compile("-e ([A-Z_]+)=(?:'([^']*)'|(\\S+))");
    private static final Pattern MESSAGE = Pattern.compile("(?m)^\\| `([^`]+)` \\|");

    /**
     * @param condition when this block is for the reader, if it is not for everybody
     * @param role as whom to run it, in the guide's words
     * @param afterStart whether the service runs by then
     */
    record Sql(@Nullable String condition, String role, String database, List<String> statements, boolean afterStart) {}

    static Guide of(String name) {
        try {
            return new Guide(name, Files.readString(FOLDER.resolve(name)));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** In the order of the page. A block that does not say who runs it, and where, is a mistake. */
    List<Sql> sql() {
        int start = startsAt();
        return blocks("sql").stream()
                .map(block -> sql(block.group(2), block.start() > start))
                .toList();
    }

    private Sql sql(String block, boolean afterStart) {
        Matcher first = FIRST_LINE.matcher(block);
        if (!first.lookingAt()) {
            throw new AssertionError(name + ": who runs this, and where?\n" + block);
        }
        return new Sql(
                first.group("condition"),
                Objects.requireNonNull(first.group("role")),
                Objects.requireNonNull(first.group("database")),
                statements(block),
                afterStart);
    }

    private static List<String> statements(String block) {
        return Arrays.stream(block.replaceAll("(?m)--.*$", "").split(";\\s*\\n"))
                .map(String::strip)
                .filter(statement -> !statement.isEmpty())
                .toList();
    }

    /** What the container is started with; one for each way that the page shows. */
    List<Map<String, String>> environments() {
        return containers().stream()
                .map(block -> block.group(1).equals("yaml")
                        ? environmentOfPod(block.group(2))
                        : environmentOfRun(block.group(2)))
                .toList();
    }

    private int startsAt() {
        return containers().stream().map(MatchResult::start).findFirst().orElse(Integer.MAX_VALUE);
    }

    private List<MatchResult> containers() {
        List<MatchResult> containers = new ArrayList<>();
        for (MatchResult block : BLOCK.matcher(text).results().toList()) {
            if (block.group(2).contains("SPRING_DATASOURCE_URL")) {
                containers.add(block);
            }
        }
        return containers;
    }

    private static Map<String, String> environmentOfRun(String command) {
        Map<String, String> environment = new LinkedHashMap<>();
        VARIABLE.matcher(command)
                .results()
                .forEach(variable -> environment.put(
                        variable.group(1), variable.group(2) == null ? variable.group(3) : variable.group(2)));
        return environment;
    }

    /** Of a secret it is the key that counts. */
    private static Map<String, String> environmentOfPod(String manifest) {
        Map<String, String> environment = new LinkedHashMap<>();
        for (Object variable : (List<?>) at(new Yaml().load(manifest), "env")) {
            Object value = ((Map<?, ?>) variable).get("value");
            environment.put(
                    (String) at(variable, "name"),
                    value == null
                            ? "secret:" + at(variable, "valueFrom", "secretKeyRef", "key")
                            : String.valueOf(value));
        }
        return environment;
    }

    /** The statements that CloudNativePG runs in a new cluster. */
    List<String> statementsOfNewCluster() {
        String manifest = blocks("yaml").stream()
                .map(block -> block.group(2))
                .filter(block -> block.contains("postInitApplicationSQL"))
                .findFirst()
                .orElseThrow();
        return ((List<?>) at(new Yaml().load(manifest), "spec", "bootstrap", "initdb", "postInitApplicationSQL"))
                .stream().map(String.class::cast).toList();
    }

    private static Object at(Object node, String... path) {
        Object found = node;
        for (String key : path) {
            found = Objects.requireNonNull(((Map<?, ?>) found).get(key), key);
        }
        return found;
    }

    /** The first column of its tables, as far as it quotes; what varies is written as {@code …}. */
    List<String> messages() {
        return MESSAGE.matcher(text).results().map(row -> row.group(1)).toList();
    }

    /** How to look for a message in what the service says. */
    static Pattern pattern(String message) {
        return Pattern.compile(Arrays.stream(message.split("…", -1))
                .map(Pattern::quote)
                .reduce((a, b) -> a + "[^\\n]*?" + b)
                .orElseThrow());
    }

    private List<MatchResult> blocks(String language) {
        return BLOCK.matcher(text)
                .results()
                .filter(block -> block.group(1).equals(language))
                .toList();
    }
}
