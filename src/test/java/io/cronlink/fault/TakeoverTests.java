package io.cronlink.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cronlink.daemon.DaemonProcess;
import io.cronlink.database.CronlinkDatabase;
import io.cronlink.database.Login;
import io.cronlink.database.TestDatabase;
import io.cronlink.run.TestJobs;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * G7: however the leader goes, another one fires within ten seconds. What is measured is the longest time without a fire of a
 * job that fires five times a second.
 */
@Tag("engine")
@CronlinkDatabase
class TakeoverTests {

    private static final Duration PROMISE = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final TestDatabase database;
    private final TestJobs jobs;
    private final Proxy network;
    private final DaemonProcess first;
    private final DaemonProcess second;
    private long jobid;

    TakeoverTests(TestDatabase database) {
        this.database = database;
        this.jobs = new TestJobs(database);
        this.network = new Proxy(database.portFromHere());
        this.first = DaemonProcess.start(owner(network.port()), database.port());
        await().atMost(PATIENCE).until(() -> first.output().contains("Leading"));
        this.second = DaemonProcess.start(owner(database.portFromHere()), database.port());
        await().atMost(PATIENCE).until(() -> second.output().contains("Standing by"));
    }

    @BeforeEach
    void fireFiveTimesASecond() {
        jobid = jobs.schedule("@every 200 milliseconds", "SELECT 1");
        await().atMost(PATIENCE).until(() -> fires() > 3);
    }

    @AfterEach
    void stop() {
        jobs.unschedule(jobid);
        network.close();
        first.close();
        second.close();
    }

    private Login owner(int port) {
        return new Login(
                database.url().replace(":" + database.portFromHere() + "/", ":" + port + "/"),
                database.ownerName(),
                database.password(database.ownerName()));
    }

    private long fires() {
        return Long.parseLong(jobs.value("SELECT count(*) FROM cron.job_run_details WHERE jobid = " + jobid));
    }

    private String leader() {
        return jobs.value("SELECT leader_pid FROM cron_engine.daemon_status()");
    }

    @SuppressWarnings("SystemOut")
    private void assertTakenOverFrom(String leader, String after) {
        await().atMost(PATIENCE).until(() -> !leader().isEmpty() && !leader().equals(leader));
        long before = fires();
        await().atMost(PATIENCE).until(() -> fires() > before + 3);
        Duration longest = Duration.ofMillis((long) (1000 * Double.parseDouble(jobs.value("""
                SELECT extract(epoch FROM max(pause)) FROM (
                    SELECT queued_time - lag(queued_time) OVER (ORDER BY runid) AS pause
                    FROM cron.job_run_details WHERE jobid = %d) AS p""".formatted(jobid)))));
        System.out.printf("takeover after %s: %.1f s without a fire%n", after, longest.toMillis() / 1000.0);
        assertThat(longest).isLessThan(PROMISE);
        assertThat(jobs.value("""
                SELECT count(*) - count(DISTINCT scheduled_time) FROM cron.job_run_details WHERE jobid = """ + jobid)).isEqualTo("0");
    }

    @Test
    void followsTheKillOfTheLeadersProcess() {
        String leader = leader();

        first.kill();

        assertTakenOverFrom(leader, "kill -9 of the leader's process");
    }

    @Test
    void followsTheTerminationOfTheLeadersSession() {
        String leader = leader();

        database.superuser()
                .sql("SELECT pg_terminate_backend(" + leader + ")")
                .query()
                .singleRow();

        assertTakenOverFrom(leader, "the termination of the leader's session");
    }

    @Test
    void followsACutConnection() {
        String leader = leader();

        network.cut();

        assertTakenOverFrom(leader, "a cut connection");
    }

    /** As behind a balancer that hangs: the server's keep-alives are answered, but by nobody who would ever call again. */
    @Test
    void followsASilentNetwork() {
        String leader = leader();

        network.fallSilent();

        assertTakenOverFrom(leader, "a silent network");
    }
}
