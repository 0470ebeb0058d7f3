package io.cronlink.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.cronlink.database.CronlinkDatabase;
import io.cronlink.database.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The benchmark of the schedule language: prints what it measures, and fails where a promise is broken. */
@Tag("engine")
@CronlinkDatabase
class ScheduleSpeedTests {

    private static final int ROUNDS = 5;
    private static final double TYPICAL = 100;
    private static final double WORST = 5_000;
    private static final double TEN_THOUSAND_PARSED = 2_000_000;

    /** Microseconds per next fire, over a year of different moments. */
    private static final String NEXT_FIRE = """
            CREATE FUNCTION pg_temp.next_fire_cost(schedule text, timezone text, after timestamptz) RETURNS float8 LANGUAGE plpgsql AS $body$
            DECLARE
                v_schedule cron_engine.schedule := cron_engine.parse_schedule(schedule);
                v_start timestamptz := clock_timestamp();
                v_fire timestamptz;
            BEGIN
                FOR i IN 1 .. 1000 LOOP
                    v_fire := cron_engine.next_fire(v_schedule, timezone, after + i * interval '8 hours', after);
                END LOOP;
                RETURN extract(epoch FROM clock_timestamp() - v_start) * 1000;
            END
            $body$
            """;

    private static final String PARSE = """
            CREATE FUNCTION pg_temp.parse_cost() RETURNS float8 LANGUAGE plpgsql AS $body$
            DECLARE
                v_start timestamptz := clock_timestamp();
            BEGIN
                PERFORM count(cron_engine.parse_schedule(format('%s,%s %s-23/2 */%s jan-%s mon-fri', i % 60, i / 60 % 60, i % 23, i % 30 + 1, i % 12 + 1)))
                FROM generate_series(1, 10000) AS i;
                RETURN extract(epoch FROM clock_timestamp() - v_start) * 1000000;
            END
            $body$
            """;

    @Test
    void keepsItsPromises(TestDatabase database) throws SQLException {
        try (Connection session = database.connect(database.ownerName());
                Statement statement = session.createStatement()) {
            statement.execute(NEXT_FIRE);
            statement.execute(PARSE);

            assertThat(nextFire("every minute", "* * * * *", "2027-01-01Z", statement))
                    .isLessThan(TYPICAL);
            assertThat(nextFire("every day", "0 3 * * *", "2027-01-01Z", statement))
                    .isLessThan(TYPICAL);
            assertThat(nextFire("business hours", "*/15 8-18 * * mon-fri", "2027-01-01Z", statement))
                    .isLessThan(TYPICAL);
            assertThat(nextFire("last day of the month", "0 22 $ * *", "2027-01-01Z", statement))
                    .isLessThan(TYPICAL);
            assertThat(nextFire("ten seconds", "10 seconds", "2027-01-01Z", statement))
                    .isLessThan(TYPICAL);
            assertThat(nextFire("29 February on a Sunday, in 40 years", "0 0 29 2 */7", "2088-03-01Z", statement))
                    .isLessThan(WORST);
            assertThat(nextFire("never", "0 0 31 2,4,6,9,11 *", "2027-01-01Z", statement))
                    .isLessThan(WORST);
            assertThat(measure("parsing 10,000 schedules", "pg_temp.parse_cost()", statement))
                    .isLessThan(TEN_THOUSAND_PARSED);
        }
    }

    private static double nextFire(String what, String schedule, String after, Statement statement)
            throws SQLException {
        return measure(
                "next fire, " + what,
                "pg_temp.next_fire_cost('%s', 'Europe/Berlin', '%s')".formatted(schedule, after),
                statement);
    }

    /** The best of a few rounds: what the code costs, not what else the machine does. */
    @SuppressWarnings("SystemOut")
    private static double measure(String what, String call, Statement statement) throws SQLException {
        try (ResultSet result =
                statement.executeQuery("SELECT min(%s) FROM generate_series(1, %d)".formatted(call, ROUNDS))) {
            result.next();
            double microseconds = result.getDouble(1);
            System.out.printf("Benchmark: %s: %,.1f µs%n", what, microseconds);
            return microseconds;
        }
    }
}
