package io.cronlink.event;

import io.cronlink.database.Login;
import io.cronlink.startup.CannotStart;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads what happens, once for all readers, and hands it to their streams. Its one thread and its one session are there while
 * anybody reads, and wait for nobody but the database.
 */
@Component
class EventFeed implements SmartLifecycle, MeterBinder {

    private static final Logger LOG = LoggerFactory.getLogger(EventFeed.class);

    /** Events that are read at once, and so held. */
    private static final int PAGE = 1000;

    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration LINGER = Duration.ofSeconds(5);
    private static final Duration FIRST_BACKOFF = Duration.ofMillis(250);
    private static final Duration MAX_BACKOFF = Duration.ofSeconds(5);
    /** How long it waits for a notification, and so how long whoever comes back waits for it. */
    private static final int WAIT_MILLIS = 200;
    /** What happens within that time after something else is told together with it. */
    private static final int COALESCE_MILLIS = 50;

    private static final Event ALIVE = Event.comment("alive");
    private static final Event AWAY = Event.comment("the database is not available");
    private static final Event RETRY = Event.retry(Duration.ofSeconds(2));

    private final Login owner;
    private final JsonMapper json;
    private final EventProperties properties;

    /** With the time that each began. Nobody calls a stream with the lock of this object held: a stream that ends takes it. */
    private final Map<EventStream, Long> streams = new ConcurrentHashMap<>();

    private final Map<String, Integer> places = new HashMap<>();
    private volatile @Nullable Position position;
    private @Nullable Thread thread;
    private long idleSince = System.nanoTime();
    private boolean running;

    EventFeed(Login owner, JsonMapper json, EventProperties properties) {
        this.owner = owner;
        this.json = json;
        this.properties = properties;
    }

    /** What gives it back is to be called once, or more often. */
    synchronized Runnable takePlace(String user) {
        int all = places.values().stream().mapToInt(Integer::intValue).sum();
        int own = places.getOrDefault(user, 0);
        if (!running || all >= properties.maxStreams() || own >= properties.maxStreamsPerUser()) {
            throw new TooManyStreams();
        }
        places.put(user, own + 1);
        AtomicBoolean given = new AtomicBoolean();
        return () -> {
            if (given.compareAndSet(false, true)) {
                giveBack(user);
            }
        };
    }

    private synchronized void giveBack(String user) {
        places.computeIfPresent(user, (name, count) -> count > 1 ? count - 1 : null);
    }

    void begin(EventStream stream) {
        // Before it can end.
        streams.put(stream, System.nanoTime());
        try {
            stream.begin(RETRY);
        } catch (RuntimeException failure) {
            streams.remove(stream);
            throw failure;
        }
        synchronized (this) {
            if (thread == null) {
                Thread reader = new Thread(this::feed, "event-feed");
                reader.setDaemon(true);
                thread = reader;
                reader.start();
            }
        }
        if (!isRunning()) {
            stream.end();
        }
    }

    void remove(EventStream stream) {
        streams.remove(stream);
    }

    private List<EventStream> streams() {
        return List.copyOf(streams.keySet());
    }

    private void feed() {
        int attempts = 0;
        while (isWanted()) {
            try (EventConnection connection = EventConnection.open(owner, json)) {
                resume(connection.log());
                if (attempts > 0) {
                    LOG.info("Events are told again");
                }
                attempts = 0;
                serve(connection);
            } catch (SQLException | RuntimeException failure) {
                // Whatever it is, its readers wait for this thread.
                if (attempts++ == 0) {
                    LOG.warn("Events are not told, trying again for ever: {}", CannotStart.line(failure));
                }
                pause(Math.min(FIRST_BACKOFF.toMillis() << Math.min(attempts, 10), MAX_BACKOFF.toMillis()));
            }
        }
    }

    /** Nothing was missed, unless the log was lost or has forgotten. */
    private void resume(EventLog log) {
        Position last = position;
        if (last != null && log.reachesBackTo(last)) {
            return;
        }
        Position end = log.end();
        position = end;
        if (last != null) {
            streams().stream().filter(EventStream::isCurrent).forEach(stream -> stream.catchUp(Event.reset(end), end));
        }
    }

    private void serve(EventConnection connection) throws SQLException {
        EventLog log = connection.log();
        long lookedAt = System.nanoTime() - LOOK.toNanos();
        boolean more = false;
        while (isWanted()) {
            boolean news = connection.awaitNews(more ? 1 : WAIT_MILLIS) || more;
            if (news || System.nanoTime() - lookedAt >= LOOK.toNanos()) {
                lookedAt = System.nanoTime();
                more = tellNews(log);
                if (news && !more) {
                    pause(COALESCE_MILLIS);
                }
            }
            tellOthers(log);
            care(ALIVE);
        }
    }

    /** Whether there may be more. */
    private boolean tellNews(EventLog log) {
        Position from = position;
        if (from == null) {
            return false;
        }
        Page page = log.after(from, Position.NEVER, PAGE);
        position = page.end();
        streams().stream().filter(EventStream::isCurrent).forEach(stream -> stream.news(page));
        return !page.complete();
    }

    /** Who came back, was too slow, or came while there was no session. */
    private void tellOthers(EventLog log) {
        Position end = position;
        if (end == null) {
            return;
        }
        for (EventStream stream : streams()) {
            Position from = stream.position();
            if (from == null) {
                stream.catchUp(Event.ready(end), end);
            } else if (stream.wantsPage() && !log.reachesBackTo(from)) {
                stream.catchUp(Event.reset(end), end);
            } else if (stream.wantsPage()) {
                Page page = log.after(from, end, PAGE);
                stream.page(page, page.complete() ? end : page.end());
            }
        }
    }

    private void care(Event comment) {
        long now = System.nanoTime();
        for (EventStream stream : streams()) {
            Long begun = streams.get(stream);
            if (begun != null && now - begun > properties.maxDuration().toNanos()) {
                stream.end();
            } else {
                stream.keepAlive(comment, properties.keepAlive().toNanos());
            }
        }
    }

    /** Somebody who comes back after a moment finds it still there. */
    private synchronized boolean isWanted() {
        if (!streams.isEmpty()) {
            idleSince = System.nanoTime();
        }
        if (running && System.nanoTime() - idleSince < LINGER.toNanos()) {
            return true;
        }
        thread = null;
        position = null;
        return false;
    }

    private void pause(long millis) {
        long until = System.nanoTime() + Duration.ofMillis(millis).toNanos();
        try {
            do {
                Thread.sleep(Math.min(millis, WAIT_MILLIS));
                if (millis > COALESCE_MILLIS) {
                    care(AWAY);
                }
            } while (System.nanoTime() < until && isRunning());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("cronlink.event.streams", this, feed -> feed.streams().size())
                .description("Streams of events that this service serves.")
                .register(registry);
    }

    @Override
    public synchronized void start() {
        running = true;
    }

    /** Before the server waits for requests to end. */
    @Override
    public void stop() {
        synchronized (this) {
            running = false;
        }
        streams().forEach(EventStream::end);
    }

    @Override
    public synchronized boolean isRunning() {
        return running;
    }
}
