package io.cronlink.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cronlink.startup.CannotStart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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
public final class PostgresServer {

    public static final String SUPERUSER = "postgres";

    // Of postmaster.pid, which begins with the number of the process.
    private static final int FOLDER_LINE = 1;
    private static final int PORT_LINE = 3;

    // No system gives its processes such numbers.
    private static final String NOBODY = Integer.MAX_VALUE + "\n";

    private final Binaries binaries;
    private final Path folder;
    private final Path processFile;

    public PostgresServer(Binaries binaries, Path folder) {
        this.binaries = binaries;
        this.folder = folder;
        this.processFile = folder.resolve("postmaster.pid");
    }

    public boolean exists() {
        return Files.exists(folder.resolve("PG_VERSION"));
    }

    /** Makes the server's files; {@code settings} go into its postgresql.conf. */
    public void create(Path superuserPasswordFile, Map<String, String> settings) {
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
    public Optional<Integer> running() {
        if (!isRunning()) {
            return Optional.empty();
        }
        return Optional.of(Integer.valueOf(processFile().get(PORT_LINE).strip()));
    }

    /**
     * Whether a server is running on these files, and not on those that they were copied from: a copy has its original's
     * postmaster.pid, too. After a restart of a machine or a container the number in it may be anybody's.
     */
    public boolean isRunning() {
        List<String> lines = processFile();
        return !lines.isEmpty()
                && ProcessHandle.of(Long.parseLong(lines.get(0).strip()))
                        .filter(ProcessHandle::isAlive)
                        .filter(process -> worksHere(process, lines))
                        .isPresent();
    }

    private List<String> processFile() {
        try {
            return Files.readAllLines(processFile);
        } catch (NoSuchFileException stopped) {
            return List.of();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private boolean worksHere(ProcessHandle process, List<String> lines) {
        boolean another = process.info()
                .command()
                .map(command -> !Path.of(command).endsWith("postgres"))
                .orElse(false);
        if (another) {
            return false;
        }
        try {
            Path processes = Path.of("/proc", String.valueOf(process.pid()));
            // A server works in its data folder, also when that was given another name since. One that is dead and not
            // yet buried
            // works nowhere.
            if (Files.isDirectory(processes)) {
                return Files.isSameFile(processes.resolve("cwd"), folder);
            }
        } catch (NoSuchFileException dead) {
            return false;
        } catch (IOException notToBeSeen) {
            return isNamedIn(lines);
        }
        return isNamedIn(lines);
    }

    private boolean isNamedIn(List<String> lines) {
        Path named = Path.of(lines.get(FOLDER_LINE));
        try {
            return Files.isSameFile(named, folder);
        } catch (IOException gone) {
            // Two servers on the same files would destroy them.
            throw new CannotStart(
                    "whether the embedded PostgreSQL is running on " + folder + " cannot be told: process "
                            + lines.get(0) + " may be it, and names " + named,
                    "If that process is no server of this folder, remove " + processFile + ".",
                    gone);
        }
    }

    public void start(int port) {
        disownProcess();
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

    /**
     * PostgreSQL does not start while anybody has the number in the file. The rest of it stays: by that PostgreSQL sees whether
     * sessions of a server that died are still at work on these files.
     */
    private void disownProcess() {
        List<String> lines = processFile();
        if (lines.isEmpty() || isRunning()) {
            return;
        }
        try {
            Files.writeString(processFile, NOBODY + String.join("\n", lines.subList(1, lines.size())) + "\n");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Ends all sessions and stops. */
    public void stop() {
        if (!isRunning()) {
            return;
        }
        Result stop = run("pg_ctl", List.of("stop", "--pgdata=" + folder, "--mode=fast", "--wait", "--silent"));
        if (stop.status() != 0 && isRunning()) {
            throw failure("the embedded PostgreSQL did not stop", stop);
        }
    }

    public static int freePort() {
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
