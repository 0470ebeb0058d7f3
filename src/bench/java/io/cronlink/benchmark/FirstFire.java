package io.cronlink.benchmark;

import io.cronlink.database.BenchmarkServer;
import java.time.Duration;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * How late, by the job's clock, the first fire is that comes due after the scheduler has begun to run, or after another service has taken over.
 * Cronlink's job is due each second, those of the others in the next minute.
 */
record FirstFire(BenchmarkServer server) implements Scenario {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Override
    public String name() {
        return "firstfire";
    }

    @Override
    public void run(Scheduler scheduler, Results results) {
        if (scheduler instanceof Cronlink cronlink) {
            ofCronlink(cronlink, results);
        } else {
            // Added afterwards: what was missed in between would come first, and make pgAgent miss the next one.
            scheduler.restart(server);
            Instant due = Burst.addJobs(scheduler, 1, Scheduler.HIT, BenchmarkServer.JOB_ROLE);
            String hits = "FROM hit WHERE at >= to_timestamp(" + due.getEpochSecond() + ")";
            Scheduler.await(PATIENCE.multipliedBy(2), () -> scheduler.count("SELECT count(*) " + hits) > 0);
            double first = scheduler.number("SELECT extract(epoch FROM min(at))::float8 " + hits);
            results.add(name(), "after the start: late by the job's clock", "ms", scheduler, (first - due.getEpochSecond()) * 1000);
        }
    }

    private void ofCronlink(Cronlink cronlink, Results results) {
        cronlink.add(1, "1 second", Scheduler.HIT);
        Scheduler.await(PATIENCE, () -> cronlink.count("SELECT count(*) FROM hit WHERE scheduled IS NOT NULL") > 0);
        double phase = cronlink.number("SELECT extract(epoch FROM min(scheduled))::float8 FROM hit") % 1;
        cronlink.stopService();
        cronlink.launchService(server);
        after("the start", 0, phase, cronlink, results);
        cronlink.launchService(server).awaitReady();
        int leader = cronlink.daemon();
        Instant killed = Instant.now();
        cronlink.killFirstService();
        double since = after("a takeover from a service that was killed", leader, phase, cronlink, results);
        results.add(name(), "from kill -9 until the other leads", "ms", cronlink, since - killed.toEpochMilli());
        cronlink.launchService(server).awaitReady();
        int next = cronlink.daemon();
        terminate(next);
        after("a takeover from a session that was terminated", next, phase, cronlink, results);
    }

    private void terminate(int pid) {
        SingleConnectionDataSource postgres = Sessions.open(server.superuser("postgres"));
        JdbcClient.create(postgres).sql("SELECT pg_terminate_backend(:pid)").param("pid", pid).query().singleRow();
        postgres.destroy();
    }

    /** Answers since when another than the last one leads, in ms. */
    private double after(String what, int last, double phase, Cronlink cronlink, Results results) {
        String another = "SELECT count(*) FROM cron_engine.daemon_status() WHERE leader_pid <> " + last;
        if (!Scheduler.await(PATIENCE, Duration.ofMillis(5), () -> cronlink.count(another) > 0)) {
            throw new IllegalStateException("nobody leads");
        }
        double leads = Instant.now().toEpochMilli() / 1000.0;
        double due = leads + (phase - leads % 1 + 1) % 1;
        String hits = "FROM hit WHERE scheduled > to_timestamp(" + (due - 0.01) + ")";
        Scheduler.await(PATIENCE, () -> cronlink.count("SELECT count(*) " + hits) > 1);
        double first = cronlink.number("SELECT extract(epoch FROM min(at))::float8 " + hits);
        results.add(name(), "after " + what + ": late by the job's clock", "ms", cronlink, (first - due) * 1000);
        return leads * 1000;
    }
}
