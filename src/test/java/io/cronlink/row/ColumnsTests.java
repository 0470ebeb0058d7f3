package io.cronlink.row;

import static org.assertj.core.api.Assertions.assertThat;

import io.cronlink.database.CronlinkDatabase;
import io.cronlink.database.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@CronlinkDatabase
class ColumnsTests {

    record Row(
            @Nullable Duration someTime,
            @Nullable Instant theMoment,
            @Nullable Integer number) {}

    @ParameterizedTest
    @CsvSource({"jobid, jobid", "maxAttempts, max_attempts", "workerIdleTimeout, worker_idle_timeout"})
    void spellNamesInEitherWay(String property, String column) {
        assertThat(Columns.column(property)).isEqualTo(column);
        assertThat(Columns.property(column)).isEqualTo(property);
    }

    @ParameterizedTest
    @CsvSource({
        "00:00:01.5, PT1.5S",
        "-00:00:01.5, PT-1.5S",
        "1 day 02:03:04, PT26H3M4S",
        "1 mon, PT720H",
        "1 year, PT8640H",
        "0, PT0S"
    })
    void readIntervals(String interval, Duration duration, TestDatabase database) {
        Row row = database.owner()
                .sql("""
                        SELECT CAST(? AS interval) AS some_time, timestamptz '2026-01-01 12:00+02' AS the_moment,
                            CAST(NULL AS integer) AS number
                        """)
                .param(interval)
                .query(Columns.rows(Row.class))
                .single();

        assertThat(row).isEqualTo(new Row(duration, Instant.parse("2026-01-01T10:00:00Z"), null));
    }

    @ParameterizedTest
    @CsvSource({"PT0.000001S", "PT90S", "PT720H", "PT8760H"})
    void writeIntervals(Duration duration, TestDatabase database) {
        assertThat(database.owner()
                        .sql("SELECT CAST(? AS interval) = make_interval(secs => ?)")
                        .param(Columns.toSql(duration))
                        .param(duration.toNanos() / 1e9)
                        .query(Boolean.class)
                        .single())
                .isTrue();
    }
}
