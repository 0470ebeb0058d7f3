package io.cronlink.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.cronlink.database.CronlinkDatabase;
import io.cronlink.database.SqlFailure;
import io.cronlink.database.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("engine")
@CronlinkDatabase
class NextFireTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            10 seconds         | 2027-01-01 00:00:00Z     | 2027-01-01 00:00:03Z        | 2027-01-01 00:00:10
            10 seconds         | 2027-01-01 00:00:00Z     | 2027-01-01 00:00:10Z        | 2027-01-01 00:00:20
            10 seconds         | 2027-01-01 00:00:00Z     | 2027-01-01 00:00:09.999999Z | 2027-01-01 00:00:10
            10 seconds         | 2027-01-01 00:00:00.25Z  | 2027-06-01 12:00:00Z        | 2027-06-01 12:00:00.25
            10 seconds         | 2027-01-01 00:00:00Z     | 2026-12-31 23:59:59Z        | 2027-01-01 00:00:10
            10 seconds         | 2027-01-01 00:00:00Z     | 2026-01-01 00:00:00Z        | 2027-01-01 00:00:10
            @every 7 minutes   | 2027-01-01 00:00:00Z     | 2027-01-01 01:00:00Z        | 2027-01-01 01:03:00
            @every 100 ms      | 2027-01-01 00:00:00Z     | 2227-01-01 00:00:00.05Z     | 2227-01-01 00:00:00.1
            @every 333333 us   | 2027-01-01 00:00:00Z     | 2027-01-01 00:00:00.666666Z | 2027-01-01 00:00:00.999999
            @every 1 day       | 2027-03-27 12:00:00Z     | 2027-03-28 12:00:00Z        | 2027-03-29 12:00:00
            """)
    void staysOnItsGrid(String schedule, String anchor, String after, String expected, TestDatabase database) {
        assertThat(database.owner()
                        .sql("""
                                SELECT (cron_engine.next_fire(cron_engine.parse_schedule(:schedule), 'Europe/Berlin',
                                        CAST(:after AS timestamptz), CAST(:anchor AS timestamptz)) AT TIME ZONE 'GMT')::text
                                """)
                        .param("schedule", schedule)
                        .param("after", after)
                        .param("anchor", anchor)
                        .query(String.class)
                        .single())
                .isEqualTo(expected);
    }

    @Test
    void usesTheTimeZoneOfTheSettings(TestDatabase database) {
        database.owner().sql("UPDATE cron.settings SET timezone = 'Asia/Tokyo'").update();

        assertThat(database.as(database.createUser("reader"))
                        .sql(
                                "SELECT (fire AT TIME ZONE 'GMT')::text FROM cron.next_fires('0 3 * * *', after => '2027-01-01 00:00Z', count => 2) AS fire")
                        .query(String.class)
                        .list())
                .containsExactly("2027-01-01 18:00:00", "2027-01-02 18:00:00");
        database.owner().sql("UPDATE cron.settings SET timezone = 'GMT'").update();
    }

    @Test
    void doesNotDependOnTheSession(TestDatabase database) {
        String schedule = "@at 2027-02-03 04:05";
        List<String> fires = List.of("ISO, MDY", "SQL, DMY", "German").stream()
                .map(style -> database.owner()
                        .sql("""
                                SELECT extract(epoch FROM fire)::bigint::text
                                FROM set_config('datestyle', :style, true) AS a, set_config('timezone', 'Asia/Kathmandu', true) AS b,
                                     set_config('intervalstyle', 'sql_standard', true) AS c,
                                     cron.next_fires(:schedule, 'Europe/Berlin', '2027-01-01T00:00:00Z') AS fire
                                """)
                        .param("style", style)
                        .param("schedule", schedule)
                        .query(String.class)
                        .single())
                .distinct()
                .toList();

        assertThat(fires).containsExactly("1801623900");
    }

    @Test
    void doesNotCallWhatAnAttackerPutsInTheWay(TestDatabase database) throws SQLException {
        try (Connection session = database.connect(database.ownerName());
                Statement statement = session.createStatement()) {
            statement.execute("""
                    CREATE SCHEMA trap;
                    CREATE FUNCTION trap.fall(anyelement) RETURNS anyelement LANGUAGE plpgsql
                        AS 'BEGIN RAISE EXCEPTION USING MESSAGE = $$fell into the trap$$; END';
                    CREATE FUNCTION trap.starts_with(text, text) RETURNS boolean LANGUAGE sql AS 'SELECT trap.fall(true)';
                    CREATE FUNCTION trap.octet_length(text) RETURNS int LANGUAGE sql AS 'SELECT trap.fall(1)';
                    CREATE FUNCTION trap.lower(text) RETURNS text LANGUAGE sql AS 'SELECT trap.fall($1)';
                    CREATE FUNCTION trap.get_bit(bit, int) RETURNS int LANGUAGE sql AS 'SELECT trap.fall($2)';
                    CREATE FUNCTION trap.date_trunc(text, timestamp) RETURNS timestamp LANGUAGE sql AS 'SELECT trap.fall($2)';
                    CREATE FUNCTION trap.equals(text, text) RETURNS boolean LANGUAGE sql AS 'SELECT trap.fall(true)';
                    CREATE OPERATOR trap.= (LEFTARG = text, RIGHTARG = text, PROCEDURE = trap.equals);
                    SET search_path = trap, pg_catalog
                    """);

            statement.execute(
                    "SELECT * FROM cron.next_fires('30 2 $ jan-mar mon', 'Europe/Berlin', '2027-01-01 00:00Z')");
            statement.execute("SELECT * FROM cron.check_schedule('30 22-2 13 jan-mar mon', 'Europe/Berlin')");
            statement.execute("SELECT cron.describe('30 2 $ jan-mar mon')");
            assertThat(SqlFailure.of(() -> statement.execute("SELECT 'A'::text = 'B'::text"))
                            .message())
                    .isEqualTo("fell into the trap");
        }
    }
}
