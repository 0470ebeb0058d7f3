package io.cronlink.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.cronlink.database.CronlinkDatabase;
import io.cronlink.database.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The engine's tables are empty one moment and full the next, and their statistics are of some other moment: whatever these say, no step reads
 * more than the rows that it is about, or nearly.
 */
@Tag("engine")
@CronlinkDatabase
class PlanTests {

    private static final int JOBS = 600;

    /** What each table may be taken for: rows and pages. */
    private static final List<String> STATISTICS = List.of("0, 0", "5, 1", "2000, 60", "1000000, 20000");

    /** And those of which VACUUM cuts off no page. */
    private static final List<String> UNCUT =
            List.of("0, 0", "0, 5", "0, 50", "0, 1000", "5, 1", "2000, 60", "1000000, 20000");

    private static final String TICKS = "SELECT cron_engine.tick(clock_timestamp()) FROM generate_series(1, 60)";

    private static final String RUNS = """
            DO $$
            DECLARE
                v_run cron_engine.claim;
            BEGIN
                LOOP
                    v_run := cron_engine.claim_run(false, v_run, 1, NULL, NULL);
                    EXIT WHEN v_run.runid IS NULL;
                    PERFORM cron_engine.end_run(v_run.runid, v_run.claims, CASE WHEN v_run.jobname ~ 'fails' THEN 'failed' ELSE 'succeeded' END,
                                                '', NULL, CASE WHEN v_run.jobname ~ 'fails' THEN '22012' END, false, clock_timestamp());
                END LOOP;
            END
            $$
            """;

    private final TestDatabase database;

    PlanTests(TestDatabase database) {
        this.database = database;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void doNotFollowOldStatistics(long seed) throws SQLException {
        String user = database.createJobUser("planned");
        schedule(user);
        pretend(new Random(seed));

        reads(database.ownerName(), "fire", TICKS);
        reads(user, "run", RUNS);
        reads(database.ownerName(), "settle", TICKS);
        reads(user, "run again, or after another", RUNS);
        reads(database.ownerName(), "look", """
                SELECT cron_engine.run_step(s, clock_timestamp())
                  FROM unnest('{notify of starts,mark stops,recover,look again,expire,count,explain delays,purge}'::text[]) s
                """);
        reads(database.ownerName(), "settle again", TICKS);
    }

    /** Due now: plain jobs, some that fail and are tried again, some in a group, and some that follow others. */
    private void schedule(String user) {
        database.as(user).sql("""
                        SELECT count(CASE i % 6 WHEN 0 THEN cron.schedule('follows ' || i, '@after plain ' || i - 1, 'SELECT 1')
                                                ELSE cron.schedule(CASE i % 6 WHEN 1 THEN 'fails ' WHEN 2 THEN 'grouped ' ELSE 'plain ' END || i,
                                                                   '7 5 1 1 *', 'SELECT 1') END)
                          FROM generate_series(1, :jobs) i
                        """).param("jobs", JOBS).query(Long.class).single();
        database.as(user).sql("""
                        SELECT count(cron.set_options(j.jobid, max_attempts => CASE WHEN j.jobname ~ 'fails' THEN 2 END,
                                                      retry_delay => CASE WHEN j.jobname ~ 'fails' THEN interval '0' END,
                                                      job_group => CASE WHEN j.jobname ~ 'grouped' THEN 'one' END))
                          FROM cron.job j
                        """).query(Long.class).single();
        for (String sql : new String[] {
            "UPDATE cron_engine.due SET next_fire = now()",
            "UPDATE cron_engine.timer SET next_fire = now(), scheduled_time = now() WHERE next_fire IS NOT NULL"
        }) {
            database.owner().sql(sql).update();
        }
    }

    @AfterEach
    void unschedule() {
        database.owner()
                .sql("SELECT count(cron.unschedule(jobid)) FROM cron.job")
                .query(Long.class)
                .single();
        database.owner().sql(TICKS).query(Integer.class).list();
    }

    private void pretend(Random random) {
        database.superuser()
                .sql(
                        "DELETE FROM pg_statistic WHERE starelid IN (SELECT oid FROM pg_class WHERE relnamespace IN ('cron'::regnamespace, 'cron_engine'::regnamespace))")
                .update();
        database.superuser()
                .sql("""
                        SELECT oid::regclass::text AS name, coalesce('vacuum_truncate=off' = ANY (reloptions), false) AS uncut FROM pg_class
                         WHERE relkind = 'r' AND relnamespace IN ('cron'::regnamespace, 'cron_engine'::regnamespace) ORDER BY relname
                        """)
                .query((row, n) -> Map.entry(row.getString("name"), row.getBoolean("uncut") ? UNCUT : STATISTICS))
                .list()
                .forEach(table -> database.superuser()
                        .sql("""
                                UPDATE pg_class SET (reltuples, relpages) = (SELECT %2$s)
                                 WHERE oid = '%1$s'::regclass OR oid IN (SELECT indexrelid FROM pg_index WHERE indrelid = '%1$s'::regclass)
                                """.formatted(
                                table.getKey(),
                                table.getValue()
                                        .get(random.nextInt(table.getValue().size()))))
                        .update());
    }

    /** Of the tables that fill and empty all the time; the others are of the size of the catalogue, as their statistics are. */
    private void reads(String role, String step, String sql) throws SQLException {
        try (Connection connection = database.connect(role);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(sql);
            ResultSet reads = statement.executeQuery("""
                    SELECT concat_ws(' ', relname, coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0))
                      FROM pg_stat_xact_all_tables
                     WHERE relname IN ('due', 'queue', 'ended_run', 'plain_end') AND coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0) > %s
                    """.formatted(30 * JOBS));
            StringBuilder found = new StringBuilder();
            while (reads.next()) {
                found.append(reads.getString(1)).append(", ");
            }
            assertThat(found.toString()).as(step).isEmpty();
            connection.commit();
        }
    }
}
