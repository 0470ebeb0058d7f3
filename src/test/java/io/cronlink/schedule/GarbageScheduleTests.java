package io.cronlink.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.cronlink.database.CronlinkDatabase;
import io.cronlink.database.SqlFailure;
import io.cronlink.database.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("engine")
@CronlinkDatabase
class GarbageScheduleTests {

    private static final int BATCHES = 10;
    private static final int BATCH = 10_000;

    /** ok, or the SQLSTATE. An accepted text must also be described and fire later than asked. */
    private static final String VERDICT = """
            CREATE FUNCTION pg_temp.verdict(text text) RETURNS text LANGUAGE plpgsql AS $body$
            DECLARE
                v_after timestamptz := '2027-03-27 23:00Z';
                v_schedule cron_engine.schedule := NULL;
            BEGIN
                v_schedule := cron_engine.parse_schedule(text);
                IF cron_engine.next_fire(v_schedule, 'Europe/Berlin', v_after) <= v_after OR cron.describe(text) = '' THEN
                    RETURN 'wrong';
                END IF;
                PERFORM cron_engine.schedule_warnings(text, 'GMT', v_after);
                RETURN 'ok';
            EXCEPTION WHEN OTHERS THEN
                RETURN SQLSTATE;
            END
            $body$
            """;

    @Test
    void answersRandomTextsWithAnErrorOfTheRightClassOrAsASchedule(TestDatabase database) throws SQLException {
        RandomSchedules schedules = new RandomSchedules(new Random(1), false);
        Map<String, Integer> verdicts = new TreeMap<>();
        try (Connection session = database.connect(database.ownerName());
                Statement setUp = session.createStatement()) {
            setUp.execute(VERDICT);
            try (PreparedStatement statement = session.prepareStatement(
                    "SELECT pg_temp.verdict(t) AS verdict, count(*) AS texts FROM unnest(?) AS t GROUP BY 1")) {
                for (int i = 0; i < BATCHES; i++) {
                    Object[] texts = IntStream.range(0, BATCH)
                            .mapToObj(n -> schedules.scribble())
                            .toArray();
                    statement.setArray(1, session.createArrayOf("text", texts));
                    try (ResultSet rows = statement.executeQuery()) {
                        while (rows.next()) {
                            verdicts.merge(rows.getString("verdict"), rows.getInt("texts"), Integer::sum);
                        }
                    }
                }
            }
        }

        assertThat(verdicts).containsOnlyKeys("22023", "ok");
        assertThat(verdicts.get("ok")).isGreaterThan(BATCHES * BATCH / 100);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                " ",
                "\n",
                "#",
                "* ",
                "*,",
                "1,",
                "1-",
                "*/",
                "0 ",
                "@",
                "@every ",
                "@at ",
                "@after x",
                "é",
                "\\",
                "9",
                "5 seconds"
            })
    void refusesAMegabyteQuickly(String repeated, TestDatabase database) {
        String text = repeated.repeat(1_000_000 / repeated.length());

        long start = System.nanoTime();
        SqlFailure failure = SqlFailure.of(() -> parse(text, database));

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
        assertThat(failure.sqlState()).isEqualTo("22023");
        assertThat(failure.message())
                .startsWith("invalid schedule: " + repeated)
                .hasSizeLessThan(5000);
    }

    @Test
    void showsALongTextInFullUpToAFewThousandCharacters(TestDatabase database) {
        assertThat(SqlFailure.of(() -> parse("a".repeat(4000), database)).message())
                .isEqualTo("invalid schedule: " + "a".repeat(4000));
    }

    @Test
    void readsADeepListInTime(TestDatabase database) {
        assertThat(parse("0" + ",0".repeat(490) + " * * * *", database)).isEqualTo("cron");
    }

    private static String parse(String text, TestDatabase database) {
        return database.owner()
                .sql("SELECT (cron_engine.parse_schedule(:text)).kind")
                .param("text", text)
                .query(String.class)
                .single();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0 3 * * *           | infinity                       | never
            0 3 * * *           | -infinity                      | never
            * * * * *           | infinity                       | never
            10 seconds          | infinity                       | never
            10 seconds          | -infinity                      | never
            @every 36525 days   | infinity                       | never
            @at 2027-01-01      | infinity                       | never
            @at 2027-01-01      | 294276-12-31 23:59:59.999999Z  | never
            0 3 * * *           | 294276-12-31 23:59:59.999999Z  | never
            * * * * *           | 294276-12-31 23:59:59.999999Z  | never
            @every 36525 days   | 294276-12-31 23:59:59.999999Z  | never
            @every 36525 days   | 289999-12-31 00:00Z            | 290099-12-31 00:00:00
            0 3 * * *           | 289999-12-31 00:00Z            | 289999-12-31 03:00:00
            0 0 29 2 */7        | 289999-12-31 00:00Z            | 290004-02-29 00:00:00
            0 0 31 2 *          | 289999-12-31 00:00Z            | never
            0 3 * * *           | 0001-12-31 12:00Z BC           | 0001-01-01 03:00:00
            0 0 29 2 *          | 0005-03-01 00:00Z BC           | 0001-02-29 00:00:00 BC
            0 0 * * sun         | 4700-01-01 00:00Z BC           | 4700-01-02 00:00:00 BC
            0 3 * * *           | 4713-01-01 00:00Z BC           | never
            0 3 * * *           | 9999-12-31 12:00Z              | 10000-01-01 03:00:00
            """)
    void answersAtTheEdgesOfTheCalendar(String schedule, String after, String expected, TestDatabase database) {
        String fire = database.owner()
                .sql("""
                        SELECT coalesce((SELECT cron_engine.next_fire(
                                   cron_engine.parse_schedule(:schedule), 'GMT', CAST(:after AS timestamptz)) AT TIME ZONE 'GMT')::text, 'never')
                        """)
                .param("schedule", schedule)
                .param("after", after)
                .query(String.class)
                .single();

        assertThat(fire).isEqualTo(expected);
    }

    @Test
    void refusesAnUnknownTimeZone(TestDatabase database) {
        SqlFailure failure = SqlFailure.of(() -> database.owner()
                .sql("SELECT * FROM cron.next_fires('0 3 * * *', 'Mars/Base')")
                .query()
                .listOfRows());

        assertThat(failure.sqlState()).isEqualTo("22023");
    }
}
