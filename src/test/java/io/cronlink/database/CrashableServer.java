package io.cronlink.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cronlink.embedded.Binaries;
import io.cronlink.embedded.EmbeddedDatabase;
import io.cronlink.embedded.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** A server of a test's own, with a migrated database, that may be crashed. Needs the embedded binaries, whatever else is at hand. */
public final class CrashableServer implements AutoCloseable {

    public static final String OWNER = "cronlink";

    private static final String DATABASE = "cronlink";
    private static final Path TARGET = Path.of("target").toAbsolutePath();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Map<String, String> SETTINGS = Map.of(
            "listen_addresses", "127.0.0.1",
            "unix_socket_directories", "",
            "max_connections", "100",
            "fsync", "off",
            "restart_after_crash", "on",
            "log_line_prefix", "%m [%p] %d %u %a ");

    private final PostgresServer server;
    private final Path folder;
    private int port;
    private final String superuserPassword;

    private CrashableServer(PostgresServer server, Path folder, int port, String superuserPassword) {
        this.server = server;
        this.folder = folder;
        this.port = port;
        this.superuserPassword = superuserPassword;
    }

    /** A copy of one that is migrated once for all: to PostgreSQL, by its system identifier, it is the same server as its like. */
    public static CrashableServer start() {
        try {
            Path folder = Files.createTempDirectory(TARGET, "crashable-server-");
            assertThat(run("cp", "-Rp", Template.FOLDER + "/.", folder.toString()))
                    .isZero();
            return start(folder);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** One that is no copy. */
    public static CrashableServer startAnother() {
        CrashableServer server = startEmpty();
        server.migrate();
        return server;
    }

    /** Nothing was done in its database. */
    public static CrashableServer startEmpty() {
        try {
            Path folder = Files.createTempDirectory(TARGET, "crashable-server-");
            Path password = Files.writeString(folder.resolve("password"), "superuser's password");
            server(folder).create(password, new LinkedHashMap<>(SETTINGS));
            CrashableServer crashable = start(folder);
            crashable.prepare();
            return crashable;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static CrashableServer start(Path folder) throws IOException {
        PostgresServer server = server(folder);
        int port = PostgresServer.freePort();
        server.start(port);
        return new CrashableServer(server, folder, port, Files.readString(folder.resolve("password")));
    }

    private static PostgresServer server(Path folder) throws IOException {
        Binaries binaries = Binaries.unpack(TARGET.resolve("postgresql-" + EmbeddedDatabase.version()));
        return new PostgresServer(binaries, folder.resolve("data"));
    }

    private static final class Template {

        static final Path FOLDER = make();

        private static Path make() {
            CrashableServer server = startAnother();
            Runtime.getRuntime().addShutdownHook(new Thread(server::close));
            server.server.stop();
            return server.folder;
        }
    }

    private void prepare() {
        OwnServers.execute(
                superuser("postgres"),
                "CREATE ROLE %s LOGIN PASSWORD %s".formatted(OWNER, TestServer.literal(TestServer.OWNER_PASSWORD)),
                "CREATE DATABASE %s OWNER %s".formatted(DATABASE, OWNER));
    }

    /** As a start of the service does. */
    public void migrate() {
        TestMigration.run(owner(), superuser());
    }

    /** To another version. */
    public void migrate(Release release) {
        TestMigration.run(owner(), superuser(), release.unpack());
    }

    public int port() {
        return port;
    }

    /** The engine's owner. */
    public Login owner() {
        return ownerThrough(port);
    }

    /** The same, by way of a proxy on that port. */
    public Login ownerThrough(int proxyPort) {
        return new Login("jdbc:postgresql://127.0.0.1:" + proxyPort + "/" + DATABASE, OWNER, TestServer.OWNER_PASSWORD);
    }

    public Login superuser() {
        return superuser(DATABASE);
    }

    private Login superuser(String database) {
        return new Login(
                "jdbc:postgresql://127.0.0.1:" + port + "/" + database, PostgresServer.SUPERUSER, superuserPassword);
    }

    /** As {@code pg_ctl stop -m immediate}: no session ends its work, and the next start has to recover. */
    public void crash() {
        long postmaster = postmaster();
        signal("QUIT", postmaster);
        await().atMost(PATIENCE).until(() -> !isAlive(postmaster));
    }

    public void restart() {
        server.start(port);
    }

    /** Stops it, and starts it on another port. */
    public void moveToAnotherPort() {
        server.stop();
        port = PostgresServer.freePort();
        server.start(port);
    }

    /** What it is after a fail-over to another server: it can be asked, but not written to. */
    public void restartAsStandby() {
        server.stop();
        try {
            Files.createFile(folder.resolve("data").resolve("standby.signal"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        server.start(port);
    }

    public void promote() {
        try (Connection connection = superuser().connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_promote()");
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    public void execute(String... statements) {
        OwnServers.execute(superuser(), statements);
    }

    /** How many there are of that application_name. */
    public long sessions(String application) {
        try (Connection connection = superuser().connect();
                PreparedStatement statement = connection.prepareStatement(
                        "SELECT count(*) FROM pg_stat_activity WHERE application_name = ?")) {
            statement.setString(1, application);
            try (ResultSet count = statement.executeQuery()) {
                count.next();
                return count.getLong(1);
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** What the server has written into its log. */
    public String log() {
        try {
            return Files.readString(folder.resolve("data").resolve("start.log"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Which makes the postmaster end all other sessions too, and recover. */
    public void kill(int backend) {
        signal("KILL", backend);
    }

    /** What a session does not notice until it is continued. */
    public void stopProcess(int backend) {
        signal("STOP", backend);
    }

    public void continueProcess(int backend) {
        signal("CONT", backend);
    }

    private long postmaster() {
        try {
            return Long.parseLong(Files.readAllLines(folder.resolve("data").resolve("postmaster.pid"))
                    .get(0)
                    .strip());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    /** Who is gone gets none. */
    private static void signal(String name, long pid) {
        run("kill", "-" + name, String.valueOf(pid));
    }

    private static int run(String... command) {
        try {
            return new ProcessBuilder(command).inheritIO().start().waitFor();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public void close() {
        OwnServers.remove(server, folder);
    }
}
