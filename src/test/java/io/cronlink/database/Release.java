package io.cronlink.database;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.flywaydb.core.api.MigrationVersion;

/** What a release installs into a database: its files by their paths in the {@code db} folder. */
public record Release(String version, Map<String, String> files) {

    public static final Path FOLDER = Path.of("src", "test", "resources", "release");

    private static final Path PRESENT = Path.of("src", "main", "resources", "db");
    /** As {@code tail -n +1} begins each of several files. */
    private static final Pattern FILE = Pattern.compile("==> (?:\\./)?(.+) <==\n");

    /** All that were published, the oldest first. */
    public static List<Release> published() {
        try (Stream<Path> folders = Files.list(FOLDER)) {
            return folders.map(Release::read)
                    .sorted(Comparator.comparing(release -> MigrationVersion.fromVersion(release.version())))
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public static Release last() {
        List<Release> published = published();
        return published.get(published.size() - 1);
    }

    /** What this build would install. */
    public static Release present() {
        try (Stream<Path> paths = Files.walk(PRESENT)) {
            return new Release(
                    "present",
                    paths.filter(Files::isRegularFile)
                            .collect(toMap(path -> PRESENT.relativize(path).toString(), Release::text)));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The first, second and so on that may come after: each changes tables that are in use, and replaces all routines. */
    public static Release later(int number) {
        Map<String, String> files = new TreeMap<>(present().files());
        files.replaceAll((path, text) -> path.startsWith("migration/") ? text : text + "-- later " + number + "\n");
        for (int i = 1; i <= number; i++) {
            files.put("migration/V100%d__later.sql".formatted(i), """
                    ALTER TABLE cron.job_run_details ADD COLUMN later_%1$d text;
                    ALTER TABLE cron_engine.spared_run ADD COLUMN later_%1$d text;
                    ALTER TABLE cron_engine.worker ADD COLUMN later_%1$d text;
                    """.formatted(i));
        }
        return new Release("later", files);
    }

    private static Release read(Path folder) {
        Map<String, String> files = new TreeMap<>();
        String all = text(folder.resolve("db.txt"));
        Matcher file = FILE.matcher(all);
        for (boolean found = file.find(); found; ) {
            String path = file.group(1);
            int begin = file.end();
            found = file.find();
            // Between two files there is an empty line that belongs to neither.
            files.put(path, all.substring(begin, found ? file.start() - 1 : all.length()));
        }
        return new Release(folder.getFileName().toString(), files);
    }

    /** The files in a folder of their own. */
    Path unpack() {
        try {
            Path db = Files.createTempDirectory(Files.createDirectories(Path.of("target", "release")), version + "-")
                    .resolve("db");
            for (Map.Entry<String, String> file : files.entrySet()) {
                Path path = db.resolve(file.getKey());
                Files.createDirectories(path.getParent());
                Files.writeString(path, file.getValue());
            }
            return db.toAbsolutePath();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String text(Path path) {
        try {
            return Files.readString(path, UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
