package io.cronlink.timeline;

import static io.cronlink.Json.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.cronlink.Api;
import io.cronlink.CronlinkTest;
import io.cronlink.database.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import tools.jackson.databind.JsonNode;

/** What was and what will be is told by time, in few words. */
@CronlinkTest
class TimelineTests {

    private static final Duration DAY = Duration.ofDays(1);

    @Autowired
    private MockMvcTester http;

    @Autowired
    private TestDatabase database;

    private Api api;

    TimelineTests() {
        // Made anew for each test.
    }

    @BeforeEach
    void connect() {
        api = new Api(http);
    }

    /** Runs are numbered in the order of their times, which those of these tests are not. */
    @AfterEach
    void forget() {
        database.owner()
                .sql("DELETE FROM cron.job_run_details WHERE job_pid IS NULL AND end_time IS NOT NULL")
                .update();
    }

    private List<Instant> next(String schedule, int count) {
        return database
                .owner()
                .sql("SELECT extract(epoch FROM f)::bigint FROM cron.next_fires(?, 'Europe/Berlin', now(), ?) AS f")
                .param(schedule)
                .param(count)
                .query(Long.class)
                .list()
                .stream()
                .map(Instant::ofEpochSecond)
                .toList();
    }

    private static List<Instant> times(JsonNode fires) {
        List<Instant> times = new ArrayList<>();
        fires.forEach(fire -> times.add(Instant.parse(fire.path("fireTime").asString())));
        return times;
    }

    @Test
    void foretellsAJobsFires() {
        long jobid = api.job(
                "{'schedule': '0 3 * * 1', 'command': 'SELECT 1', 'timezone': 'Europe/Berlin', 'jitter': 'PT1H'}");
        Instant first =
                Instant.parse(api.read("/jobs/" + jobid).path("nextFire").asString());

        List<Instant> fires = times(api.read("/jobs/" + jobid + "/upcoming").path("fires"));

        List<Instant> scheduled = next("0 3 * * 1", 5);
        Duration late = Duration.between(scheduled.get(0), first);
        assertThat(fires)
                .isEqualTo(scheduled.stream().map(time -> time.plus(late)).toList());
        assertThat(times(api.read("/jobs/{jobid}/upcoming?until={until}", jobid, fires.get(2))
                        .path("fires")))
                .hasSize(2);
        assertThat(api.read("/jobs/0/upcoming").path("fires")).isEmpty();
    }

    @Test
    void foretellsTheFirstFiresOfAll() {
        api.job("{'jobname': 'often', 'schedule': '@every 10 min', 'command': 'SELECT 1'}");
        api.job("{'jobname': 'seldom', 'schedule': '@every 2 hours', 'command': 'SELECT 1'}");
        api.job("{'jobname': 'over', 'schedule': '@every 1 hour', 'command': 'SELECT 1', 'validUntil': '"
                + Instant.now().plus(Duration.ofMinutes(90)) + "'}");
        api.job("{'jobname': 'inactive', 'schedule': '@every 1 min', 'command': 'SELECT 1', 'active': false}");

        JsonNode all = api.read(
                        "/upcoming?limit=1000&until={until}", Instant.now().plus(Duration.ofHours(5)))
                .path("fires");
        assertThat(times(all)).isSorted();
        assertThat(count(all, "often")).isBetween(29, 30);
        assertThat(count(all, "seldom")).isEqualTo(2);
        assertThat(count(all, "over")).isEqualTo(1);
        assertThat(count(all, "inactive")).isZero();

        JsonNode some = api.read(
                        "/upcoming?limit=7&until={until}", Instant.now().plus(Duration.ofHours(5)))
                .path("fires");
        assertThat(times(some)).isEqualTo(times(all).subList(0, 7));
    }

    private static int count(JsonNode fires, String jobname) {
        int count = 0;
        for (JsonNode fire : fires) {
            count += fire.path("jobname").asString().equals(jobname) ? 1 : 0;
        }
        return count;
    }

