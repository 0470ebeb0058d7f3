package io.cronlink.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A file of a routine, with its overloads, or of a view.
 *
 * @param path within the folder of all of them: layer, room if there is one, name
 * @param code without comments, texts and COMMENT ON
 */
record RoutineFile(Path path, String code) {

    private static final Path ROOT = Path.of("src", "main", "resources", "db", "routine");

    private static final Pattern SILENT =
            Pattern.compile("--[^\\n]*|\\$re\\$.*?\\$re\\$|'(?:[^']|'')*'", Pattern.DOTALL);

    static List<RoutineFile> all() {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(Files::isRegularFile)
                    .sorted()
                    .map(file -> new RoutineFile(ROOT.relativize(file), code(file)))
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String code(Path file) {
        try {
            return SILENT.matcher(Files.readString(file)).replaceAll("").replaceAll("COMMENT ON[^;]*;", "");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** As in {@code 3_run/queue}. */
    Path room() {
        return path.resolveSibling("");
    }

    /** The digit of its folder. */
    int layer() {
        return path.getName(0).toString().charAt(0) - '0';
    }

    /** As in {@code cron_engine.tick}. */
    String name() {
        return path.getFileName().toString().replaceAll("^R__\\d_|\\.sql$", "");
    }

    /** The digit of its own name, by which Flyway orders the files. */
    int order() {
        return path.getFileName().toString().charAt(3) - '0';
    }
}
