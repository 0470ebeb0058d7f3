package io.cronlink.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.cronlink.database.CronlinkDatabase;
import io.cronlink.database.TestDatabase;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A warning appears exactly for schedules of which a change of the clock moves a fire. */
@CronlinkDatabase
class ClockChangeWarningTests {

    private static final int CHANGES = 120;

    /** The moments are not round, and a few come right before a change. */
    private static final String QUESTIONS = """
            CREATE TABLE app.question AS
            SELECT c.zone, m.local, (c.local_before AT TIME ZONE c.zone) - c.ago AS now,
                   to_char(m.local, 'FMMI FMHH24 FMDD FMMM "*"') AS schedule
            FROM (SELECT z.name AS zone, c.*, interval '0.123456 s' + random() ^ 6 * interval '900 days' AS ago
                  FROM (SELECT name FROM pg_timezone_names ORDER BY md5(name || :seed) LIMIT 200) AS z
                  CROSS JOIN LATERAL cron_engine.clock_changes(z.name, '2020-01-01 00:00:00.7Z', '2030-01-01 00:00Z') AS c
                  ORDER BY md5(z.name || c.local_before || :seed) LIMIT :changes) AS c
            -- The first and the last minute that the clock skips or repeats, and their neighbours.
            CROSS JOIN LATERAL (VALUES (least(c.local_before, c.local_after)),
                                       (least(c.local_before, c.local_after) - interval '1 minute'),
                                       (greatest(c.local_before, c.local_after)),
                                       (greatest(c.local_before, c.local_after) - interval '1 minute')) AS m (local)
            """;

    /** By the meaning of the words: a time that the clock skips is not what it shows then; one that it repeats, it shows twice. */
    private static final String WRONG = """
            SELECT format('%s in %s at %s: %s instead of %s', q.schedule, q.zone, q.now, given.codes, expected.codes)
            FROM app.question AS q
            CROSS JOIN LATERAL (
                SELECT string_agg(w.code, ' ' ORDER BY w.code) AS codes
                FROM cron_engine.schedule_warnings(q.schedule, q.zone, q.now) AS w) AS given
            CROSS JOIN LATERAL (
                SELECT string_agg(DISTINCT w.code, ' ') AS codes
                FROM generate_series(extract(year FROM q.now)::integer - 1, extract(year FROM q.now)::integer + 13) AS y (year)
                CROSS JOIN LATERAL (
                    SELECT make_date(y.year, extract(month FROM q.local)::integer, extract(day FROM q.local)::integer)
                           + q.local::time AS local
                    WHERE to_char(q.local, 'MM-DD') <> '02-29' OR y.year % 4 = 0) AS t
                CROSS JOIN LATERAL (SELECT t.local AT TIME ZONE q.zone AS late) AS i
                CROSS JOIN LATERAL (
                    -- With the offset of the day before.
                    SELECT i.late + (t.local - ((i.late - interval '25 hours') AT TIME ZONE q.zone + interval '25 hours')) AS early) AS e
                CROSS JOIN LATERAL (
                    SELECT CASE WHEN i.late AT TIME ZONE q.zone <> t.local THEN 'dst_skipped'
                                WHEN e.early < i.late AND e.early AT TIME ZONE q.zone = t.local THEN 'dst_repeated' END AS code) AS w
                WHERE w.code IS NOT NULL AND i.late > q.now AND i.late < q.now + interval '12 years'
                      -- Between the first time and the second: whether the change is still to come, the clock tells.
                      AND (w.code = 'dst_skipped' OR e.early > q.now
                           OR q.now AT TIME ZONE q.zone - q.now AT TIME ZONE 'UTC'
                              <> i.late AT TIME ZONE q.zone - i.late AT TIME ZONE 'UTC')) AS expected
            WHERE given.codes IS DISTINCT FROM expected.codes
            """;

    @Test
    void appearsExactlyWhereAFireIsMoved(TestDatabase database) {
        int seed = new Random().nextInt();
        database.owner()
                .sql(QUESTIONS)
                .param("seed", seed)
                .param("changes", CHANGES)
                .update();

        assertThat(database.owner().sql(WRONG).query(String.class).list())
                .as("with seed %s", seed)
                .isEmpty();
    }
}
