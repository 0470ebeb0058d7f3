package io.cronlink.daemon;

import io.cronlink.database.Login;
import io.cronlink.owner.DefaultOwner;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The service's daemon session, alone in a process of its own. */
final class DaemonMain {

    private static final Logger LOG = LoggerFactory.getLogger(DaemonMain.class);

    private DaemonMain() {}

    public static void main(String... arguments) throws InterruptedException {
        DaemonProperties properties =
                new DaemonProperties(true, Duration.ofSeconds(20), Duration.ofSeconds(2), Duration.ofSeconds(5), null);
        DaemonSession session = new DaemonSession(
                new DaemonConnection(
                        new Login(arguments[0], arguments[1], System.getenv("DAEMON_PASSWORD")),
                        properties,
                        new LoopbackProperties(null, Integer.valueOf(arguments[2]), null, null, false),
                        new DefaultOwner(null, null)),
                properties,
                new FailureLog(new LogProperties(30)));
        Runtime.getRuntime().addShutdownHook(new Thread(session::stop));
        // No test is to leave one behind, however it ends.
        ProcessHandle.current().parent().orElseThrow().onExit().thenRun(() -> Runtime.getRuntime()
                .halt(1));
        while (!session.isRunning()) {
            try {
                session.start();
            } catch (RuntimeException failure) {
                // The server is away just now, as it may be in a test of faults.
                LOG.warn("Cannot start: {}", failure.getMessage());
                Thread.sleep(250);
            }
        }
        Thread.currentThread().join();
    }
}
