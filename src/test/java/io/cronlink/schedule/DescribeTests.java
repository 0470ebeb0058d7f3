package io.cronlink.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.cronlink.database.CronlinkDatabase;
import io.cronlink.database.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

@CronlinkDatabase
class DescribeTests {

    @ParameterizedTest
    @CsvFileSource(resources = "/schedule/descriptions.csv", delimiter = '|')
    void saysItInPlainEnglish(String schedule, String description, TestDatabase database) {
        assertThat(describe(schedule, database)).isEqualTo(description);
    }

    @Test
    void isOpenToEveryCronUser(TestDatabase database) {
        String user = database.createUser("reader");

        assertThat(database.as(user)
                        .sql("SELECT cron.describe('0 3 * * *')")
                        .query(String.class)
                        .single())
                .isEqualTo("At 03:00");
    }

    private static String describe(String schedule, TestDatabase database) {
        return database.owner()
                .sql("SELECT cron.describe(:schedule)")
                .param("schedule", schedule)
                .query(String.class)
                .single();
    }
}
