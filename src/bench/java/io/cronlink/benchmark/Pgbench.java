package io.cronlink.benchmark;

import io.cronlink.database.BenchmarkServer;
import io.cronlink.database.Login;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the server can do at most: the rows that a run writes, into tables like those of Cronlink, without a scheduler. Each client has runs of
 * its own, so that none waits for another or has to look for what it may claim; and nothing is vacuumed.
 */
final class Pgbench {

    private static final Pattern RATE = Pattern.compile("tps = ([0-9.]+)");

    /** Logged and unlogged as those they are like. */
    private static final List<String> TABLES = List.of(
            "DROP SCHEMA IF EXISTS limit_test CASCADE",
            "CREATE SCHEMA limit_test",
            "CREATE TABLE limit_test.history (LIKE cron.job_run_details INCLUDING ALL) WITH (fillfactor = 70)",
            "CREATE TABLE limit_test.timer (LIKE cron_engine.timer INCLUDING ALL) WITH (fillfactor = 70)",
            "CREATE UNLOGGED TABLE limit_test.due (LIKE cron_engine.due INCLUDING ALL)",
            "CREATE UNLOGGED TABLE limit_test.queue (LIKE cron_engine.queue INCLUDING ALL) WITH (fillfactor = 50)",
            "CREATE UNLOGGED TABLE limit_test.plain_end (LIKE cron_engine.plain_end INCLUDING ALL)",
            "INSERT INTO limit_test.timer SELECT g, t.schedule, t.timezone, t.anchor, t.scheduled_time, t.next_fire"
                    + " FROM generate_series(1, 128 * 50) g CROSS JOIN (TABLE cron_engine.timer LIMIT 1) t",
            "INSERT INTO limit_test.due SELECT jobid, now() FROM limit_test.timer",
            "ANALYZE limit_test.timer, limit_test.due");

    /** A transaction of pgbench is a run. The daemon fires 50 at a time and does not wait for the disk; a worker does, twice for a run. */
    private static final String SCRIPT = """
            \\if :left = 0
            \\set last_job (:client_id + 1) * 50
            \\set last_run :run + 50
            BEGIN;
            SET LOCAL synchronous_commit = off;
            UPDATE limit_test.timer SET scheduled_time = scheduled_time + '1 s', next_fire = next_fire + '1 s'
             WHERE jobid > :last_job - 50 AND jobid <= :last_job;
            INSERT INTO limit_test.history (runid, jobid, database, username, command, status, scheduled_time, queued_time, trigger, attempt)
            SELECT :client_id * 100000000::bigint + :last_run - g, :last_job - g, 'cronlink', 'app', 'SELECT 1', 'queued', now(), now(), 'schedule', 1
              FROM generate_series(0, 49) g;
            INSERT INTO limit_test.queue (runid, jobid, login, username, priority, ready, may_overlap, not_before, plain)
            SELECT :client_id * 100000000::bigint + :last_run - g, :last_job - g, 'app', 'app', 0, true, false, now(), true
              FROM generate_series(0, 49) g;
            UPDATE limit_test.due SET next_fire = next_fire + '1 s' WHERE jobid > :last_job - 50 AND jobid <= :last_job;
            COMMIT;
            \\set left 50
            \\endif
            \\set left :left - 1
            \\set run :run + 1
            \\set runid :client_id * 100000000 + :run
            BEGIN;
            UPDATE limit_test.queue SET pid = pg_backend_pid(), claims = claims + 1, started_at = clock_timestamp() WHERE runid = :runid;
            COMMIT;
            BEGIN;
            DELETE FROM limit_test.queue WHERE runid = :runid;
            UPDATE limit_test.history
               SET status = 'succeeded', job_pid = pg_backend_pid(), start_time = now(), return_message = '1 row', result = '1', end_time = clock_timestamp()
             WHERE runid = :runid;
            INSERT INTO limit_test.plain_end (runid, jobid, status) VALUES (:runid, 1, 'succeeded');
            COMMIT;
            """;

    private Pgbench() {}

    static double runsPerSecond(BenchmarkServer server, Scheduler cronlink, int clients, int seconds) {
        try {
            for (String sql : TABLES) {
                cronlink.sql().sql(sql).update();
            }
            cronlink.sql().sql("UPDATE cron.job SET active = false WHERE active").update();
            Scheduler.await(Duration.ofSeconds(30), () -> cronlink.count("SELECT count(*) FROM cron_engine.queue") == 0);
            Path script = Files.writeString(Files.createTempFile("pgbench", ".sql"), SCRIPT);
            Login owner = server.login(Cronlink.DATABASE, BenchmarkServer.OWNER);
            String output = server.run(List.of(
                    server.program("pgbench"),
                    "--no-vacuum",
                    "--protocol=prepared",
                    "--client=" + clients,
                    "--jobs=2",
                    "--time=" + seconds,
                    "--define=left=0",
                    "--define=run=0",
                    "--file=" + script,
                    "--host=127.0.0.1",
                    "--port=" + server.port(),
                    "--username=" + Objects.requireNonNull(owner.username()),
                    Cronlink.DATABASE));
            Files.delete(script);
            Matcher rate = RATE.matcher(output);
            if (!rate.find()) {
                throw new IllegalStateException(output);
            }
            return Double.parseDouble(rate.group(1));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
