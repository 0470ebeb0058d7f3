package io.cronlink.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.springframework.util.FileSystemUtils;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * The one PostgreSQL server of a test run: in a container where Docker is at hand, else from the embedded binaries. It asks for
 * passwords, and the engine's owner is no superuser: anything else would prove nothing about a hosted database.
 */
final class TestServer {

    static final String OWNER = "cronlink";
    static final String OWNER_PASSWORD = "owner's own, \\ with \"quotes\"";
    private static final String TEMPLATE = "cronlink_template";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration SHUTDOWN = Duration.ofSeconds(15);

    private static final Map<String, String> SETTINGS = Map.of(
            "listen_addresses", "127.0.0.1",
            "unix_socket_directories", "",
            "max_connections", "200",
            "fsync", "off",
            "full_page_writes", "off",
            "log_line_prefix", "%m [%p] %d %u %a ");

    private final String address;
    private final String superuser;
    private final String superuserPassword;

    private TestServer(String address, String superuser, String superuserPassword) {
        this.address = address;
        this.superuser = superuser;
        this.superuserPassword = superuserPassword;
    }

    static TestServer get() {
        return Holder.INSTANCE;
    }

    String address() {
        return address;
    }

    Login login(String database, String username, String password) {
        return new Login("jdbc:postgresql://" + address + "/" + database, username, password);
    }

    Login owner(String database) {
        return login(database, OWNER, OWNER_PASSWORD);
    }

    Login superuser(String database) {
        return login(database, superuser, superuserPassword);
    }

    /** Statements as superuser, outside of a transaction. */
    void execute(String database, String... statements) {
        try (Connection connection = Connections.await(superuser(database), PATIENCE);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** A migrated database that belongs to the owner. */
    void createMigrated(String database) {
        Template.ready(this);
        execute("postgres", "CREATE DATABASE %s OWNER %s TEMPLATE %s".formatted(database, OWNER, TEMPLATE));
    }

    /** A database in which nothing was done. */
    void createEmpty(String database) {
        execute("postgres", "CREATE DATABASE %s OWNER %s".formatted(database, OWNER));
    }

    void drop(String database) {
        execute("postgres", "DROP DATABASE IF EXISTS %s WITH (FORCE)".formatted(database));
    }

    void migrate(String database) {
        FluentConfiguration flyway =
                Flyway.configure().dataSource(owner(database).url(), OWNER, OWNER_PASSWORD);
        Migration.configure(flyway);
        new Migration(owner(database), superuser(database), PATIENCE).run(flyway);
    }

    private static final class Holder {
        static final TestServer INSTANCE = start();
    }

    private static final class Template {
        static {
            Holder.INSTANCE.createEmpty(TEMPLATE);
            Holder.INSTANCE.migrate(TEMPLATE);
        }

        @SuppressWarnings("UnusedVariable")
        static void ready(TestServer server) {}
    }

    private static TestServer start() {
        TestServer server = dockerIsAvailable() ? container() : embedded();
        server.execute(
                "postgres", "CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(OWNER, OWNER_PASSWORD.replace("'", "''")));
        return server;
    }

    private static boolean dockerIsAvailable() {
        // Asking Testcontainers can hang for minutes inside a container without an engine.
        boolean engine = System.getenv("DOCKER_HOST") != null || Files.exists(Path.of("/var/run/docker.sock"));
        return engine && DockerClientFactory.instance().isDockerAvailable();
    }

    private static TestServer container() {
        String major = version().substring(0, version().indexOf('.'));
        @SuppressWarnings("resource") // Testcontainers removes it at the end of the JVM
        PostgreSQLContainer container = new PostgreSQLContainer("postgres:" + major)
                .withUsername(PostgresServer.SUPERUSER)
                .withEnv("POSTGRES_INITDB_ARGS", "--auth-host=scram-sha-256")
                .withCommand("postgres", "-c", "fsync=off", "-c", "max_connections=200");
        container.start();
        say("Testcontainers, " + container.getDockerImageName());
        return new TestServer(
                container.getHost() + ":" + container.getMappedPort(5432),
                container.getUsername(),
                container.getPassword());
    }

    private static TestServer embedded() {
        try {
            Path target = Path.of("target").toAbsolutePath();
            Binaries binaries = Binaries.unpack(target.resolve("postgresql-" + version()));
            Path folder = Files.createTempDirectory(target, "test-server-");
            Path password = Files.writeString(folder.resolve("password"), "superuser's password");
            PostgresServer server = new PostgresServer(binaries, folder.resolve("data"));
            server.create(password, new LinkedHashMap<>(SETTINGS));
            int port = PostgresServer.freePort();
            server.start(port);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                // Spring's own hook closes its cached contexts at the same time, and their databases with them.
                TestDatabase.awaitAllClosed(SHUTDOWN);
                server.stop();
                deleteQuietly(folder);
            }));
            say("embedded binaries " + version() + " on port " + port);
            return new TestServer("127.0.0.1:" + port, PostgresServer.SUPERUSER, Files.readString(password));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void deleteQuietly(Path folder) {
        try {
            FileSystemUtils.deleteRecursively(folder);
        } catch (IOException leftovers) {
            say("could not remove " + folder);
        }
    }

    @SuppressWarnings("SystemOut")
    private static void say(String what) {
        System.out.println("PostgreSQL of the tests: " + what);
    }

    private static String version() {
        return EmbeddedDatabase.version();
    }
}
