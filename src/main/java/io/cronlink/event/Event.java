package io.cronlink.event;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * @param jobid whose it is; null: nobody's, or everybody's
 * @param text as it is sent
 */
record Event(@Nullable Long jobid, byte[] text) {

    static Event of(Position position, String name, @Nullable Long jobid, String data) {
        return new Event(
                jobid,
                ("id: " + position + "\nevent: " + name + "\ndata: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Where a stream begins that asked for nothing from before. */
    static Event ready(Position position) {
        return of(position, "ready", null, "{}");
    }

    /** From the last one of this stream to here some may be missing. */
    static Event reset(Position position) {
        return of(position, "reset", null, "{}");
    }

    static Event comment(String text) {
        return line(": " + text);
    }

    /** After what pause a reader whose stream has ended is to come back. */
    static Event retry(Duration pause) {
        return line("retry: " + pause.toMillis());
    }

    private static Event line(String line) {
        return new Event(null, (line + "\n\n").getBytes(StandardCharsets.UTF_8));
    }
}