    @Test
    void tellsAWeekOfAJobThatRunsEachSecondInFewBuckets() {
        long jobid = api.job("{'schedule': '1 second', 'command': 'SELECT 1', 'active': false}");
        database.owner().sql("""
                INSERT INTO cron.job_run_details (jobid, status, trigger, attempt, scheduled_time, queued_time, start_time, end_time, return_message, sqlstate)
                SELECT ?, CASE n WHEN 100 THEN 'failed' ELSE 'succeeded' END, 'schedule', 1, t, t, t, t + n * interval '1 ms',
                       CASE n WHEN 100 THEN 'no luck' ELSE '1 row' END, CASE n WHEN 100 THEN 'P0001' END
                FROM (SELECT n, now() - (200 - n) * interval '1 s' AS t FROM generate_series(1, 200) AS n) AS r
                """).param(jobid).update();
        database.owner()
                .sql("UPDATE cron.job SET active = true WHERE jobid = ?")
                .param(jobid)
                .update();
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

        JsonNode timeline = api.read(
                "/timeline?jobid={jobid}&from={from}&until={until}&buckets=168",
                jobid,
                now.minus(DAY),
                now.plus(DAY.multipliedBy(6)));
        JsonNode lane = timeline.path("jobs").path(0);

        assertThat(timeline.path("bucket").asString()).isEqualTo("PT1H");
        assertThat(lane.path("runs").size()).isBetween(1, 2);
        int succeeded = 0;
        for (JsonNode bucket : lane.path("runs")) {
            succeeded += bucket.path("succeeded").asInt();
            if (bucket.path("failed").asInt() > 0) {
                assertThat(bucket.path("message").asString()).isEqualTo("no luck");
            }
        }
        assertThat(succeeded).isGreaterThanOrEqualTo(199);
        assertThat(lane.path("fires").size()).isBetween(144, 145);
        assertThat(lane.path("fires").path(3).path("only").asBoolean()).isFalse();
        database.owner().sql("SELECT cron.unschedule(?)").param(jobid).query().singleRow();
    }

    @Test
    void placesEachFireInItsBucket() {
        long jobid = api.job("{'schedule': '30 3 * * *', 'command': 'SELECT 1', 'timezone': 'Europe/Berlin'}");
        Instant from = Instant.now().truncatedTo(ChronoUnit.DAYS);

        JsonNode lane = api.read(
                        "/timeline?jobid={jobid}&from={from}&until={until}&buckets=240",
                        jobid,
                        from,
                        from.plus(DAY.multipliedBy(10)))
                .path("jobs")
                .path(0);

        List<Instant> expected = next("30 3 * * *", 12).stream()
                .filter(time -> time.isBefore(from.plus(DAY.multipliedBy(10))))
                .toList();
        assertThat(times(lane.path("fires"))).isEqualTo(expected);
        lane.path("fires").forEach(fire -> {
            Instant time = Instant.parse(fire.path("fireTime").asString());
            assertThat(fire.path("bucket").asLong())
                    .isEqualTo(Duration.between(from, time).toHours());
            assertThat(fire.path("only").asBoolean()).isTrue();
        });
    }

    @Test
    void sumsUpByBucket() {
        long jobid = api.job("{'schedule': '@yearly', 'command': 'SELECT 1'}");
        Instant start = Instant.now().truncatedTo(ChronoUnit.HOURS).plus(Duration.ofHours(1));
        database.owner()
                .sql("""
                        INSERT INTO cron.job_run_details (jobid, status, trigger, scheduled_time, queued_time, start_time, end_time)
                        SELECT :jobid, CASE WHEN n = 4 THEN 'skipped' ELSE 'succeeded' END, 'schedule', t, t, t + interval '5 ms',
                               t + interval '5 ms' + n * interval '1 s'
                        FROM (SELECT n, to_timestamp(:start) + n * interval '10 min' AS t FROM generate_series(0, 10) AS n) AS r
                        """)
                .param("jobid", jobid)
                .param("start", start.getEpochSecond())
                .update();

        JsonNode statistics = api.read(
                "/statistics?jobid={jobid}&from={from}&until={until}&bucket=PT1H",
                jobid,
                start,
                start.plus(Duration.ofHours(3)));

        assertThat(statistics.path("buckets")).hasSize(2);
        JsonNode first = statistics.path("buckets").path(0);
        assertThat(first.path("start").asString()).isEqualTo(start.toString());
        assertThat(first.path("runs").asInt()).isEqualTo(6);
        assertThat(first.path("skipped").asInt()).isEqualTo(1);
        assertThat(first.path("durationP50").asString()).isEqualTo("PT2S");
        assertThat(first.path("durationMax").asString()).isEqualTo("PT5S");
        assertThat(first.path("delayP95").asString()).isEqualTo("PT0.005S");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/timeline?buckets=0",
                "/timeline?buckets=1001",
                "/timeline?from=2026-01-01T00:00:00Z&until=2026-01-01T00:00:00Z",
                "/timeline?from=2020-01-01T00:00:00Z",
                "/timeline?from=now",
                "/statistics?bucket=PT0.5S",
                "/statistics?bucket=PT1S",
                "/statistics?bucket=hour",
                "/upcoming?limit=0",
                "/upcoming?until=soon"
            })
    void refuseWhatTheyDoNotUnderstand(String path) {
        problem(api.get(path), 400);
    }
}
