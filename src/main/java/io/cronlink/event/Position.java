package io.cronlink.event;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Up to where somebody has read cron_engine.event; as a text the id of an event. It is the database's, so that any service of it
 * knows how to go on.
 *
 * @param entry the row
 * @param part of what the row is about, counted from 1; or {@link #ALL} of it
 */
record Position(long entry, int part) {

    static final int ALL = Integer.MAX_VALUE;

    private static final Pattern TEXT = Pattern.compile("(\\d{1,18})(?:-(\\d{1,9}))?");

    /** Behind all that will ever be. */
    static final Position NEVER = after(Long.MAX_VALUE);

    static Position after(long entry) {
        return new Position(entry, ALL);
    }

    static Optional<Position> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        return matcher.matches()
                ? Optional.of(new Position(
                        Long.parseLong(matcher.group(1)),
                        matcher.group(2) == null ? ALL : Integer.parseInt(matcher.group(2))))
                : Optional.empty();
    }

    /** Behind all of its entry. */
    Position whole() {
        return after(entry);
    }

    @Override
    public String toString() {
        return part == ALL ? String.valueOf(entry) : entry + "-" + part;
    }
}
