package io.cronlink.embedded;

import io.cronlink.startup.CannotStart;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks every second whether the embedded server is still running, and starts it again if not: nobody else would. */
final class EmbeddedDatabaseWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    /** Starts it, unless it is running by now; false in that case. */
    interface Start {
        boolean again() throws IOException;
    }

    /**
     * What the watch has seen.
     *
     * @param starts how often it started the server
     * @param last when it did so the last time
     * @param failure why the server that ended could not be started again; null: it is running
     */
    record Status(
            int starts, @Nullable Instant last, @Nullable String failure) {}

    private final BooleanSupplier isRunning;
    private final Start start;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = new Thread(this::watch, "embedded-postgresql-watch");
    private volatile Status status = new Status(0, null, null);

    EmbeddedDatabaseWatch(BooleanSupplier isRunning, Start start) {
        this.isRunning = isRunning;
        this.start = start;
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    Status status() {
        return status;
    }

    /** Afterwards nothing is started any more. */
    @Override
    public void close() {
        closed.countDown();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException ignored) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch() {
        Duration pause = PAUSE;
        while (!await(pause)) {
            pause = look() ? PAUSE : longer(pause);
        }
    }

    private boolean await(Duration pause) {
        try {
            return closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            return true;
        }
    }

    private static Duration longer(Duration pause) {
        Duration longer = pause.multipliedBy(2);
        return longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
    }

    /** Whether all is well afterwards. */
    private boolean look() {
        Status before = status;
        try {
            if (!isRunning.getAsBoolean() && start.again()) {
                status = new Status(before.starts() + 1, Instant.now(), null);
                LOG.warn("The embedded PostgreSQL had ended; started it again");
            } else if (before.failure() != null) {
                status = new Status(before.starts(), before.last(), null);
            }
            return true;
        } catch (IOException | RuntimeException failure) {
            String why = CannotStart.line(failure);
            if (!why.equals(before.failure())) {
                LOG.error("The embedded PostgreSQL has ended and does not start again, trying for ever: {}", why);
            }
            status = new Status(before.starts(), before.last(), why);
            return false;
        }
    }
}
