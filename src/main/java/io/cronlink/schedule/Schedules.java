package io.cronlink.schedule;

import io.cronlink.row.Columns;
import io.cronlink.schedule.ScheduleController.Warning;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The schedule language, as the database understands it. */
@Repository
class Schedules {

    private final JdbcClient database;

    Schedules(JdbcClient database) {
        this.database = database;
    }

    @Nullable
    String describe(String schedule) {
        return database.sql("SELECT cron.describe(:schedule)")
                .param("schedule", schedule)
                .query(String.class)
                .optional()
                .orElse(null);
    }

    List<Instant> nextFires(String schedule, @Nullable String timezone, @Nullable Instant after, int count) {
        return database
                .sql("""
                        SELECT fire
                        FROM cron.next_fires(:schedule, :timezone, coalesce(CAST(:after AS timestamptz), now()), :count)
                            AS fire
                        """)
                .param("schedule", schedule)
                .param("timezone", timezone)
                .param("after", Columns.toSql(after))
                .param("count", count)
                .query(OffsetDateTime.class)
                .list()
                .stream()
                .map(OffsetDateTime::toInstant)
                .toList();
    }

    List<Warning> warnings(String schedule, @Nullable String timezone) {
        return database.sql("SELECT code, warning FROM cron.check_schedule(:schedule, :timezone)")
                .param("schedule", schedule)
                .param("timezone", timezone)
                .query(Columns.rows(Warning.class))
                .list();
    }
}
