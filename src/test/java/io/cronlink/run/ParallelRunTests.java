package io.cronlink.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.cronlink.database.CronlinkDatabase;
import io.cronlink.database.TestDatabase;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The example of the article "Parallel jobs in Postgres", on which this project is built. */
@Tag("engine")
@CronlinkDatabase
class ParallelRunTests {

    private final TestDatabase database;
    private final TestJobs jobs;

    ParallelRunTests(TestDatabase database) {
        this.database = database;
        this.jobs = new TestJobs(database);
    }

    @BeforeAll
    static void createTheExample(TestDatabase database) {
        database.owner().sql("""
                        CREATE TABLE app.example (
                            id integer GENERATED ALWAYS AS IDENTITY,
                            job integer,
                            at timestamptz DEFAULT clock_timestamp()
                        )
                        """).update();
        database.owner().sql("""
                        CREATE FUNCTION app.f(job integer) RETURNS text LANGUAGE plpgsql AS $body$
                        BEGIN
                            FOR i IN 1 .. 10 LOOP
                                IF mod(i, job) = 0 THEN
                                    INSERT INTO app.example (job) VALUES ($1);
                                END IF;
                                PERFORM pg_sleep(0.2);
                            END LOOP;
                            RETURN format('Job %s finished', job);
                        END
                        $body$
                        """).update();
        database.startDaemon();
    }

    @Test
    void takeTheTimeOfOne() {
        OffsetDateTime at = jobs.now().plusSeconds(1);
        List<Long> ids = Stream.of(1, 2, 3)
                .map(job -> jobs.schedule("@at " + at, "SELECT app.f(" + job + ")"))
                .toList();

        List<RecordedRun> runs =
                ids.stream().map(id -> jobs.ended(id, 1).get(0)).toList();

        assertThat(runs).extracting(RecordedRun::status).containsOnly("succeeded");
        assertThat(runs)
                .extracting(RecordedRun::result)
                .containsExactly("Job 1 finished", "Job 2 finished", "Job 3 finished");
        assertThat(rows("SELECT count(*) FROM app.example GROUP BY job ORDER BY job"))
                .containsExactly(10L, 5L, 3L);
        assertThat(inAll(runs)).isLessThan(longest(runs).multipliedBy(3).dividedBy(2));
        // Rows of another job lie between the first and the last of each.
        assertThat(rows("""
                        SELECT count(*) FROM app.example AS e
                        JOIN (SELECT job, min(at) AS first, max(at) AS last FROM app.example GROUP BY job) AS j
                            ON e.job <> j.job AND e.at BETWEEN j.first AND j.last
                        GROUP BY j.job
                        """)).hasSize(3);
    }

    private List<Long> rows(String sql) {
        return database.owner().sql(sql).query(Long.class).list();
    }

    private static Duration inAll(List<RecordedRun> runs) {
        return Duration.between(
                runs.stream()
                        .map(RecordedRun::startTime)
                        .map(Objects::requireNonNull)
                        .min(Comparator.naturalOrder())
                        .orElseThrow(),
                runs.stream()
                        .map(RecordedRun::endTime)
                        .map(Objects::requireNonNull)
                        .max(Comparator.naturalOrder())
                        .orElseThrow());
    }

    private static Duration longest(List<RecordedRun> runs) {
        return runs.stream()
                .map(run -> Duration.between(run.startTime(), run.endTime()))
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }
}
