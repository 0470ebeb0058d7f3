package io.cronlink.row;

import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PGInterval;
import org.postgresql.util.PGobject;
import org.springframework.core.convert.support.DefaultConversionService;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.web.server.ResponseStatusException;

/** Names and types of columns and of the JSON properties that stand for them. */
public final class Columns {

    private static final DefaultConversionService CONVERSIONS = new DefaultConversionService();
    private static final int DAYS_OF_MONTH = 30;
    private static final int SECONDS_OF_HOUR = 3600;
    private static final int MONTHS_OF_YEAR = 12;
    private static final String CUT = "cut";

    /** Two thousand centuries, in seconds. */
    private static final long LONGEST = Duration.ofDays(36500 * 2000L).toSeconds();

    /** 4713 BC, as there is a year 0. */
    private static final Instant FIRST_TIME = Instant.parse("-4712-01-01T00:00:00Z");

    private static final Instant END_OF_TIME = Instant.parse("+294277-01-01T00:00:00Z");

    static {
        CONVERSIONS.addConverter(PGInterval.class, Duration.class, Columns::duration);
        CONVERSIONS.addConverter(Array.class, List.class, Columns::list);
        CONVERSIONS.addConverter(OffsetDateTime.class, Instant.class, OffsetDateTime::toInstant);
    }

    private Columns() {}

    /** As many characters of each text as an answer about many rows shows. */
    public static final int BRIEF = 200;

    /** As many as an answer about one row shows. All that may be stored is shorter; what is there all the same is not read. */
    public static final int WHOLE = 1 << 20;

    /**
     * The columns of {@code type} as a SELECT list: each text up to this length, cut before it leaves the database, and in place
     * of a column {@code cut} the names of the properties that were longer.
     */
    public static String select(Class<? extends Record> type, int length) {
        StringJoiner list = new StringJoiner(", ");
        StringJoiner cut = new StringJoiner(", ", "array_remove(ARRAY[", "]::text[], NULL) AS " + CUT);
        for (RecordComponent component : type.getRecordComponents()) {
            String column = column(component.getName());
            if (component.getType() == String.class) {
                list.add("left(%1$s, %2$d) AS %1$s".formatted(column, length));
                cut.add("CASE WHEN length(left(%s, %d)) > %d THEN '%s' END"
                        .formatted(column, length + 1, length, component.getName()));
            } else if (!column.equals(CUT)) {
                list.add(column);
            }
        }
        return list.add(cut.toString()).toString();
    }

    /** Rows as records, by the columns' names. */
    public static <T extends Record> RowMapper<T> rows(Class<T> type) {
        return new RecordRows<>(type, CONVERSIONS);
    }

    /** {@code maxAttempts} → {@code max_attempts}. */
    public static String column(String property) {
        return property.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    /** {@code max_attempts} → {@code maxAttempts}. */
    public static String property(String column) {
        StringBuilder property = new StringBuilder();
        for (String word : column.split("_", -1)) {
            property.append(
                    property.isEmpty() || word.isEmpty()
                            ? word
                            : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
        }
        return property.toString();
    }

    private static List<?> list(Array array) {
        try {
            return List.of((Object[]) array.getArray());
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    static @Nullable Object read(RecordComponent component, Record values) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(values);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    public static @Nullable Object toSql(@Nullable Object value) {
        if (value instanceof Duration duration) {
            return interval(duration);
        }
        if (value instanceof Instant instant) {
            return time(instant);
        }
        return value;
    }

    /** Refused if PostgreSQL has no such time: the driver would fail. */
    private static OffsetDateTime time(Instant instant) {
        if (instant.isBefore(FIRST_TIME) || !instant.isBefore(END_OF_TIME)) {
            throw new ResponseStatusException(
                    HttpStatus.BAD_REQUEST, "There is no time before 4713 BC and none after 294276.");
        }
        return instant.atOffset(ZoneOffset.UTC);
    }

    /**
     * As a text: the driver's own type would make 68 years of whatever is longer. The database's bounds say what is too long; what
     * PostgreSQL itself could not hold is cut to what is beyond them, too.
     */
    private static PGobject interval(Duration duration) {
        try {
            PGobject interval = new PGobject();
            interval.setType("interval");
            long seconds = Math.max(-LONGEST, Math.min(LONGEST, duration.getSeconds()));
            // Hours by themselves, as PostgreSQL 14 takes no more seconds than fit in four bytes.
            BigDecimal rest =
                    BigDecimal.valueOf(seconds % SECONDS_OF_HOUR).add(BigDecimal.valueOf(duration.getNano(), 9));
            interval.setValue(seconds / SECONDS_OF_HOUR + " hours " + rest.toPlainString() + " seconds");
            return interval;
        } catch (SQLException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** A month counts as 30 days, as in PostgreSQL's own comparisons of intervals. */
    private static Duration duration(PGInterval interval) {
        long months = interval.getYears() * (long) MONTHS_OF_YEAR + interval.getMonths();
        long days = months * DAYS_OF_MONTH + interval.getDays();
        return Duration.ofDays(days)
                .plusHours(interval.getHours())
                .plusMinutes(interval.getMinutes())
                .plusSeconds(interval.getWholeSeconds())
                .plusNanos(interval.getMicroSeconds() * 1000L);
    }
}
