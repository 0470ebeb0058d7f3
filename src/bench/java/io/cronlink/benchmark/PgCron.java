package io.cronlink.benchmark;

import io.cronlink.database.BenchmarkServer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** The real pg_cron, in a database for each version. Its configuration is the server's. */
final class PgCron extends CronScheduler {

    private final String version;
    private @Nullable SingleConnectionDataSource session;

    PgCron(String version, boolean backgroundWorkers) {
        super("pg_cron " + version + (backgroundWorkers ? ", background workers" : ""));
        this.version = version;
    }

    static String database(String version) {
        return "pg_cron_" + version.replace('.', '_');
    }

    @Override
    void begin(BenchmarkServer server) {
        session = Sessions.open(server.superuser(database(version)));
        if (count("SELECT count(*) FROM pg_extension WHERE extname = 'pg_cron'") == 0) {
            sql().sql("CREATE EXTENSION pg_cron").update();
            prepareDatabase(sql());
        }
        clear();
    }

    private void clear() {
        forgetJobs();
        sql().sql("DELETE FROM cron.job").update();
        // Runs that wait in its memory go with their jobs; those under way are waited for.
        pause(Duration.ofSeconds(2));
        await(Duration.ofSeconds(30), () -> workers().isEmpty());
        sql().sql("TRUNCATE cron.job_run_details, hit").update();
        sql().sql("VACUUM cron.job").update();
    }

    @Override
    void end() {
        clear();
        Objects.requireNonNull(session).destroy();
    }

    @Override
    void restart(BenchmarkServer server) {
        Objects.requireNonNull(session).destroy();
        server.restart();
        session = Sessions.open(server.superuser(database(version)));
    }

    @Override
    JdbcClient sql() {
        return JdbcClient.create(Objects.requireNonNull(session));
    }

    @Override
    int daemon() {
        return (int) count("SELECT pid FROM pg_stat_activity WHERE backend_type = 'pg_cron launcher'");
    }

    @Override
    List<Integer> workers() {
        return sql().sql("SELECT pid FROM pg_stat_activity WHERE application_name LIKE 'pg_cron%' AND backend_type = 'client backend'"
                        + " OR backend_type = 'pg_cron'")
                .query(Integer.class)
                .list();
    }

    /** Since pg_cron 1.5. */
    @Override
    boolean hasSeconds() {
        return Double.parseDouble(version) >= 1.5;
    }
}
