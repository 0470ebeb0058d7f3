package io.cronlink.database;

import io.cronlink.embedded.Binaries;
import io.cronlink.embedded.PostgresServer;
import io.cronlink.embedded.ServerUser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/**
 * The server of the benchmark: Debian's PostgreSQL 15 with pg_cron, on files of its own, with PostgreSQL's defaults but for what is
 * named here. It asks everybody for a password; pg_cron finds it in the server's password file.
 */
public final class BenchmarkServer implements AutoCloseable {

    public static final String OWNER = "cronlink";
    public static final String JOB_ROLE = "app";

    private static final String PASSWORD = "the same for all";
    private static final Path INSTALLATION = Path.of("/usr/lib/postgresql/15");
    private static final Path SHARE = Path.of("/usr/share/postgresql/15");
    private static final Path EXTENSION = SHARE.resolve("extension/pg_cron.control");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path folder;
    private final int port = PostgresServer.freePort();
    private Path installation = INSTALLATION;
    private Map<String, String> started = Map.of();

    private BenchmarkServer(Path folder) {
        this.folder = folder;
    }

    /** A server that is not running yet. Fails where the packages are missing: it installs nothing. */
    public static BenchmarkServer create(Path folder, Map<String, String> settings) throws IOException {
        if (!Files.exists(EXTENSION)) {
            throw new IllegalStateException(
                    "pg_cron is not installed: apt-get install --no-install-recommends postgresql-15 postgresql-15-cron");
        }
        Files.createDirectories(folder);
        Path password = Files.writeString(folder.resolve("password"), PASSWORD);
        Path passwords = Files.writeString(folder.resolve("pgpass"), "*:*:*:*:" + PASSWORD + "\n");
        Files.setPosixFilePermissions(passwords, PosixFilePermissions.fromString("rw-------"));
        Map<String, String> all = new TreeMap<>(settings);
        all.put("listen_addresses", "127.0.0.1");
        all.put("unix_socket_directories", "");
        all.put("log_line_prefix", "%m [%p] %d %u %a ");
        new PostgresServer(new Binaries(INSTALLATION), folder.resolve("data")).create(password, all);
        return new BenchmarkServer(folder);
    }

    public int port() {
        return port;
    }

    public String password() {
        return PASSWORD;
    }

    public Login superuser(String database) {
        return login(database, PostgresServer.SUPERUSER);
    }

    public Login login(String database, String user) {
        return new Login("jdbc:postgresql://127.0.0.1:" + port + "/" + database, user, PASSWORD);
    }

    /** From now on it is started from Debian's files. */
    public void useDebian() {
        installation = INSTALLATION;
    }

    /**
     * From now on it is started from a copy of Debian's files with another pg_cron in them: PostgreSQL 15 looks for extensions in one place
     * only. The directory is that of pg_cron's sources after make, or what make install wrote.
     */
    public void usePgCron(Path directory) throws IOException {
        installation = folder.resolve("newest/lib/postgresql/15");
        if (Files.exists(installation)) {
            return;
        }
        Path share = folder.resolve("newest/share/postgresql/15");
        FileSystemUtils.copyRecursively(INSTALLATION, installation);
        FileSystemUtils.copyRecursively(SHARE, share);
        try (Stream<Path> files = Files.list(installation.resolve("bin"))) {
            files.forEach(program -> program.toFile().setExecutable(true, false));
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = file.getFileName().toString();
                if (name.equals("pg_cron.so")) {
                    Files.copy(file, installation.resolve("lib").resolve(name), StandardCopyOption.REPLACE_EXISTING);
                } else if (name.equals("pg_cron.control") || name.startsWith("pg_cron--")) {
                    Files.copy(file, share.resolve("extension").resolve(name), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    /** With the settings it was started with. */
    public void restart() {
        stop();
        start(started);
    }

    /** Starts it with settings on top of those it was made with. */
    public void start(Map<String, String> settings) {
        started = settings;
        StringBuilder options = new StringBuilder("-p " + port);
        settings.forEach((name, value) ->
                options.append(" -c ").append(name).append('=').append(value));
        run(List.of(
                program("pg_ctl"),
                "start",
                "--pgdata=" + folder.resolve("data"),
                "--wait",
                "--silent",
                "--log=" + folder.resolve("server.log"),
                "--options=" + options));
        try {
            Connections.await(superuser("postgres"), PATIENCE).close();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    public void stop() {
        run(List.of(
                program("pg_ctl"), "stop", "--pgdata=" + folder.resolve("data"), "--mode=fast", "--wait", "--silent"));
    }

    /** Runs one of PostgreSQL's programs and answers what it printed. */
    public String run(List<String> command) {
        List<String> all = new ArrayList<>(ServerUser.prefix());
        all.addAll(command);
        try {
            Path output = Files.createTempFile(folder, "output", ".txt");
            ProcessBuilder builder =
                    new ProcessBuilder(all).redirectErrorStream(true).redirectOutput(output.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
            builder.environment().put("PGPASSFILE", folder.resolve("pgpass").toString());
            builder.environment().put("LC_ALL", "C");
            int status = builder.start().waitFor();
            String text = Files.readString(output);
            if (status != 0) {
                throw new IllegalStateException(String.join(" ", command) + " failed:\n" + text);
            }
            return text;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    public String program(String name) {
        return installation.resolve("bin").resolve(name).toString();
    }

    @Override
    public void close() {
        if (Files.exists(folder.resolve("data/postmaster.pid"))) {
            stop();
        }
    }
}
