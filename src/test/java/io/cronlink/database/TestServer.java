package io.cronlink.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cronlink.embedded.Binaries;
import io.cronlink.embedded.EmbeddedDatabase;
import io.cronlink.embedded.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/**
 * The one PostgreSQL server of a test run, set up as a hosted one: it asks for passwords, the engine's owner may do what the
 * README grants it and no more, dblink is in schema public, in which nobody may create anything, and names and passwords are as
 * odd as people make them. From the embedded binaries it also takes nothing but TLS, and its certificate is for a host's name.
 *
 * <p>{@code -Dtest.postgres} says where it comes from: {@code docker}, {@code embedded}, or by default {@code auto}, a container
 * if Docker is at hand.
 */
final class TestServer {

    static final String OWNER = "Cron-Link's \"owner\" 100%";
    static final String OWNER_PASSWORD = password("owner");

    /** Where tests make what is theirs: nobody may do so in schema public. */
    static final String SCHEMA = "app";

    private static final String ADMINISTRATOR = "Database's \"administrator\"";
    private static final String TEMPLATE = "Cron-Link's \"template\"";
    private static final Duration SHUTDOWN = Duration.ofSeconds(15);

    private static final Map<String, String> SETTINGS = Map.of(
            "listen_addresses", "localhost",
            "unix_socket_directories", "",
            "max_connections", "200",
            "fsync", "off",
            "full_page_writes", "off",
            "log_line_prefix", "%m [%p] %d %u %a ");

    private final String address;
    private final String superuser;
    private final String superuserPassword;
    private final @Nullable TestCertificates certificates;
    private boolean templateIsReady;

    private TestServer(
            String address, String superuser, String superuserPassword, @Nullable TestCertificates certificates) {
        this.address = address;
        this.superuser = superuser;
        this.superuserPassword = superuserPassword;
        this.certificates = certificates;
        execute(
                "postgres",
                "CREATE ROLE %s".formatted(identifier(ADMINISTRATOR)),
                "CREATE ROLE %s LOGIN PASSWORD %s".formatted(identifier(OWNER), literal(OWNER_PASSWORD)));
    }

    static TestServer get() {
        return Holder.INSTANCE;
    }

    /** The same server, or where that is in a container one from the embedded binaries. */
    static TestServer onThisMachine() {
        return OnThisMachine.INSTANCE;
    }

    /** One with all that a URL, libpq, SQL and a shell give a meaning to. */
    static String password(String whose) {
        return whose + "'s own, \\ 100% \"ü ñ 漢\" & x=1+1?#/;:@$HOME ${owner}";
    }

    String address() {
        return address;
    }

    /** The file of the authority that has signed the server's certificate, for clients and for the server alike. */
    Optional<Path> authority() {
        return Optional.ofNullable(certificates).map(TestCertificates::authority);
    }

    /** The service's settings of the server's way to itself. */
    Map<String, String> loopback() {
        return authority()
                .map(file -> Map.of("host", "localhost", "sslmode", "verify-full", "sslrootcert", file.toString()))
                .orElse(Map.of());
    }

    Login login(String database, String username, String password) {
        String name = URLEncoder.encode(database, UTF_8).replace("+", "%20");
        String tls = authority()
                .map(file -> "?sslmode=verify-full&sslrootcert=" + URLEncoder.encode(file.toString(), UTF_8))
                .orElse("");
        return new Login("jdbc:postgresql://" + address + "/" + name + tls, username, password);
    }

    Login owner(String database) {
        return login(database, OWNER, OWNER_PASSWORD);
    }

    Login superuser(String database) {
        return login(database, superuser, superuserPassword);
    }

    /** Statements as superuser, outside of a transaction. */
    void execute(String database, String... statements) {
        OwnServers.execute(superuser(database), statements);
    }

    /** A migrated database. */
    void createMigrated(String database) {
        prepareTemplate();
        create(database, identifier(TEMPLATE));
    }

    /** A database in which nothing was done, and in which the owner may create schemas. */
    void createEmpty(String database) {
        create(database, "template1");
    }

