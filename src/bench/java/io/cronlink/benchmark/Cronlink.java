package io.cronlink.benchmark;

import io.cronlink.database.BenchmarkServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Cronlink by its packaged jar. Each measurement gets a fresh database and a fresh service. */
final class Cronlink extends CronScheduler {

    static final String DATABASE = "cronlink";
    private static final String TEMPLATE = "cronlink_template";
    private static final Duration START = Duration.ofSeconds(120);

    private final Path jar;
    private final Path folder;
    private final List<Service> services = new ArrayList<>();
    private @Nullable SingleConnectionDataSource session;

    Cronlink(Path jar, Path folder) {
        super("Cronlink");
        this.jar = jar;
        this.folder = folder;
    }

    @Override
    void begin(BenchmarkServer server) {
        forgetJobs();
        createDatabase(server);
        session = Sessions.open(server.login(DATABASE, BenchmarkServer.OWNER));
        startService(server);
    }

    /** Answers when one leads. */
    void startService(BenchmarkServer server) {
        launchService(server).awaitReady();
        awaitLeader();
    }

    /** Answers at once. */
    Service launchService(BenchmarkServer server) {
        Service service = Service.launch(jar, folder, server, DATABASE);
        services.add(service);
        return service;
    }

    /** The first one there is. */
    Service service() {
        return services.get(0);
    }

    /** Without a chance to say goodbye. */
    void killFirstService() {
        services.remove(0).kill();
    }

    /** Migrated, and left alone. */
    void createDatabase(BenchmarkServer server) {
        SingleConnectionDataSource postgres = Sessions.open(server.superuser("postgres"));
        JdbcClient superuser = JdbcClient.create(postgres);
        if (superuser.sql("SELECT count(*) FROM pg_database WHERE datname = '" + TEMPLATE + "'").query(Long.class).single() == 0) {
            superuser.sql("CREATE DATABASE " + TEMPLATE + " OWNER " + BenchmarkServer.OWNER).update();
            prepareTemplate(server);
        }
        superuser.sql("DROP DATABASE IF EXISTS " + DATABASE + " WITH (FORCE)").update();
        superuser.sql("CREATE DATABASE " + DATABASE + " OWNER " + BenchmarkServer.OWNER + " TEMPLATE " + TEMPLATE).update();
        superuser.sql("CHECKPOINT").update();
        postgres.destroy();
    }

    private void prepareTemplate(BenchmarkServer server) {
        Service migrating = Service.launch(jar, folder, server, TEMPLATE);
        migrating.awaitReady();
        SingleConnectionDataSource owner = Sessions.open(server.login(TEMPLATE, BenchmarkServer.OWNER));
        JdbcClient.create(owner)
                .sql("SELECT cron.add_login(:role, :password)")
                .param("role", BenchmarkServer.JOB_ROLE)
                .param("password", server.password())
                .query()
                .singleRow();
        owner.destroy();
        SingleConnectionDataSource superuser = Sessions.open(server.superuser(TEMPLATE));
        JdbcClient client = JdbcClient.create(superuser);
        prepareDatabase(client);
        client.sql("ALTER TABLE hit OWNER TO " + BenchmarkServer.OWNER).update();
        superuser.destroy();
        migrating.stop();
    }

    private void awaitLeader() {
        await(START, () -> count("SELECT count(leader_pid) FROM cron_engine.daemon_status()") == 1);
    }

    /** What this session is or has set is forgotten. */
    void reconnect(BenchmarkServer server) {
        Objects.requireNonNull(session).destroy();
        session = Sessions.open(server.login(DATABASE, BenchmarkServer.OWNER));
    }

    /** Only the database is left, for what is to be measured without a daemon. */
    void stopService() {
        services.forEach(Service::stop);
        services.clear();
    }

    @Override
    void end() {
        sql().sql("UPDATE cron.settings SET paused = true").update();
        stopService();
        Objects.requireNonNull(session).destroy();
    }

    @Override
    void restart(BenchmarkServer server) {
        stopService();
        startService(server);
    }

    @Override
    void admit(List<String> roles, String password) {
        for (String role : roles) {
            sql().sql("SELECT cron.add_login(:role, :password)")
                    .param("role", role)
                    .param("password", password)
                    .query()
                    .singleRow();
        }
    }

    @Override
    void limit(int runs) {
        sql().sql("UPDATE cron.settings SET max_running_jobs = :runs").param("runs", runs).update();
    }

    @Override
    int program() {
        return services.get(0).pid();
    }

    @Override
    JdbcClient sql() {
        return JdbcClient.create(Objects.requireNonNull(session));
    }

    @Override
    int daemon() {
        return (int) count("SELECT leader_pid FROM cron_engine.daemon_status()");
    }

    @Override
    List<Integer> workers() {
        return sql().sql("SELECT pid FROM cron_engine.worker").query(Integer.class).list();
    }

    @Override
    boolean hasSeconds() {
        return true;
    }
}
