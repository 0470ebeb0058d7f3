package io.cronlink.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A PostgreSQL server of our own on 127.0.0.1 that asks everybody for a password. It is a process of its own: it outlives
 * this one when that is killed, and is then found again by {@link #running()}.
 */
final class PostgresServer {

    static final String SUPERUSER = "postgres";

    private static final int RUNNING = 0;
    private static final int NOT_RUNNING = 3;

    private final Binaries binaries;
    private final Path folder;

    PostgresServer(Binaries binaries, Path folder) {
        this.binaries = binaries;
        this.folder = folder;
    }

    boolean exists() {
        return Files.exists(folder.resolve("PG_VERSION"));
    }

    /** Makes the server's files; {@code settings} go into its postgresql.conf. */
    void create(Path superuserPasswordFile, Map<String, String> settings) {
        try {
            Files.createDirectories(folder.getParent());
            // Only whole data folders ever get the final name: a half-made one must not be taken for ours.
            Path draft = Files.createTempDirectory(folder.getParent(), folder.getFileName() + ".draft");
            List<String> command = new ArrayList<>(List.of(
                    "--pgdata=" + draft,
                    "--username=" + SUPERUSER,
                    "--auth=scram-sha-256",
                    "--pwfile=" + superuserPasswordFile,
                    "--encoding=UTF8"));
            command.addAll(locale());
            Result initdb = run("initdb", command);
            if (initdb.status() != 0) {
                throw failure("initdb failed", initdb);
            }
            Files.writeString(
                    draft.resolve("postgresql.conf"),
                    settings.entrySet().stream()
                            .map(setting -> setting.getKey() + " = '" + setting.getValue() + "'\n")
                            .collect(Collectors.joining("", "\n", "")),
                    StandardOpenOption.APPEND);
            Files.move(draft, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The port of the server that is running on these files already, if one is. */
    Optional<Integer> running() {
        Result status = run("pg_ctl", List.of("status", "--pgdata=" + folder));
        if (status.status() == NOT_RUNNING || !exists()) {
            return Optional.empty();
        }
        if (status.status() != RUNNING) {
            throw failure("the state of the embedded PostgreSQL is unknown", status);
        }
        try {
            List<String> lines = Files.readAllLines(folder.resolve("postmaster.pid"));
            long process = Long.parseLong(lines.get(0).strip());
            // After a restart of a machine or a container, the number may be another program's by now.
            boolean ours = ProcessHandle.of(process)
                    .flatMap(handle -> handle.info().command())
                    .map(command -> Path.of(command).endsWith("postgres"))
                    .orElse(true);
            if (!ours) {
                Files.delete(folder.resolve("postmaster.pid"));
                return Optional.empty();
            }
            return Optional.of(Integer.valueOf(lines.get(3).strip()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    void start(int port) {
        Result start = run(
                "pg_ctl",
                List.of(
                        "start",
                        "--pgdata=" + folder,
                        "--wait",
                        "--timeout=120",
                        "--silent",
                        "--log=" + folder.resolve("start.log"),
                        "--options=-p " + port));
        if (start.status() != 0) {
            throw failure("the embedded PostgreSQL did not start, see " + folder.resolve("start.log"), start);
        }
    }

    /** Ends all sessions and stops. */
    void stop() {
        Result stop = run("pg_ctl", List.of("stop", "--pgdata=" + folder, "--mode=fast", "--wait", "--silent"));
        if (stop.status() != 0 && running().isPresent()) {
            throw failure("the embedded PostgreSQL did not stop", stop);
        }
    }

    static int freePort() {
        return portIsFree(0).orElseThrow();
    }

    /** This port if nobody has it; 0 stands for any. */
    static Optional<Integer> portIsFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return Optional.of(socket.getLocalPort());
        } catch (IOException taken) {
            return Optional.empty();
        }
    }

    /** The same on every machine, whatever locales it has. */
    private List<String> locale() {
        String version = run("postgres", List.of("--version")).output();
        int major = Integer.parseInt(version.replaceFirst("(?s).*?(\\d+).*", "$1"));
        return major >= 17 ? List.of("--locale-provider=builtin", "--locale=C.UTF-8") : List.of("--locale=C");
    }

    private static CannotStart failure(String what, Result result) {
        return new CannotStart(what + ": " + result.output().strip(), "See the message.", null);
    }

    private record Result(int status, String output) {}

    private Result run(String program, List<String> arguments) {
        List<String> command = new ArrayList<>(ServerUser.prefix());
        command.add(binaries.program(program).toString());
        command.addAll(arguments);
        try {
            Path output = Files.createTempFile("cronlink", program);
            try {
                // Not a pipe: the server inherits the output and would keep a pipe open for as long as it lives.
                ProcessBuilder builder =
                        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
                builder.environment().put("LC_ALL", "C");
                builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
                int status = builder.start().waitFor();
                return new Result(status, Files.readString(output, UTF_8));
            } finally {
                Files.delete(output);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while running " + program, interrupted);
        }
    }
}
