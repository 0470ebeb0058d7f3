package io.cronlink.database;

import io.cronlink.startup.CannotStart;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A question to the database that is answered soon, or not at all. Who asks for health or metrics does not wait for as long as a session is
 * waited for, and those who ask at once share one question.
 */
public final class DatabaseProbe<T> {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseProbe.class);

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Supplier<T> question;
    private final Duration fresh;
    private @Nullable CompletableFuture<T> answer;
    private long askedAt;
    private volatile String reason = "";

    /**
     * @param fresh how long an answer is given again
     */
    public DatabaseProbe(Supplier<T> question, Duration fresh) {
        this.question = question;
        this.fresh = fresh;
    }

    public Optional<T> ask() {
        CompletableFuture<T> present = present();
        try {
            long left = PATIENCE.toNanos() - (System.nanoTime() - askedAt());
            return Optional.of(present.get(Math.max(left, 0), TimeUnit.NANOSECONDS));
        } catch (TimeoutException unanswered) {
            return Optional.empty();
        } catch (ExecutionException failure) {
            // Asked for again and again: it is the answer that tells, not the log.
            LOG.debug("The database could not be asked", failure);
            return Optional.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Why the last question that has come to an end was not answered; empty: it was. */
    public String reason() {
        return reason;
    }

    private synchronized long askedAt() {
        return askedAt;
    }

    /** One that is not answered yet is not asked a second time, however long that takes. */
    private synchronized CompletableFuture<T> present() {
        CompletableFuture<T> last = answer;
        if (last != null && (!last.isDone() || System.nanoTime() - askedAt < fresh.toNanos())) {
            return last;
        }
        askedAt = System.nanoTime();
        CompletableFuture<T> next = CompletableFuture.supplyAsync(question, DatabaseProbe::run);
        next.whenComplete((answered, failure) -> reason = failure == null ? "" : root(failure));
        answer = next;
        return next;
    }

    /** What is behind a session that was not to be had: the server's own words, in most cases. */
    private static String root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return CannotStart.line(root);
    }

    private static void run(Runnable task) {
        Thread thread = new Thread(task, "database-probe");
        thread.setDaemon(true);
        thread.start();
    }
}
