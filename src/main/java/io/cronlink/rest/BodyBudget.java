package io.cronlink.rest;

import java.util.concurrent.Semaphore;
import org.springframework.util.unit.DataSize;

/** The memory that all bodies of requests together may take: an eighth of the heap, as one is held several times while it is read. */
final class BodyBudget {

    private static final int SHARE = 8;

    private final Semaphore octets;

    BodyBudget(DataSize largest) {
        long heap = Runtime.getRuntime().maxMemory() / SHARE;
        octets = new Semaphore((int) Math.min(Integer.MAX_VALUE, Math.max(heap, largest.toBytes())));
    }

    boolean take(int count) {
        return octets.tryAcquire(count);
    }

    void giveBack(int count) {
        octets.release(count);
    }
}
