package io.cronlink.alarm;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends what is in the outbox for one channel. Any number of services may do so at once: each message is taken by one. */
final class Delivery {

    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    private final Channel channel;
    private final Outbox outbox;
    private volatile @Nullable Failure failure;

    Delivery(Channel channel, Outbox outbox) {
        this.channel = channel;
        this.outbox = outbox;
    }

    /**
     * @param since when the first of the attempts failed that have failed since one succeeded
     */
    record Failure(String reason, Instant since) {}

    String name() {
        return channel.name();
    }

    /** Why the channel takes nothing at present; null: it does, or was not tried. */
    @Nullable
    Failure failure() {
        return failure;
    }

    /** Sends a message, if there is one to be sent now. Whether there was. */
    boolean next() {
        AlarmMessage message = outbox.take(channel.name(), channel.lease()).orElse(null);
        if (message == null) {
            return false;
        }
        try {
            channel.send(message);
        } catch (NotDelivered refusal) {
            putOff(message, refusal);
            return true;
        }
        outbox.delivered(message);
        if (failure != null) {
            LOG.info("Channel {} takes alarms again", channel.name());
            failure = null;
        }
        return true;
    }

    private void putOff(AlarmMessage message, NotDelivered refusal) {
        boolean isLast = message.attempt() >= channel.attempts();
        outbox.failed(message, refusal.reason(), isLast ? null : pause(message.attempt()));
        if (isLast) {
            LOG.error(
                    "Channel {} did not take {} in {} attempts, it is given up: {}",
                    channel.name(),
                    message.content().count() == 1
                            ? "an alarm"
                            : message.content().count() + " alarms",
                    message.attempt(),
                    refusal.reason());
        }
        Failure before = failure;
        if (before == null || !before.reason().equals(refusal.reason())) {
            LOG.warn("Channel {} does not take alarms, trying again: {}", channel.name(), refusal.reason());
            LOG.debug("The whole failure", refusal);
        }
        failure = new Failure(refusal.reason(), before == null ? Instant.now() : before.since());
    }

    /** Twice as long each time, and not in step with others. */
    static Duration pause(int attempt) {
        long longest = Math.min(FIRST_PAUSE.toMillis() << Math.min(attempt - 1, 20), LONGEST_PAUSE.toMillis());
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(longest * 3 / 4, longest + 1));
    }
}
