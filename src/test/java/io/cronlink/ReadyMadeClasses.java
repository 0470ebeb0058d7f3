package io.cronlink;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cronlink.database.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * What is released as a jar, as a JVM makes ready-made classes of nothing else, and what it has made of a trial start: the classes
 * that each start loads, as in the image. They are kept in {@code target} for as long as the jar stays as it is.
 */
final class ReadyMadeClasses {

    private static final Path FOLDER = Path.of("target", "service-classes").toAbsolutePath();
    private static final LocalDateTime ALWAYS = LocalDateTime.of(2000, 1, 1, 0, 0);

    private ReadyMadeClasses() {}

    /** How the service is started, up to its arguments. */
    static List<String> command() {
        return Once.COMMAND;
    }

    private static final class Once {
        static final List<String> COMMAND = prepare();
    }

    private static List<String> prepare() {
        try {
            Files.createDirectories(FOLDER);
            byte[] jar = jar(released().filter(Files::isDirectory).toList());
            String name = name(jar);
            Path file = FOLDER.resolve(name + ".jar");
            if (!Files.exists(file)) {
                // Another JVM may look for it at any time.
                Files.move(
                        Files.write(Files.createTempFile(FOLDER, name, ".draft"), jar),
                        file,
                        StandardCopyOption.ATOMIC_MOVE);
            }
            String classPath = Stream.concat(Stream.of(file), released().filter(Files::isRegularFile))
                    .map(Path::toString)
                    .collect(Collectors.joining(File.pathSeparator));
            Path archive = FOLDER.resolve(name + ".jsa");
            if (!Files.exists(archive)) {
                Path draft = Files.createTempDirectory(FOLDER, name).resolve("draft.jsa");
                tryStart(command(
                        classPath,
                        "-XX:ArchiveClassesAtExit=" + draft,
                        "-Xlog:cds=error",
                        "-Dspring.context.exit=onRefresh"));
                Files.move(draft, archive, StandardCopyOption.ATOMIC_MOVE);
                Files.delete(draft.getParent());
            }
            return command(classPath, "-XX:SharedArchiveFile=" + archive);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static List<String> command(String classPath, String... options) {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", classPath, Cronlink.class.getName()));
        return command;
    }

    /** Of what is released: a test's settings of the log would hide what the service says. */
    private static Stream<Path> released() {
        String all = Objects.requireNonNull(
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        return Arrays.stream(all.split(File.pathSeparator))
                .filter(entry -> !entry.endsWith("test-classes"))
                .map(Path::of);
    }

    private static byte[] jar(List<Path> folders) throws IOException {
        ByteArrayOutputStream jar = new ByteArrayOutputStream();
        try (ZipOutputStream entries = new ZipOutputStream(jar)) {
            entries.setLevel(Deflater.BEST_SPEED);
            for (Path folder : folders) {
                try (Stream<Path> found = Files.walk(folder)) {
                    // Flyway finds a folder of migrations by its own entry.
                    for (Path path : found.skip(1).sorted().toList()) {
                        boolean isFile = Files.isRegularFile(path);
                        String name = folder.relativize(path).toString().replace(File.separatorChar, '/');
                        ZipEntry entry = new ZipEntry(isFile ? name : name + "/");
                        entry.setTimeLocal(ALWAYS);
                        entries.putNextEntry(entry);
                        if (isFile) {
                            Files.copy(path, entries);
                        }
                        entries.closeEntry();
                    }
                }
            }
        }
        return jar.toByteArray();
    }

    /** Of all that an archive depends on. */
    private static String name(byte[] jar) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(jar);
            digest.update(released()
                    .map(Path::toString)
                    .collect(Collectors.joining("\n"))
                    .getBytes(UTF_8));
            digest.update(System.getProperty("java.vm.version").getBytes(UTF_8));
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void tryStart(List<String> command) {
        try (TestDatabase database = TestDatabase.create();
                ServiceProcess trial = ServiceProcess.start(command, FOLDER.resolve("data"), database.environment())) {
            if (trial.exitCode() != 0) {
                throw new AssertionError("the service does not start:\n" + trial.output());
            }
        }
    }
}
