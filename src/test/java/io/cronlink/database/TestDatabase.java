package io.cronlink.database;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
        TestDatabase database = new TestDatabase(TestServer.get(), "test_" + NUMBER.incrementAndGet());
        database.server.createMigrated(database.name);
        database.registerOwner();
        return database;
    }

    /** Owned by the owner and otherwise as CREATE DATABASE leaves it. */
    public static TestDatabase createEmpty() {
        TestDatabase database = new TestDatabase(TestServer.get(), "empty_" + NUMBER.incrementAndGet());
        database.server.createEmpty(database.name);
        return database;
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
        String role = prefix + "_" + NUMBER.incrementAndGet();
        String password = "password of " + role;
        server.execute(name, "CREATE ROLE \"%s\" LOGIN PASSWORD '%s'".formatted(role, password));
        passwords.put(role, password);
        return role;
    }

    /** Makes a role that can log in and may use cron. */
    public String createUser(String prefix) {
        String role = createRole(prefix);
        owner().sql("GRANT USAGE ON SCHEMA cron TO \"" + role + "\"").update();
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

    public int port() {
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
                "ALTER DATABASE " + name + " ALLOW_CONNECTIONS false",
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'");
    }

    public void open() {
        server.execute("postgres", "ALTER DATABASE " + name + " ALLOW_CONNECTIONS true");
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
                        'host %s all all trust' || chr(10) || v_lines, chr(10), current_setting('hba_file'));
                END
                $body$
                """;
        server.execute("postgres", allowEverybody.formatted(name), "SELECT pg_reload_conf()");
    }

    /** Registers the server's address and the owner's login, as the service does at its start. */
    public void registerOwner() {
        owner().sql("SELECT cron_engine.set_home(NULL, NULL, NULL, NULL)")
                .query()
                .singleRow();
        owner().sql("SELECT cron.add_login(:owner, :password)")
                .param("owner", TestServer.OWNER)
                .param("password", TestServer.OWNER_PASSWORD)
                .query()
                .singleRow();
    }

    @Override
    public void close() {
        stopDaemons();
        pools.values().forEach(HikariDataSource::close);
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