    private void create(String database, String template) {
        execute(
                "postgres",
                "CREATE DATABASE %s OWNER %s TEMPLATE %s"
                        .formatted(identifier(database), identifier(ADMINISTRATOR), template),
                "GRANT CREATE ON DATABASE %s TO %s".formatted(identifier(database), identifier(OWNER)));
    }

    /** All in it, as a template; nobody may be connected to the original. */
    void copy(String original, String copy) {
        disconnectAll(original);
        create(copy, identifier(original));
    }

    void rename(String database, String newName) {
        disconnectAll(database);
        execute("postgres", "ALTER DATABASE %s RENAME TO %s".formatted(identifier(database), identifier(newName)));
    }

    private void disconnectAll(String database) {
        execute(
                "postgres",
                "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = " + literal(database));
    }

    void drop(String database) {
        execute("postgres", "DROP DATABASE IF EXISTS %s WITH (FORCE)".formatted(identifier(database)));
    }

    /** As a start of the service that knows a stronger role. */
    void migrate(String database) {
        TestMigration.run(owner(database), superuser(database));
    }

    /** To another version. */
    void migrate(String database, Release release) {
        TestMigration.run(owner(database), superuser(database), release.unpack());
    }

    static String identifier(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    static String literal(String text) {
        return (text.contains("\\") ? "E'" : "'") + text.replace("\\", "\\\\").replace("'", "''") + "'";
    }

    private static final class Holder {
        static final TestServer INSTANCE = start();
    }

    private static final class OnThisMachine {
        static final TestServer INSTANCE = Holder.INSTANCE.certificates == null ? embedded() : Holder.INSTANCE;
    }

    private synchronized void prepareTemplate() {
        if (templateIsReady) {
            return;
        }
        createEmpty(TEMPLATE);
        // What an administrator does by hand; the owner then needs nobody.
        execute(
                TEMPLATE,
                "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
                "CREATE EXTENSION dblink SCHEMA public",
                "GRANT USAGE ON FOREIGN DATA WRAPPER dblink_fdw TO " + identifier(OWNER));
        TestMigration.run(owner(TEMPLATE), null);
        execute(
                TEMPLATE,
                "CREATE SCHEMA %s AUTHORIZATION %s".formatted(SCHEMA, identifier(OWNER)),
                "GRANT ALL ON SCHEMA %s TO PUBLIC".formatted(SCHEMA));
        templateIsReady = true;
    }

    private static TestServer start() {
        return TestContainer.start(version())
                .map(container -> new TestServer(
                        container.getHost() + ":" + container.getMappedPort(5432),
                        container.getUsername(),
                        container.getPassword(),
                        null))
                .orElseGet(TestServer::embedded);
    }

    private static TestServer embedded() {
        try {
            Path target = Path.of("target").toAbsolutePath();
            Binaries binaries = Binaries.unpack(target.resolve("postgresql-" + version()));
            Path folder = Files.createTempDirectory(target, "test-server-");
            Path password = Files.writeString(folder.resolve("password"), "superuser's password");
            TestCertificates certificates = TestCertificates.create(folder.resolve("certificates"), "localhost");
            Map<String, String> settings = new LinkedHashMap<>(SETTINGS);
            settings.put("ssl", "on");
            settings.put("ssl_cert_file", certificates.certificate().toString());
            settings.put("ssl_key_file", certificates.key().toString());
            PostgresServer server = new PostgresServer(binaries, folder.resolve("data"));
            server.create(password, settings);
            Files.writeString(folder.resolve("data").resolve("pg_hba.conf"), """
                    hostssl   all all all scram-sha-256
                    hostnossl all all all reject
                    """);
            int port = PostgresServer.freePort();
            server.start(port);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                // Spring's own hook closes its cached contexts at the same time, and their databases with them.
                TestDatabase.awaitAllClosed(SHUTDOWN);
                server.stop();
                deleteQuietly(folder);
            }));
            say("embedded binaries " + version() + " on port " + port);
            return new TestServer(
                    "localhost:" + port, PostgresServer.SUPERUSER, Files.readString(password), certificates);
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
    static void say(String what) {
        System.out.println("PostgreSQL of the tests: " + what);
    }

    private static String version() {
        return EmbeddedDatabase.version();
    }
}
