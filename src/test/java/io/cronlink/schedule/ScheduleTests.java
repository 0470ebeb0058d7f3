package io.cronlink.schedule;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cronlink.database.CronlinkDatabase;
import io.cronlink.database.SqlFailure;
import io.cronlink.database.TestDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rows of schedules.csv. */
@Tag("engine")
@CronlinkDatabase
class ScheduleTests {

    private static final Pattern REPEATED = Pattern.compile("\\{(.)\\*(\\d+)}");

    record Row(int line, String schedule, String timezone, String after, List<String> expected) {

        static Row of(int line, String text) {
            List<String> cells = List.of(text.split("\\|", -1));
            assertThat(cells).as("line %s", line).hasSize(4);
            String schedule = REPEATED.matcher(cells.get(0))
                    .replaceAll(repeated -> repeated.group(1).repeat(Integer.parseInt(repeated.group(2))))
                    .translateEscapes();
            return new Row(
                    line,
                    schedule,
                    cells.get(1),
                    cells.get(2),
                    List.of(cells.get(3).split(" ")));
        }

        boolean invalid() {
            return expected.equals(List.of("invalid"));
        }

        List<Instant> fires() {
            return expected.stream()
                    .filter(fire -> !fire.equals("end"))
                    .map(fire -> OffsetDateTime.parse(fire).toInstant())
                    .toList();
        }

        @Override
        public String toString() {
            String shown = schedule.length() > 40 ? schedule.substring(0, 40) + "…" : schedule;
            return "line %s: '%s' in %s after %s".formatted(line, shown, timezone, after);
        }
    }

    static List<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        try (BufferedReader file = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(ScheduleTests.class.getResourceAsStream("/schedule/schedules.csv")), UTF_8))) {
            List<String> lines = file.lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                if (!isComment(lines.get(i))) {
                    rows.add(Row.of(i + 1, lines.get(i)));
                }
            }
        }
        assertThat(rows).hasSizeGreaterThan(400);
        return rows;
    }

    /** A comment has no cells; a schedule may well begin with the same character. */
    private static boolean isComment(String line) {
        return line.startsWith("#") && line.indexOf('|') < 0;
    }

    @ParameterizedTest
    @MethodSource("rows")
    void meansWhatTheRowSays(Row row, TestDatabase database) {
        if (row.invalid()) {
            SqlFailure failure = SqlFailure.of(() -> fires(row, 1, database));

            assertThat(failure.sqlState()).isEqualTo("22023");
            assertThat(failure.message()).isEqualTo("invalid schedule: " + row.schedule());
            assertThat(failure.hint())
                    .isEqualTo("Use cron format (e.g. 5 4 * * *), or interval format '[1-59] seconds'");
        } else {
            assertThat(fires(row, row.expected().size(), database)).isEqualTo(row.fires());
        }
    }

    private static List<Instant> fires(Row row, int count, TestDatabase database) {
        return database
                .owner()
                .sql("SELECT fire FROM cron.next_fires(:schedule, :timezone, :after, :count) AS fire")
                .param("schedule", row.schedule())
                .param("timezone", row.timezone())
                .param("after", OffsetDateTime.parse(row.after()).withOffsetSameInstant(ZoneOffset.UTC))
                .param("count", count)
                .query(OffsetDateTime.class)
                .list()
                .stream()
                .map(OffsetDateTime::toInstant)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void isDescribedExactlyWhenItIsValid(Row row, TestDatabase database) {
        if (row.invalid()) {
            assertThat(SqlFailure.of(() -> describe(row, database)).sqlState()).isEqualTo("22023");
        } else {
            assertThat(describe(row, database)).isNotBlank();
        }
    }

    private static String describe(Row row, TestDatabase database) {
        return database.owner()
                .sql("SELECT cron.describe(:schedule)")
                .param("schedule", row.schedule())
                .query(String.class)
                .single();
    }
}
