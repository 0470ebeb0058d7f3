package io.cronlink.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cronlink.daemon.DaemonProcess;
import io.cronlink.database.CrashableServer;
import io.cronlink.database.Release;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/**
 * An upgrade while jobs run: workers are in the middle of a CALL, one daemon leads and another one waits for its turn. It mostly waits for that
 * server of its own: other tests run meanwhile, but for those that count what the migration logs.
 */
@Tag("faults")
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(Resources.SYSTEM_OUT)
class UpgradeTests {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Nothing else is wrong meanwhile. */
    private static final String NEVER_FAIL =
            "('grid', 'grid of alice', 'frequent', 'slow', 'slow and late', 'untidy', 'minutely', 'vacuum', 'explicit', 'in parts', 'grouped')";

    @Test
    void losesAndFailsNoRun() {
        try (CrashableServer server = CrashableServer.startEmpty()) {
            server.migrate(Release.last());
            Session owner = new Session(server.owner());
            Session superuser = new Session(server.superuser());
            Workload.prepare(server, superuser, owner);
            Reconciliation reconciliation = new Reconciliation(owner, superuser);
            // A command of its own that waits for a lock gives up soon; the end of a run does not.
            superuser.execute("ALTER ROLE alice SET lock_timeout = '100ms'");
            try (DaemonProcess one = DaemonProcess.start(server.owner(), server.port());
                    DaemonProcess other = DaemonProcess.start(server.owner(), server.port())) {
                awaitRuns(owner, 100);
                server.migrate();
                awaitRuns(owner, 100);
                for (int i = 1; i <= 3; i++) {
                    server.migrate(Release.later(i));
                    awaitRuns(owner, 50);
                }
                Workload.stop(superuser, owner);
                reconciliation.awaitTheEndOfAllRuns();
                assertThat(one.output() + other.output()).doesNotContain("Disconnected");
            }
            reconciliation.awaitNothingLeft();
            reconciliation.checkRules();

            assertThat(reconciliation.discrepancies()).isEmpty();
            assertThat(superuser.rows(
                            "SELECT d.* FROM cron.job_run_details d JOIN cron.job USING (jobid) WHERE d.status = 'failed' AND jobname IN "
                                    + NEVER_FAIL))
                    .isEmpty();
        }
    }

    private static void awaitRuns(Session owner, int more) {
        long last = succeeded(owner);
        await().atMost(PATIENCE).until(() -> succeeded(owner) >= last + more);
    }

    private static long succeeded(Session owner) {
        return Long.parseLong(owner.value("SELECT count(*) FROM cron.job_run_details WHERE status = 'succeeded'"));
    }
}
