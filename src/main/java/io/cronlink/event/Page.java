package io.cronlink.event;

import java.io.ByteArrayOutputStream;
import java.util.List;

/**
 * Events in their order.
 *
 * @param end behind the last one
 * @param complete whether there was no more than that
 * @param text all of them, as they are sent: most readers want all, and get them by one writing
 */
record Page(List<Event> events, Position end, boolean complete, byte[] text) {

    static Page of(List<Event> events, Position end, boolean complete) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        events.forEach(event -> text.writeBytes(event.text()));
        return new Page(events, end, complete, text.toByteArray());
    }
}
