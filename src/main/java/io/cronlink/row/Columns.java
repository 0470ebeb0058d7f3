package io.cronlink.row;

import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PGInterval;
import org.springframework.core.convert.support.DefaultConversionService;
import org.springframework.jdbc.core.DataClassRowMapper;
import org.springframework.jdbc.core.RowMapper;

/** Names and types of columns and of the JSON properties that stand for them. */
public final class Columns {

    private static final DefaultConversionService CONVERSIONS = new DefaultConversionService();
    private static final int DAYS_OF_MONTH = 30;
    private static final int MONTHS_OF_YEAR = 12;

    static {
        CONVERSIONS.addConverter(PGInterval.class, Duration.class, Columns::duration);
        CONVERSIONS.addConverter(OffsetDateTime.class, Instant.class, OffsetDateTime::toInstant);
    }

    private Columns() {}

    /** Rows as records, by the columns' names. */
    public static <T extends Record> RowMapper<T> rows(Class<T> type) {
        DataClassRowMapper<T> rows = new DataClassRowMapper<>(type);
        rows.setConversionService(CONVERSIONS);
        return rows;
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

    static @Nullable Object read(RecordComponent component, Record values) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(values);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static @Nullable Object toSql(@Nullable Object value) {
        if (value instanceof Duration duration) {
            BigDecimal seconds =
                    BigDecimal.valueOf(duration.toSecondsPart()).add(BigDecimal.valueOf(duration.getNano(), 9));
            // What has more hours than that is beyond every bound of the database's, which says so.
            int hours = (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, duration.toHours()));
            return new PGInterval(0, 0, 0, hours, duration.toMinutesPart(), seconds.doubleValue());
        }
        if (value instanceof Instant instant) {
            return instant.atOffset(ZoneOffset.UTC);
        }
        return value;
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
