package io.cronlink.timeline;

import static io.cronlink.Json.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.cronlink.Api;
import io.cronlink.CronlinkTest;
import io.cronlink.database.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import tools.jackson.databind.JsonNode;

/** What fires together is told before it does. */
@CronlinkTest
class ForecastTests {

    private static final Duration DAY = Duration.ofDays(1);

    /** As at 12 of the next day but one nothing is due that other tests have made. */
    private static final Instant NOON =
            Instant.now().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofHours(60));

    @Autowired
    private MockMvcTester http;

    @Autowired
    private TestDatabase database;

    private Api api;

    ForecastTests() {
        // Made anew for each test.
    }

    @BeforeEach
    void connect() {
        api = new Api(http);
        database.owner().sql("UPDATE cron.job SET active = false").update();
    }

    @AfterEach
    void forget() {
        database.owner()
                .sql("DELETE FROM cron.job WHERE jobname LIKE 'forecast%'")
                .update();
        database.owner().sql("DELETE FROM cron.job_group").update();
        database.owner()
                .sql("DELETE FROM cron.job_run_details WHERE job_pid IS NULL")
                .update();
    }

    private void jobs(int count, String schedule, String options) {
        for (int number = 1; number <= count; number++) {
            api.job("{'jobname': 'forecast %s %d', 'schedule': '%s', 'command': 'SELECT 1'%s}"
                    .formatted(schedule.replace("*", "x"), number, schedule, options.isEmpty() ? "" : ", " + options));
        }
    }

    private void usually(String jobname, Duration duration) {
        database.owner().sql("""
                INSERT INTO cron.job_run_details (jobid, status, trigger, attempt, scheduled_time, queued_time, start_time, end_time)
                SELECT j.jobid, 'succeeded', 'schedule', 1, t, t, t, t + n * CAST(? AS interval)
                FROM cron.job AS j, generate_series(0, 2) AS n, LATERAL (SELECT now() - (4 - n) * interval '1 day' AS t) AS r
                WHERE jobname LIKE ?
                """).param(duration.toString()).param(jobname).update();
    }

    private JsonNode forecast(Instant from, Duration length) {
        return api.read("/forecast?from={from}&until={until}", from, from.plus(length));
    }

    private static JsonNode bucket(JsonNode forecast, Instant start) {
        return StreamSupport.stream(forecast.path("buckets").spliterator(), false)
                .filter(bucket -> Instant.parse(bucket.path("start").asString()).equals(start))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode limit(JsonNode forecast, String kind) {
        return StreamSupport.stream(forecast.path("limits").spliterator(), false)
                .filter(limit -> limit.path("kind").asString().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void tellsWhatFiresAtOneMomentAndWhomTheLimitsKeepWaiting() {
        api.put("/groups/forecast", "{'maxRunning': 2}");
        jobs(5, "0 12 * * *", "'jobGroup': 'forecast'");
        jobs(22, "30 12 * * *", "");
        jobs(3, "*/30 * * * *", "");
        usually("forecast 0 12%", Duration.ofMinutes(4));

        JsonNode forecast = forecast(NOON.minus(Duration.ofHours(12)), DAY);

        assertThat(forecast.path("bucket").asString()).isEqualTo("PT1M");
        assertThat(forecast.path("buckets").size()).isEqualTo(1440);
        assertThat(forecast.path("jobs").asInt()).isEqualTo(30);
        assertThat(forecast.path("fires").asInt()).isEqualTo(5 + 22 + 3 * 48);
        assertThat(bucket(forecast, NOON).path("together").asInt()).isEqualTo(8);
        assertThat(bucket(forecast, NOON).path("running").asInt()).isEqualTo(8);
        assertThat(bucket(forecast, NOON.plusSeconds(180)).path("running").asInt())
                .isEqualTo(5);
        assertThat(bucket(forecast, NOON.plusSeconds(240)).path("running").asInt())
                .isZero();
        List<String> peaks = StreamSupport.stream(forecast.path("peaks").spliterator(), false)
                .map(peak -> "%s %d %d %d"
                        .formatted(
                                peak.path("at").asString(),
                                peak.path("times").asInt(),
                                peak.path("count").asInt(),
                                peak.path("jobs").size()))
                .toList();
        assertThat(peaks)
                .containsExactly(
                        NOON.plusSeconds(1800) + " 1 25 20",
                        NOON + " 1 8 8",
                        NOON.minus(Duration.ofHours(12)) + " 46 3 3");
        JsonNode group = limit(forecast, "group");
        assertThat(group.path("name").asString()).isEqualTo("forecast");
        assertThat(group.path("expected").asInt()).isEqualTo(5);
        assertThat(group.path("at").asString()).isEqualTo(NOON.toString());
        assertThat(group.path("over").asString()).isEqualTo("PT4M");
        assertThat(limit(forecast, "all").path("over").asString()).isEqualTo("PT0S");
        assertThat(forecast.path("limits").path(0)).isEqualTo(group);
    }

    @Test
    void goesByTheHourForAWeekAndCountsEachSecondWithoutTellingItOff() {
        jobs(3, "1 second", "");
        jobs(1, "* * * * *", "");
        usually("forecast 1 second%", Duration.ofMillis(400));

        JsonNode forecast = forecast(NOON, DAY.multipliedBy(7));

        assertThat(forecast.path("bucket").asString()).isEqualTo("PT1H");
        assertThat(forecast.path("buckets").size()).isEqualTo(168);
        assertThat(bucket(forecast, NOON).path("fires").asInt()).isEqualTo(3 * 3600 + 60);
        assertThat(bucket(forecast, NOON).path("together").asInt()).isEqualTo(1);
        // Three that run 400 ms of each second are 1.2 at a time.
        assertThat(bucket(forecast, NOON).path("running").asInt()).isEqualTo(3);
        assertThat(forecast.path("peaks")).isEmpty();
    }

    @Test
    void countsJitterEndsAndWhatIsInactive() {
        jobs(6, "0 12 * * *", "'jitter': 'PT1H'");
        jobs(2, "@every 7 min", "'validUntil': '" + NOON.plusSeconds(1800) + "'");
        jobs(2, "5 12 * * *", "'active': false");

        JsonNode hour = forecast(NOON, Duration.ofHours(1));

        assertThat(hour.path("jobs").asInt()).isEqualTo(8);
        assertThat(hour.path("fires").asInt()).isBetween(6 + 2 * 4, 6 + 2 * 5);
        assertThat(StreamSupport.stream(hour.path("buckets").spliterator(), false)
                        .mapToInt(bucket -> bucket.path("together").asInt())
                        .max()
                        .orElseThrow())
                .isLessThan(6);
        assertThat(forecast(NOON.plus(Duration.ofHours(13)), Duration.ofMinutes(10))
                        .path("fires")
                        .asInt())
                .isZero();
    }

    /** In weeks with a change of the clock: half an hour of it, at midnight, and a day that never was. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*/30 * * * *|Europe/Berlin|2026-03-26T00:00:00Z",
                "30 2 * * *|Europe/Berlin|2026-10-23T10:00:00Z",
                "15,45 1-3 * * *|Australia/Lord_Howe|2026-04-02T11:00:00Z",
                "*/20 0,23 * * *|America/Santiago|2026-09-03T00:00:00Z",
                "0 0,6 30 12 *|Pacific/Apia|2011-12-27T00:00:00Z",
                "7 */6 * * 1-5|Pacific/Apia|2011-12-27T00:00:00Z",
                "59 23 $ * *|GMT|2026-02-25T03:04:05Z",
                "0 4 30 2 *|GMT|2026-02-25T03:04:05Z",
            })
    void findsTheFiresThatTheSchedulerFinds(String schedule, String timezone, Instant after) {
        String until = after.plus(DAY.multipliedBy(8)).toString();
        String both = """
                WITH s AS (SELECT cron_engine.parse_schedule(:schedule) AS s, CAST(:after AS timestamptz) AS a, CAST(:until AS timestamptz) AS u)
                """;
        List<String> together = database.owner()
                .sql(both + "SELECT f::text FROM s, cron_engine.calendar_fires(s.s, :timezone, s.a, s.u) AS f")
                .param("schedule", schedule)
                .param("timezone", timezone)
                .param("after", after.toString())
                .param("until", until)
                .query(String.class)
                .list();
        List<String> oneByOne = database.owner()
                .sql("WITH RECURSIVE " + both.replace("WITH ", "") + """
                        , f AS (SELECT cron_engine.next_fire(s.s, :timezone, s.a) AS f FROM s
                                UNION ALL SELECT cron_engine.next_fire(s.s, :timezone, f.f) FROM s, f WHERE f.f < s.u)
                        SELECT f.f::text FROM s, f WHERE f.f < s.u""")
                .param("schedule", schedule)
                .param("timezone", timezone)
                .param("after", after.toString())
                .param("until", until)
                .query(String.class)
                .list();

        assertThat(together).isEqualTo(oneByOne);
    }

    @Test
    void isQuickWithThousandsOfJobs() {
        database.owner().sql("""
                SELECT count(cron.schedule('forecast ' || n, CASE n % 4 WHEN 0 THEN '* * * * *' WHEN 1 THEN n % 59 + 1 || ' seconds'
                                                                        WHEN 2 THEN '*/' || n % 9 + 2 || ' * * * *' ELSE '@every 90 s' END, 'SELECT 1'))
                FROM generate_series(1, 2000) AS n
                """).query(Long.class).single();
        Instant from = Instant.now();
        forecast(from, DAY);
        Instant begin = Instant.now();

        JsonNode forecast = forecast(from, DAY);

        assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(3));
        assertThat(forecast.path("jobs").asInt()).isEqualTo(2000);
        assertThat(forecast.path("fires").asLong()).isGreaterThan(1_000_000);
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThat(problem(api.get("/forecast?from={f}&until={u}", NOON, NOON), 400)
                        .path("detail")
                        .asString())
                .contains("until must be later");
        assertThat(problem(api.get("/forecast?from={f}&until={u}", NOON, NOON.plus(DAY.multipliedBy(8))), 400)
                        .path("detail")
                        .asString())
                .contains("7 days");
        assertThat(forecast(Instant.parse("+294276-12-20T00:00:00Z"), DAY)
                        .path("fires")
                        .asInt())
                .isZero();
        assertThat(forecast(ZonedDateTime.parse("1066-10-14T09:00:00Z").toInstant(), DAY)
                        .path("fires")
                        .asInt())
                .isZero();
    }
}
