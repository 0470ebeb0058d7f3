package io.cronlink.event;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
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
    private static final int CAPACITY = 1000;

    private final AsyncContext context;
    private final ServletOutputStream output;
    private final Runnable abort;
    private final @Nullable Long jobid;
    private final Consumer<EventStream> onEnd;

    private final Queue<byte[]> waiting = new ArrayDeque<>();
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
    void begin(Event first) {
        context.setTimeout(0);
        context.addListener(this);
        waiting.add(first.text());
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
        waiting.add(told.text());
        position = at;
        current = true;
        drain();
    }

    /** A page of the log, all of it, as nothing is waiting. */
    synchronized void page(List<Event> events, Position end, boolean last) {
        add(events);
        position = end;
        current = last;
        drain();
    }

    /** What is new; he may not get it now. */
    synchronized void news(List<Event> events, Position end) {
        if (waiting.size() + events.size() > CAPACITY && !waiting.isEmpty()) {
            current = false;
        } else {
            add(events);
            position = end;
        }
        drain();
    }

    private void add(List<Event> events) {
        events.stream().filter(event -> event.isFor(jobid)).map(Event::text).forEach(waiting::add);
    }

    synchronized void keepAlive(Event comment, long silence) {
        if (waiting.isEmpty() && System.nanoTime() - lastSent > silence) {
            waiting.add(comment.text());
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
                output.write(waiting.remove());
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
            LOG.debug("The stream was completed", completed);
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
