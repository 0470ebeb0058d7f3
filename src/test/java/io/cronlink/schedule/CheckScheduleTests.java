package io.cronlink.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.cronlink.database.CronlinkDatabase;
import io.cronlink.database.SqlFailure;
import io.cronlink.database.TestDatabase;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@CronlinkDatabase
class CheckScheduleTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            * * * * * *             | sixth_field
            0 3 * * * 2027          | sixth_field
            0 0 31 2 *              | never_fires
            0 0 13 * 5              | day_or_weekday
            0 0 $ * fri             | day_or_weekday
            0 22-1 * * *            | reversed_range
            0 0 * * fri-mon         | reversed_range
            0 0 1 1,nov-feb *       | reversed_range
            30 2 * * *              | dst_skipped dst_repeated
            0 2 * * *               | dst_skipped dst_repeated
            59 2 * 3 *              | dst_skipped
            30 2 25-31 10 */7       | dst_repeated
            30 22-2 25-31 * sun     | day_or_weekday reversed_range dst_skipped dst_repeated
            @at 2027-03-28 02:30    | dst_skipped
            @at 2027-10-31 02:30    | dst_repeated
            @at 2027-10-31 02:30+01 | ''
            @at 2026-12-31 23:59    | past
            @at 2027-01-01 01:00    | past
            @at 2027-01-01 01:01    | ''
            0 3 * * *               | ''
            0 1 * * *               | ''
            30 2 * * mon            | ''
            30 2 1-24 * *           | ''
            */30 2 * * *            | ''
            30 * * * *              | ''
            0 0 1-7 * */7           | ''
            * * * * * # comment     | ''
            5;22-2,4 * * * *        | ''
            0 0 * * 5-7             | ''
            @daily five six         | ''
            @after 1 2 3 4 22-2     | ''
            @every 1 hour           | ''
            10 seconds              | ''
            @reboot                 | ''
            """)
    void warnsOfWhatMaySurprise(String schedule, String codes, TestDatabase database) {
        // Midnight in UTC is one o'clock in Berlin.
        Map<String, String> warnings = warnings(schedule, "Europe/Berlin", "2027-01-01 00:00Z", database);

        assertThat(String.join(" ", warnings.keySet())).isEqualTo(codes);
    }

    @Test
    void namesTheDayOnWhichTheClockChanges(TestDatabase database) {
        assertThat(warnings("30 2 * * *", "Europe/Berlin", "2027-06-01 00:00Z", database))
                .containsExactly(
                        entry(
                                "dst_skipped",
                                "In Europe/Berlin the clock is set forward from 02:00 to 03:00 on 2028-03-26: 02:30 does not exist, the schedule fires right after the change."),
                        entry(
                                "dst_repeated",
                                "In Europe/Berlin the clock is set back from 03:00 to 02:00 on 2027-10-31: 02:30 comes twice, the schedule fires the first time."));
    }

    @Test
    void knowsAnHalfHour(TestDatabase database) {
        assertThat(warnings("45 1 * * *", "Australia/Lord_Howe", "2027-01-01 00:00Z", database))
                .containsOnlyKeys("dst_repeated");
        assertThat(warnings("15 2 * * *", "Australia/Lord_Howe", "2027-01-01 00:00Z", database))
                .containsOnlyKeys("dst_skipped");
    }

    @Test
    void namesTheRangesThatWrapAround(TestDatabase database) {
        assertThat(warnings("0 22-2,9-5/2 * nov-feb *", "GMT", "2027-01-01 00:00Z", database))
                .containsOnlyKeys("reversed_range")
                .hasEntrySatisfying("reversed_range", warning -> assertThat(warning)
                        .startsWith("22-2, 9-5/2, nov-feb wraps around"));
    }

    @Test
    void looksFromNowAndIsOpenToEveryCronUser(TestDatabase database) {
        String user = database.createUser("reader");

        assertThat(database.as(user)
                        .sql("SELECT code FROM cron.check_schedule('@at 2001-01-01 00:00')")
                        .query(String.class)
                        .list())
                .containsExactly("past");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "60 * * * *", "@every 1 month"})
    void refusesWhatIsNoSchedule(String schedule, TestDatabase database) {
        assertThat(SqlFailure.of(() -> warnings(schedule, "GMT", "2027-01-01 00:00Z", database))
                        .sqlState())
                .isEqualTo("22023");
    }

    @Test
    void tellsWhatIsWrongWithOurOwnAdditions(TestDatabase database) {
        assertThat(SqlFailure.of(() -> warnings("@every 1 month", "GMT", "2027-01-01 00:00Z", database))
                        .detail())
                .isEqualTo(
                        "After @every comes an interval from 100 milliseconds to 36525 days, without months or years, whose length varies.");
        assertThat(SqlFailure.of(() -> warnings("@at tomorrow", "GMT", "2027-01-01 00:00Z", database))
                        .detail())
                .startsWith("After @at comes a date YYYY-MM-DD");
        assertThat(SqlFailure.of(() -> warnings("@after-any", "GMT", "2027-01-01 00:00Z", database))
                        .detail())
                .isEqualTo("After @after-any comes the name of a job.");
    }

    private static Map<String, String> warnings(String schedule, String timezone, String now, TestDatabase database) {
        Map<String, String> warnings = new LinkedHashMap<>();
        database.owner()
                .sql(
                        "SELECT code, warning FROM cron_engine.schedule_warnings(:schedule, :timezone, CAST(:now AS timestamptz))")
                .param("schedule", schedule)
                .param("timezone", timezone)
                .param("now", now)
                .query(row -> {
                    warnings.put(row.getString("code"), row.getString("warning"));
                });
        return warnings;
    }
}
