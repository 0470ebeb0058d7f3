package io.cronlink.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.cronlink.database.CronlinkDatabase;
import io.cronlink.database.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The numbers that several routines share fit together, and follow what is measured. */
@Tag("engine")
@CronlinkDatabase
class TuningTests {

    private final TestDatabase database;

    TuningTests(TestDatabase database) {
        this.database = database;
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "unknown",
            value = {
                "0, unknown, 3",
                "0.25, 0.00013, 3",
                // What waits for a processor waits in its commit, too: on a fast disk that calls for nobody.
                "0.97, 0.00013, 3",
                "0.93, 0.005, 25",
                "0.9, 0.002, 10",
                // Runs that compute as long as they wait.
                "0.5, 0.005, 3",
                "0.9, unknown, 10",
                "unknown, unknown, 3",
                "1, 10, 65"
            })
    void asManyWorkersAsTheDiskCallsFor(Double share, Double commit, int enough) {
        assertThat(database.owner()
                        .sql("SELECT cron_engine.enough_workers(?::float8, ?::float8)")
                        .params(share, commit)
                        .query(Integer.class)
                        .single())
                .isEqualTo(enough);
    }

    @Test
    void theQuickestCommitOfLateTellsHowSlowTheDiskIs() throws SQLException {
        try (Connection connection = database.connect(database.ownerName());
                Statement statement = connection.createStatement()) {
            // As in the daemon, whose own commits do not wait.
            statement.execute("SET synchronous_commit = off");
            assertThat(measured(statement)).isPositive();

            statement.execute("SET cronlink.commit_time = 3600");
            assertThat(measured(statement)).as("the disk is quicker than that").isLessThan(3600);

            statement.execute("SET cronlink.commit_time = '1e-9'");
            assertThat(measured(statement)).as("not by much at a time").isCloseTo(1.1e-9, withinPercentage(1));

            statement.execute("CALL cron_engine.measure_commit()");
            assertThat(commitTime(statement)).as("nothing was written").isCloseTo(1.1e-9, withinPercentage(1));

            statement.execute(
                    "INSERT INTO cron_engine.worker (name, login, launcher, seat, busy, since, opened_at, terms) VALUES ('busy', 'nobody', '', 1, true, now(), now(), '')");
            assertThat(measured(statement)).as("others commit, too").isCloseTo(1.1e-9, withinPercentage(1));
            statement.execute("SET cronlink.commit_time = ''");
            assertThat(measured(statement)).as("but it is not known at all").isGreaterThan(1e-6);
            statement.execute("DELETE FROM cron_engine.worker");

            try (ResultSet after = statement.executeQuery("SHOW synchronous_commit")) {
                after.next();
                assertThat(after.getString(1)).isEqualTo("off");
            }
        }
    }

    private static double measured(Statement statement) throws SQLException {
        statement.execute(
                "DO $$ BEGIN UPDATE cron_engine.recovery_point SET first_runid = first_runid; CALL cron_engine.measure_commit(); END $$");
        return commitTime(statement);
    }

    private static double commitTime(Statement statement) throws SQLException {
        try (ResultSet result = statement.executeQuery("SELECT current_setting('cronlink.commit_time')::float8")) {
            result.next();
            return result.getDouble(1);
        }
    }

    /** By an hour, in the middle of a run and of a commit. */
    @Test
    void aClockThatIsSetBackIsNoQuickCommit() {
        assertThat(database.owner().sql("""
                                WITH RECURSIVE pace (nth, pace) AS (
                                    SELECT 0, cron_engine.pace(NULL, '2030-01-01 12:00:00', '2030-01-01 12:00:00.005', '2030-01-01 12:00:00.006')
                                    UNION ALL
                                    SELECT nth + 1, CASE nth WHEN 0 THEN cron_engine.pace(pace, '2030-01-01 12:00', '2030-01-01 11:00', '2030-01-01 10:00')
                                                             ELSE cron_engine.pace(pace, '2030-01-01 10:00:00', '2030-01-01 10:00:00.005', '2030-01-01 10:00:00.006') END
                                      FROM pace WHERE nth < 20000
                                )
                                SELECT round(cron_engine.commit_share(pace)::real::numeric, 2) FROM pace ORDER BY nth DESC LIMIT 1
                                """).query(Double.class).single()).isEqualTo(0.83);
    }

    /** Else those of a thousand that do not fit are queued while the first ones run. */
    @Test
    void aThousandAreQueuedWithinTheTimeThatAFireIsNear() {
        assertThat(database.owner()
                        .sql(
                                "SELECT cron_engine.fire_is_near() > cron_engine.head_start() + cron_engine.time_to_queue(1000)")
                        .query(Boolean.class)
                        .single())
                .isTrue();
    }
}
