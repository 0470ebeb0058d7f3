package io.cronlink.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.cronlink.database.CronlinkDatabase;
import io.cronlink.database.TestDatabase;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

@CronlinkDatabase
class ConstraintsTests {

    /** Numbers and texts, as PostgreSQL writes an expression. Intervals are put in other words. */
    private static final Pattern VALUE = Pattern.compile("(?<=[ (])\\d+(?=\\))|(?<=')[\\w-]+(?='::text)");

    record Constraint(String name, String definition) {}

    private static List<Constraint> constraints(TestDatabase database) {
        return database.owner().sql("""
                        SELECT conname AS name, pg_get_constraintdef(oid) AS definition
                        FROM pg_constraint
                        WHERE conrelid IN ('cron.job'::regclass, 'cron.job_options'::regclass, 'cron.job_group'::regclass,
                                'cron.settings'::regclass, 'cron.job_alarms'::regclass, 'cron.alarm_settings'::regclass)
                            AND contype IN ('c', 'u') AND conname NOT LIKE '%settings_one_row'
                        """).query(Constraint.class).list();
    }

    @Test
    void areAllPutInWords(TestDatabase database) {
        assertThat(constraints(database)).hasSizeGreaterThanOrEqualTo(60).allSatisfy(constraint -> assertThat(
                        Constraints.words(constraint.name()))
                .as(constraint.name())
                .isNotNull());
    }

    @Test
    void areNotMisquoted(TestDatabase database) {
        assertThat(constraints(database)).allSatisfy(constraint -> {
            FieldError words = Objects.requireNonNull(Constraints.words(constraint.name()));
            assertThat(VALUE.matcher(constraint.definition()).results().map(MatchResult::group))
                    .as(constraint.definition())
                    .allSatisfy(value -> assertThat(words.message()).contains(value));
        });
    }
}
