package io.cronlink.job;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/** In which order jobs are listed, and where in it a page begins. Jobs that are alike in it are in order of their number. */
record JobOrder(Key key, boolean descending, @Nullable Position after) {

    /** What is there to sort by: an expression that is never NULL, its type, and the property that shows it. */
    enum Key {
        JOBID("j.jobid", "bigint"),
        JOBNAME("coalesce(j.jobname, '')", "text"),
        USERNAME("j.username", "text"),
        NEXT_FIRE("coalesce(t.next_fire, 'infinity')", "timestamptz"),
        FAILURES("coalesce(s.failures, 0)", "integer"),
        CONDITION("c.rank", "integer");

        private final String expression;
        private final String type;

        Key(String expression, String type) {
            this.expression = expression;
            this.type = type;
        }

        private String property() {
            return switch (this) {
                case NEXT_FIRE -> "nextFire";
                default -> name().toLowerCase(Locale.ROOT);
            };
        }
    }

    /** The last job of the page before. */
    record Position(String value, long jobid) {}

    /**
     * @param sort a property's name, behind {@code -} if the greatest comes first
     * @param after what the page before called {@code next}
     */
    static JobOrder of(String sort, @Nullable String after) {
        boolean descending = sort.startsWith("-");
        String property = descending ? sort.substring(1) : sort;
        Key key = Arrays.stream(Key.values())
                .filter(candidate -> candidate.property().equals(property))
                .findFirst()
                .orElseThrow(() -> new ResponseStatusException(
                        HttpStatus.BAD_REQUEST,
                        "sort must be one of "
                                + Arrays.stream(Key.values()).map(Key::property).collect(Collectors.joining(", "))
                                + ", or one of these behind -"));
        return new JobOrder(key, descending, after == null ? null : position(key, after));
    }

    private static Position position(Key key, String after) {
        try {
            if (key == Key.JOBID) {
                return new Position(after, Long.parseLong(after));
            }
            String[] parts = new String(Base64.getUrlDecoder().decode(after), StandardCharsets.UTF_8).split(" ", 2);
            return new Position(parts[1], Long.parseLong(parts[0]));
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException malformed) {
            throw new ResponseStatusException(
                    HttpStatus.BAD_REQUEST, "after must be what the page before called next", malformed);
        }
    }

    /** What the page that ends with this job calls {@code next}. */
    Object next(Position last) {
        return key == Key.JOBID
                ? last.jobid()
                : Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString((last.jobid() + " " + last.value()).getBytes(StandardCharsets.UTF_8));
    }

    boolean needsCondition() {
        return key == Key.CONDITION;
    }

    String expression() {
        return key.expression;
    }

    String condition() {
        return after == null
                ? "true"
                : "(%s, j.jobid) %s (CAST(:value AS %s), :jobid)"
                        .formatted(key.expression, descending ? "<" : ">", key.type);
    }

    String clause() {
        return descending ? key.expression + " DESC, j.jobid DESC" : key.expression + ", j.jobid";
    }
}
