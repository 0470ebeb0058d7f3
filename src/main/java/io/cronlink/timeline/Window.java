package io.cronlink.timeline;

import io.cronlink.row.Columns;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/**
 * A time in equal parts.
 *
 * @param from the first moment
 * @param until the moment after the last
 * @param bucket the length of a part, in whole seconds
 */
record Window(Instant from, Instant until, Duration bucket) {

    static final int MOST_BUCKETS = 1000;

    /** @param buckets how many parts, about: each is as long, in whole seconds */
    static Window of(Instant from, Instant until, int buckets) {
        long seconds = length(from, until).toSeconds();
        return new Window(from, until, Duration.ofSeconds(Math.max(1, (seconds + buckets - 1) / buckets)));
    }

    /** @param bucket null: a hundredth */
    static Window of(Instant from, Instant until, @Nullable Duration bucket) {
        if (bucket == null) {
            return of(from, until, 100);
        }
        Duration length = length(from, until);
        if (bucket.compareTo(Duration.ofSeconds(1)) < 0 || bucket.getNano() != 0) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "bucket must be whole seconds, one or more");
        }
        if (length.compareTo(bucket.multipliedBy(MOST_BUCKETS)) > 0) {
            throw new ResponseStatusException(
                    HttpStatus.BAD_REQUEST, "from and until must be at most " + MOST_BUCKETS + " buckets apart");
        }
        return new Window(from, until, bucket);
    }

    /** @param bucket however many that makes */
    static Window in(Instant from, Instant until, Duration bucket) {
        length(from, until);
        return new Window(from, until, bucket);
    }

    private static Duration length(Instant from, Instant until) {
        if (!from.isBefore(until)) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "until must be later than from");
        }
        Duration length = Duration.between(from, until);
        if (length.compareTo(Duration.ofDays(366)) > 0) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "from and until must be at most 366 days apart");
        }
        return length;
    }

    Map<String, @Nullable Object> parameters() {
        Map<String, @Nullable Object> parameters = new LinkedHashMap<>();
        parameters.put("from", Columns.toSql(from));
        parameters.put("until", Columns.toSql(until));
        parameters.put("width", Columns.toSql(bucket));
        return parameters;
    }

    static Instant or(@Nullable Instant given, Instant otherwise) {
        return Objects.requireNonNullElse(given, otherwise);
    }
}
