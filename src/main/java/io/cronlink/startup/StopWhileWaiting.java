package io.cronlink.startup;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets SIGTERM end a service that waits while it starts. Spring's own hook waits until the start is over, for a minute perhaps, and a
 * container is killed before. What is given here ends the waiting; it is run by the hook, once, unless the waiting is over.
 */
public final class StopWhileWaiting implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("io.cronlink.Cronlink");

    private final String what;
    private final Consumer<StopWhileWaiting> end;
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stop, "stop-while-waiting");
    private volatile boolean wanted;

    /**
     * From now on, until it is closed. Fails if the service is stopping already.
     *
     * @param what is waited for
     */
    public StopWhileWaiting(String what, Consumer<StopWhileWaiting> end) {
        this.what = what;
        this.end = end;
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException shutsDown) {
            throw failure();
        }
    }

    private void stop() {
        synchronized (over) {
            if (over.getCount() == 0) {
                return;
            }
            wanted = true;
        }
        // Here and not where the start then fails: the process may be gone before that is told.
        LOG.info("Cronlink did not start: stopped while waiting for {}.", what);
        end.accept(this);
    }

    /** Whether the service was told to stop meanwhile. */
    public boolean isWanted() {
        return wanted;
    }

    public StoppedAtStart failure() {
        return new StoppedAtStart(what);
    }

    /** Whether the waiting ends within that time. */
    public boolean isOverWithin(Duration patience) {
        try {
            return over.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Afterwards nothing is ended any more; whether a stop was wanted, one has to ask. */
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
