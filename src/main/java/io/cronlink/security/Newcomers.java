package io.cronlink.security;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;

/**
 * Whose secret was good before goes in at once; of all others only so many are looked at at a time, or strangers with made-up ones
 * would keep the service's sessions of the database in use. Each is looked at each time: what was revoked is not good any more.
 */
final class Newcomers {

    private static final int AT_ONCE = 2;
    private static final int CAPACITY = 10_000;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Semaphore places = new Semaphore(AT_ONCE, true);
    private final Set<ByteBuffer> known =
            Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Boolean> eldest) {
                    return size() > CAPACITY;
                }
            }));

    /** Whether it was good when it was shown last. */
    boolean know(byte[] hash) {
        return known.contains(ByteBuffer.wrap(hash));
    }

    /** @throws RefusedLogin if it had to wait for too long */
    <T> Optional<T> admit(byte[] hash, Supplier<Optional<T>> check) {
        if (know(hash)) {
            return remember(hash, check.get());
        }
        await();
        try {
            return remember(hash, check.get());
        } finally {
            places.release();
        }
    }

    private <T> Optional<T> remember(byte[] hash, Optional<T> found) {
        ByteBuffer key = ByteBuffer.wrap(hash);
        if (found.isPresent()) {
            known.add(key);
        } else {
            known.remove(key);
        }
        return found;
    }

    private void await() {
        try {
            if (places.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        throw new RefusedLogin(HttpStatus.SERVICE_UNAVAILABLE, "Too many log-ins at once.", Duration.ofSeconds(1));
    }
}
