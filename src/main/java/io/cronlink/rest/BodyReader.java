package io.cronlink.rest;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** Reads the body of a request as a whole, before anybody does something with it. */
final class BodyReader implements AutoCloseable {

    private static final int PIECE = 8192;

    private final BodyBudget budget;
    private final ByteArrayOutputStream octets = new ByteArrayOutputStream(0);
    private int taken;

    BodyReader(BodyBudget budget) {
        this.budget = budget;
    }

    enum Outcome {
        RECEIVED,
        TOO_LARGE,
        TOO_SLOW,
        NO_ROOM
    }

    /**
     * However steadily it trickles in, it has {@code patience} in all. What is refused is read to its end all the same within that
     * time, and dropped: many a client listens for an answer only when it has sent everything.
     */
    Outcome read(HttpServletRequest request, long limit, Duration patience) throws IOException {
        long begin = System.nanoTime();
        InputStream input = request.getInputStream();
        byte[] piece = new byte[PIECE];
        Outcome outcome = request.getContentLengthLong() > limit ? Outcome.TOO_LARGE : Outcome.RECEIVED;
        for (int count = input.read(piece); count >= 0; count = input.read(piece)) {
            if (outcome == Outcome.RECEIVED) {
                outcome = keep(piece, count, limit);
            }
            if (System.nanoTime() - begin > patience.toNanos()) {
                return outcome == Outcome.RECEIVED ? Outcome.TOO_SLOW : outcome;
            }
        }
        return outcome;
    }

    private Outcome keep(byte[] piece, int count, long limit) {
        if (octets.size() + count > limit) {
            return Outcome.TOO_LARGE;
        }
        if (!budget.take(count)) {
            return Outcome.NO_ROOM;
        }
        taken += count;
        octets.write(piece, 0, count);
        return Outcome.RECEIVED;
    }

    Body received() {
        return new Body(octets.toByteArray());
    }

    @Override
    public void close() {
        budget.giveBack(taken);
        taken = 0;
    }
}
