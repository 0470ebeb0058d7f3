package io.cronlink.event;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one reader gets. Nobody waits for him: what his connection does not take now is kept, up to a bound, and is sent by the
 * server's own threads when it does. Whoever is too slow for that catches up from the log, as he would after a pause.
 */
final class EventStream implements WriteListener, AsyncListener {

    private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);
    private static final int CAPACITY = 256 * 1024;

    private final AsyncContext context;
    private final ServletOutputStream output;
    private final Runnable abort;
    private final @Nullable Long jobid;
    private final Consumer<EventStream> onEnd;

    private final Queue<byte[]> waiting = new ArrayDeque<>();
    private int octets;
    private @Nullable Position position;
    private boolean current;
    private boolean open;
    private boolean unflushed;
    private boolean ending;
    private boolean ended;
    private long lastSent = System.nanoTime();

    /**
     * @param abort closes the connection, whatever has not been sent
     * @param jobid the only job that he asks for
     * @param position up to where he has read; null: he begins
     */
    EventStream(
            AsyncContext context,
            Runnable abort,
            @Nullable Long jobid,
            @Nullable Position position,
            Consumer<EventStream> onEnd)
            throws IOException {
        this.context = context;
        this.output = context.getResponse().getOutputStream();
        this.abort = abort;
        this.jobid = jobid;
        this.position = position;
        this.onEnd = onEnd;
    }

    /** To be called by the thread of the request. */
    synchronized void begin(Event first) {
        context.setTimeout(0);
        context.addListener(this);
        add(first.text());
        output.setWriteListener(this);
    }

    synchronized @Nullable Position position() {
        return position;
    }

    synchronized boolean isNew() {
        return position == null;
    }

    /** Whether he has got all that he gets from the log, and waits for what comes next of it. */
    synchronized boolean wantsPage() {
        return !current && open && !ended && position != null && waiting.isEmpty();
    }

    synchronized boolean isCurrent() {
        return current;
    }

    /** From here on he gets what is new. */
    synchronized void catchUp(Event told, Position at) {
        add(told.text());
        position = at;
        current = true;
        drain();
    }

    /** A page of the log, all of it, as nothing is waiting. */
    synchronized void page(Page page, Position end) {
        add(page);
        position = end;
        current = page.complete();
        drain();
    }

    /** What is new; he may not get it now. */
    synchronized void news(Page page) {
        if (octets + page.text().length > CAPACITY && !waiting.isEmpty()) {
            current = false;
        } else {
            add(page);
            position = page.end();
        }
        drain();
    }

    private void add(Page page) {
        if (jobid == null) {
            add(page.text());
        } else {
            page.events().stream().filter(event -> jobid.equals(event.jobid())).forEach(event -> add(event.text()));
        }
    }

    private void add(byte[] text) {
        if (text.length > 0) {
            waiting.add(text);
            octets += text.length;
        }
    }

    synchronized void keepAlive(Event comment, long silence) {
        if (waiting.isEmpty() && System.nanoTime() - lastSent > silence) {
            add(comment.text());
            drain();
        }
    }

    /** When what waits has been sent; at once if he does not take it. */
    synchronized void end() {
        drain();
        ending = true;
        drain();
        if (!ended) {
            abort.run();
            complete();
        }
    }

    @Override
    public synchronized void onWritePossible() {
        open = true;
        drain();
    }

    private void drain() {
        try {
            while (open && !ended && !waiting.isEmpty() && output.isReady()) {
                byte[] text = waiting.remove();
                octets -= text.length;
                output.write(text);
                unflushed = true;
                lastSent = System.nanoTime();
            }
            if (open && !ended && unflushed && output.isReady()) {
                output.flush();
                unflushed = false;
            }
            if (ending && !ended && waiting.isEmpty() && !unflushed && output.isReady()) {
                complete();
            }
        } catch (IOException | IllegalStateException gone) {
            LOG.debug("The reader is gone", gone);
            complete();
        }
    }

    private void complete() {
        if (ended) {
            return;
        }
        ended = true;
        waiting.clear();
        try {
            context.complete();
        } catch (IllegalStateException completed) {
            LOG.debug("The stream was completed, or cannot be now", completed);
            // Whichever it was: a connection that is closed is no request in progress, for which a stop would wait.
            abort.run();
        }
        onEnd.accept(this);
    }

    @Override
    public synchronized void onError(Throwable failure) {
        LOG.debug("The reader is gone", failure);
        complete();
    }

    @Override
    public void onComplete(AsyncEvent event) {
        finish();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        finish();
    }

    @Override
    public void onError(AsyncEvent event) {
        finish();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // Nobody starts it again.
    }

    private synchronized void finish() {
        if (!ended) {
            ended = true;
            waiting.clear();
            onEnd.accept(this);
        }
    }
}
