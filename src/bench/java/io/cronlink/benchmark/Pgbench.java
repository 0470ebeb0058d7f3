package io.cronlink.benchmark;

import io.cronlink.database.BenchmarkServer;
import io.cronlink.database.Login;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the server can do at most: the row writes of a run, in as many commits, without a scheduler. */
final class Pgbench {

    private static final Pattern RATE = Pattern.compile("tps = ([0-9.]+)");

    private static final List<String> TABLES = List.of(
            "CREATE SCHEMA IF NOT EXISTS limit_test",
            "CREATE TABLE IF NOT EXISTS limit_test.history (LIKE cron.job_run_details INCLUDING ALL)",
            "CREATE TABLE IF NOT EXISTS limit_test.queue (LIKE cron_engine.queue INCLUDING ALL)",
            "CREATE TABLE IF NOT EXISTS limit_test.timer (LIKE cron_engine.timer INCLUDING ALL)",
            "CREATE TABLE IF NOT EXISTS limit_test.ended_run (LIKE cron_engine.ended_run INCLUDING ALL)",
            "TRUNCATE limit_test.history, limit_test.queue, limit_test.timer, limit_test.ended_run",
            "INSERT INTO limit_test.timer SELECT g, t.schedule, t.timezone, t.anchor, t.scheduled_time, t.next_fire"
                    + " FROM generate_series(1, 3000) g CROSS JOIN (TABLE cron_engine.timer LIMIT 1) t");

    private static final String SCRIPT = """
            \\set job random(1, 3000)
            BEGIN;
            UPDATE limit_test.timer SET scheduled_time = scheduled_time + '1 s', next_fire = next_fire + '1 s' WHERE jobid = :job;
            INSERT INTO limit_test.history (jobid, database, username, command, status, scheduled_time, queued_time, trigger, attempt)
            VALUES (:job, 'cronlink', 'app', 'SELECT 1', 'queued', now(), now(), 'schedule', 1) RETURNING runid AS run \\gset
            INSERT INTO limit_test.queue (runid, jobid, login, username, priority, ready, overlap)
            VALUES (:run, :job, 'app', 'app', 0, true, false);
            UPDATE limit_test.queue SET pid = pg_backend_pid(), claims = claims + 1, started_at = now() WHERE runid = :run;
            UPDATE limit_test.history SET status = 'running', job_pid = pg_backend_pid(), start_time = now() WHERE runid = :run;
            DELETE FROM limit_test.queue WHERE runid = :run;
            UPDATE limit_test.history SET status = 'succeeded', return_message = '1 row', result = '1', end_time = now() WHERE runid = :run;
            INSERT INTO limit_test.ended_run (runid, jobid, status) VALUES (:run, :job, 'succeeded');
            COMMIT;
            """;

    private Pgbench() {}

    static double transactionsPerSecond(BenchmarkServer server, Scheduler cronlink, int seconds) {
        try {
            for (String sql : TABLES) {
                cronlink.sql().sql(sql).update();
            }
            cronlink.sql().sql("DELETE FROM cron.job").update();
            Scheduler.await(java.time.Duration.ofSeconds(30), () -> cronlink.count("SELECT count(*) FROM cron_engine.queue") == 0);
            Path script = Files.writeString(Files.createTempFile("pgbench", ".sql"), SCRIPT);
            Login owner = server.login(Cronlink.DATABASE, BenchmarkServer.OWNER);
            String output = server.run(List.of(
                    server.program("pgbench"),
                    "--no-vacuum",
                    "--protocol=prepared",
                    "--client=8",
                    "--jobs=2",
                    "--time=" + seconds,
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
