package io.cronlink.alarm;

import io.cronlink.startup.CannotStart;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Watches and sends, each channel on a thread of its own: one that hangs delays no other, and no request. */
@Component
@ConditionalOnBooleanProperty(name = "cronlink.alarms.enabled", matchIfMissing = true)
class AlarmService implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(AlarmService.class);

    private static final Duration POLL = Duration.ofSeconds(2);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(10);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(3);

    private final AlarmWatch watch;
    private final Outbox outbox;
    private final Duration interval;
    private final List<Delivery> deliveries;
    private final @Nullable Heartbeat heartbeat;

    /** Why which thread has not got on since it did last. */
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    private volatile CountDownLatch stop = new CountDownLatch(0);
    private List<Thread> threads = List.of();

    AlarmService(AlarmProperties properties, Channels channels, AlarmWatch watch, Outbox outbox) {
        this.watch = watch;
        this.outbox = outbox;
        this.interval = properties.interval();
        this.deliveries = channels.all().stream()
                .map(channel -> new Delivery(channel, outbox))
                .toList();
        URI address = properties.heartbeat().address();
        this.heartbeat = address == null ? null : new Heartbeat(properties.heartbeat(), address, outbox);
    }

    List<Delivery> deliveries() {
        return deliveries;
    }

    @Nullable
    Heartbeat heartbeat() {
        return heartbeat;
    }

    @Override
    public void start() {
        stop = new CountDownLatch(1);
        List<Thread> started = new ArrayList<>();
        started.add(thread("alarm-watch", this::look));
        for (Delivery delivery : deliveries) {
            started.add(thread("alarm-" + delivery.name(), () -> send(delivery)));
        }
        Heartbeat beating = heartbeat;
        if (beating != null) {
            started.add(thread("alarm-heartbeat", () -> {
                beating.beat();
                return beating.pause();
            }));
        }
        threads = started;
        threads.forEach(Thread::start);
    }

    /** What is under way may end; what does not is sent again by whoever comes next, under the same id. */
    @Override
    public void stop() {
        stop.countDown();
        long deadline = System.nanoTime() + STOP_PATIENCE.toNanos();
        try {
            for (Thread thread : threads) {
                thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        threads = List.of();
    }

    @Override
    public boolean isRunning() {
        return !threads.isEmpty();
    }

    private Duration look() {
        if (outbox.isHere()) {
            if (!deliveries.isEmpty()) {
                outbox.register(deliveries.stream().map(Delivery::name).toList());
            }
            watch.look();
        }
        return interval;
    }

    private Duration send(Delivery delivery) {
        return outbox.isHere() && delivery.next() ? Duration.ZERO : POLL;
    }

    /** @param step what is done again and again; it answers how long to wait before the next time */
    private Thread thread(String name, Supplier<Duration> step) {
        Thread thread = new Thread(() -> keep(name, step), name);
        thread.setDaemon(true);
        return thread;
    }

    /** The database may be away, for which there are others to say so: each reason is told once, whoever meets it first. */
    private void keep(String name, Supplier<Duration> step) {
        Duration pause = Duration.ZERO;
        try {
            while (!stop.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    pause = step.get();
                    told.removeIf(reason -> reason.startsWith(name + ":"));
                } catch (RuntimeException failure) {
                    tell(name, failure);
                    pause = PAUSE_AFTER_FAILURE;
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(String name, RuntimeException failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String reason = CannotStart.line(root);
        // Without numbers, which may be others each time.
        String kind = ": " + reason.replaceAll("\\d+", "#");
        boolean isNew = told.stream().noneMatch(known -> known.endsWith(kind));
        if (told.add(name + kind) && isNew && stop.getCount() > 0) {
            LOG.warn("Alarms wait, trying again: {}", reason);
            LOG.debug("The whole failure of {}", name, failure);
        }
    }
}
