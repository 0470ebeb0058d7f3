package io.cronlink.database;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets SIGTERM end a service that waits for its database. Spring's own hook waits until the start is over, for a minute perhaps,
 * and a container is killed before. While it waits the service has done nothing yet that would have to be undone.
 */
final class StopWhileWaiting implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final int ENDED_BY_SIGTERM = 128 + 15;

    private final Thread waiting = Thread.currentThread();
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread hook = new Thread(this::end, "stop-while-waiting");

    /** From now on, until it is closed. */
    StopWhileWaiting() {
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException shutsDown) {
            waiting.interrupt();
        }
    }

    private void end() {
        synchronized (over) {
            if (over.getCount() == 0) {
                return;
            }
            waiting.interrupt();
        }
        try {
            if (!over.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                // It is connecting, which no interrupt ends.
                Runtime.getRuntime().halt(ENDED_BY_SIGTERM);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Afterwards the waiting thread is interrupted no more; whether it was, it has to ask. */
    @Override
    public void close() {
        synchronized (over) {
            over.countDown();
        }
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shutsDown) {
            // The hook has seen that it is over.
        }
    }
}
