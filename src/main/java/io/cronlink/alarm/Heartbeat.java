package io.cronlink.alarm;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;

/** Calls an address while all is well, so that whoever listens there notices when nobody can say what is wrong. */
final class Heartbeat {

    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);
    private static final Duration FRESH = Duration.ofSeconds(10);

    private final Duration interval;
    private final URI address;
    private final Outbox outbox;
    private final HttpCalls calls;
    private volatile @Nullable String failure;

    Heartbeat(AlarmProperties.Heartbeat properties, URI address, Outbox outbox) {
        this.interval = properties.interval();
        this.address = address;
        this.outbox = outbox;
        this.calls = new HttpCalls(properties.timeout());
    }

    /** Why the last call failed; null: it did not. */
    @Nullable
    String failure() {
        return failure;
    }

    /** Whether it was this service's turn, and the scheduler is well. */
    boolean beat() {
        if (!outbox.takeHeartbeat(interval, FRESH)) {
            return false;
        }
        try {
            calls.call(HttpMethod.GET, address, new HttpHeaders(), new byte[0]);
            if (failure != null) {
                LOG.info("The heartbeat's address takes calls again");
                failure = null;
            }
        } catch (NotDelivered refusal) {
            outbox.releaseHeartbeat();
            if (!refusal.reason().equals(failure)) {
                LOG.warn("The heartbeat's address could not be called, trying again: {}", refusal.reason());
                failure = refusal.reason();
            }
        }
        return true;
    }

    /** How long to wait for the next turn. */
    Duration pause() {
        Duration part = interval.dividedBy(4);
        return part.compareTo(Duration.ofSeconds(5)) < 0 ? part : Duration.ofSeconds(5);
    }
}
