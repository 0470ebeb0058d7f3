package io.cronlink.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.zaxxer.hikari.HikariDataSource;
import io.cronlink.embedded.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A database of a test's own on the shared server, with the clients to look at it. Names of roles are shared by all tests:
 * {@link #createRole} makes them unique.
 */
public final class TestDatabase implements AutoCloseable {

    private static final int LONGEST_NAME = 63;
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final Set<TestDatabase> OPEN = ConcurrentHashMap.newKeySet();

    private final TestServer server;
    private final String name;
    private final Map<String, String> passwords = new ConcurrentHashMap<>();
    private final Map<String, HikariDataSource> pools = new ConcurrentHashMap<>();
    private final List<TestDaemon> daemons = new ArrayList<>();

    private TestDatabase(TestServer server, String name) {
        this.server = server;
        this.name = name;
        passwords.put(TestServer.OWNER, TestServer.OWNER_PASSWORD);
        Login superuser = server.superuser(name);
        passwords.put(Objects.requireNonNull(superuser.username()), Objects.requireNonNull(superuser.password()));
        OPEN.add(this);
    }

    /** Migrated, with the owner's login registered. */
    public static TestDatabase create() {
        return create(TestServer.get());
    }

    /** The same on a server from the embedded binaries: takes nothing but TLS, and is for the host localhost. */
    public static TestDatabase createOnThisMachine() {
        return create(TestServer.onThisMachine());
    }

    private static TestDatabase create(TestServer server) {
        TestDatabase database = new TestDatabase(server, name("test"));
        database.server.createMigrated(database.name);
        database.registerOwner();
        return database;
    }

    /** As CREATE DATABASE leaves it, but that the owner may create schemas in it. */
    public static TestDatabase createEmpty() {
        return createEmpty(TestServer.get());
    }

    /** Installs a release, or upgrades to it. */
    public TestDatabase migrate(Release release) {
        server.migrate(name, release);
        return this;
    }

    /** Upgrades to this version as the given role, which owns what it makes. */
    public void migrateAs(String role) {
        TestMigration.run(login(role), login(superuserName()));
    }

    /** Upgrades to this version. */
    public TestDatabase migrate() {
        server.migrate(name);
        return this;
    }

    /** Another one on the same server, of that name. */
    public TestDatabase createEmptyBeside(String ofName) {
        TestDatabase database = new TestDatabase(server, ofName);
        server.createEmpty(ofName);
        return database;
    }

    /** Another one on the same server. */
    public TestDatabase createEmptyBeside() {
        return createEmpty(server);
    }

    private static TestDatabase createEmpty(TestServer server) {
        TestDatabase database = new TestDatabase(server, name("empty"));
        database.server.createEmpty(database.name);
        return database;
    }

    /** A copy of it, as CREATE DATABASE … TEMPLATE makes it. Its daemons are stopped before. */
    public TestDatabase copy() {
        disconnect();
        TestDatabase copy = new TestDatabase(server, name("copy"));
        server.copy(name, copy.name);
        copy.passwords.putAll(passwords);
        return copy;
    }

    /** The same database by another name, under which it is to be closed. Its daemons are stopped before. */
    public TestDatabase renamed() {
        disconnect();
        TestDatabase renamed = new TestDatabase(server, name("renamed"));
        server.rename(name, renamed.name);
        renamed.passwords.putAll(passwords);
        OPEN.remove(this);
        return renamed;
    }

    private void disconnect() {
        stopDaemons();
        pools.values().forEach(HikariDataSource::close);
        pools.clear();
    }

    /** As the engine's owner, the role of the service. */
    public JdbcClient owner() {
        return as(TestServer.OWNER);
    }

    /** For setting up and for looking behind the curtain only; what is tested must not need it. */
    public JdbcClient superuser() {
        return as(PostgresServer.SUPERUSER);
    }

    /** As a role made by {@link #createRole}. Each statement may get another session. */
    public JdbcClient as(String role) {
        return JdbcClient.create(dataSource(role));
    }

    public DataSource dataSource(String role) {
        return pools.computeIfAbsent(role, this::pool);
    }

    /** A session of its own, for tests of what lasts as long as a session or a transaction. */
    public Connection connect(String role) {
        try {
            return login(role).connect();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Makes a role that can log in and answers its name, which begins with {@code prefix}. */
    public String createRole(String prefix) {
        return createRoleCalled(name(prefix));
    }

    /** The same with just this name, which no other test may give. */
    public String createRoleCalled(String role) {
        String password = TestServer.password(role);
        server.execute(name, "CREATE ROLE %s LOGIN PASSWORD %s".formatted(identifier(role), literal(password)));
        passwords.put(role, password);
        return role;
    }

    /** Makes a role that can log in and may use cron. */
    public String createUser(String prefix) {
        String role = createRole(prefix);
        owner().sql("GRANT USAGE ON SCHEMA cron TO " + identifier(role)).update();
        return role;
    }

    /** Makes a role that may use cron, whose jobs can run. */
    public String createJobUser(String prefix) {
        String role = createUser(prefix);
        owner().sql("SELECT cron.add_login(:role, :password)")
                .param("role", role)
                .param("password", password(role))
                .query()
                .singleRow();
        return role;
    }

    public String password(String role) {
        return Objects.requireNonNull(passwords.get(role), () -> "not a role of this test: " + role);
    }

    public Login login(String role) {
        return server.login(name, role, password(role));
    }

    public String ownerName() {
        return TestServer.OWNER;
    }

    public String superuserName() {
        return PostgresServer.SUPERUSER;
    }

    public String name() {
        return name;
    }

    public String url() {
        return server.owner(name).url();
    }

    private static String name(String prefix) {
        int number = NUMBER.incrementAndGet();
        String odd = prefix + "-" + number + "'s \"Name\" &=50%+/?";
        return odd.getBytes(UTF_8).length <= LONGEST_NAME ? odd : prefix + "_" + number;
    }

    /** A name as SQL writes it, whatever is in it. */
    public static String identifier(String name) {
        return TestServer.identifier(name);
    }

    /** A text as SQL writes it. */
    public static String literal(String text) {
        return TestServer.literal(text);
    }

    /** What tells a service of this database. */
    public Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        environment.put("SPRING_DATASOURCE_URL", url());
        environment.put("SPRING_DATASOURCE_USERNAME", ownerName());
        environment.put("SPRING_DATASOURCE_PASSWORD", password(ownerName()));
        server.loopback()
                .forEach((name, value) -> environment.put("CRONLINK_LOOPBACK_" + name.toUpperCase(Locale.ROOT), value));
        return environment;
    }

    /** As the server reaches itself. */
    public String host() {
        String host = server.loopback().get("host");
        return host != null
                ? host
                : owner().sql("SELECT host(inet_server_addr())")
                        .query(String.class)
                        .single();
    }

    /** Likewise. */
    public int port() {
        return owner().sql("SELECT inet_server_port()").query(Integer.class).single();
    }

    /** As it is reached from here, which of a server in a container is another one. */
    public int portFromHere() {
        return Integer.parseInt(server.address().substring(server.address().lastIndexOf(':') + 1));
    }

    /** Runs the daemon as the owner, as the service would but without it, until it is closed or the test class ends. */
    public TestDaemon startDaemon() {
        TestDaemon daemon = TestDaemon.start(login(TestServer.OWNER));
        daemons.add(daemon);
        return daemon;
    }

    public void stopDaemons() {
        daemons.forEach(TestDaemon::close);
        daemons.clear();
    }

    /** Throws everybody out and lets nobody in. */
    public void shut() {
        server.execute(
                "postgres",
                "ALTER DATABASE " + identifier(name) + " ALLOW_CONNECTIONS false",
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = " + literal(name));
    }

    public void open() {
        server.execute("postgres", "ALTER DATABASE " + identifier(name) + " ALLOW_CONNECTIONS true");
    }

    /** Lets everybody into this database without a password: what the service has to refuse. */
    public void trustEverybody() {
        String allowEverybody = """
                DO $body$
                DECLARE
                    -- Read before COPY empties the file.
                    v_lines text := translate(pg_read_file(current_setting('hba_file')), chr(9), ' ');
                BEGIN
                    EXECUTE format(
                        'COPY (SELECT regexp_split_to_table(%%L, %%L)) TO %%L',
                        %s || chr(10) || v_lines, chr(10), current_setting('hba_file'));
                END
                $body$
                """;
        server.execute(
                "postgres",
                allowEverybody.formatted(literal("host " + identifier(name) + " all all trust")),
                "SELECT pg_reload_conf()");
    }

    /** Registers the server's address and the owner's login, as the service does at its start. */
    public void registerOwner() {
        owner().sql("SELECT cron_engine.set_home(:host, NULL, :sslmode, :sslrootcert, :password)")
                .param("host", server.loopback().get("host"))
                .param("sslmode", server.loopback().get("sslmode"))
                .param("sslrootcert", server.loopback().get("sslrootcert"))
                .param("password", TestServer.OWNER_PASSWORD)
                .query()
                .singleRow();
    }

    @Override
    public void close() {
        disconnect();
        server.drop(name);
        OPEN.remove(this);
    }

    static void awaitAllClosed(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!OPEN.isEmpty() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    private HikariDataSource pool(String role) {
        Login login = login(role);
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(login.url());
        pool.setUsername(login.username());
        pool.setPassword(login.password());
        pool.setMinimumIdle(0);
        pool.setMaximumPoolSize(10);
        pool.addDataSourceProperty("ApplicationName", "test");
        return pool;
    }
}
