package io.cronlink.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.cronlink.database.CronlinkDatabase;
import io.cronlink.database.PgCronServer;
import io.cronlink.database.TestDatabase;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The same questions to the real pg_cron. Debian's is 1.4.2: where a later version has learnt something, the tests say what. It waits
 * for a minute of the clock, with a server of its own: other tests run meanwhile.
 */
@CronlinkDatabase
@Execution(ExecutionMode.CONCURRENT)
class PgCronVerdictTests {

    private static final int TEXTS = 5000;
    private static final int JOBS = 400;
    private static final Pattern STEP = Pattern.compile("/[0-9]+");

    private static PgCronServer pgCron;

    @BeforeAll
    static void startPgCron() {
        pgCron = PgCronServer.start();
    }

    @AfterAll
    static void stopPgCron() {
        pgCron.close();
    }

    @Test
    void acceptsAndRefusesTheSameTexts(TestDatabase database) throws SQLException, IOException {
        List<String> texts = texts();
        Set<String> theirs = accepted(texts, PG_CRON_ACCEPTS, pgCron.connect());
        Set<String> ours = accepted(texts, CRONLINK_ACCEPTS, database.connect(database.ownerName()));

        assertThat(ours.stream().filter(theirs::contains).count()).isGreaterThan(TEXTS / 10);
        assertThat(ours.stream().filter(text -> !theirs.contains(text) && !isYoungerThanDebians(text)))
                .as("accepted by Cronlink only")
                .isEmpty();
        // Since 1.5 a step must not be greater than the field. With a small step these texts must be valid.
        List<String> steps = theirs.stream()
                .filter(text -> !ours.contains(text))
                .map(text -> STEP.matcher(text).replaceAll("/1"))
                .toList();
        assertThat(accepted(steps, CRONLINK_ACCEPTS, database.connect(database.ownerName())))
                .as("accepted by pg_cron only")
                .containsAll(steps);
        assertThat(theirs.stream().filter(text -> !ours.contains(text)))
                .allMatch(text -> STEP.matcher(text).find());
    }

    /** Intervals came with 1.5, {@code $} with 1.6, the rest is ours. */
    private static boolean isYoungerThanDebians(String text) {
        return text.matches("(?is)\\s*[+-]?\\d+\\s*second(s\\s*)?")
                || text.contains("$")
                || text.contains("@every")
                || text.contains("@at")
                || text.contains("@after");
    }

    private static List<String> texts() throws IOException {
        RandomSchedules valid = new RandomSchedules(new Random(2), false);
        RandomSchedules scribbles = new RandomSchedules(new Random(3), false);
        Set<String> texts = new LinkedHashSet<>();
        for (ScheduleTests.Row row : ScheduleTests.rows()) {
            texts.add(row.schedule());
        }
        while (texts.size() < TEXTS) {
            texts.add(valid.next().text());
            texts.add(scribbles.scribble());
        }
        return List.copyOf(texts);
    }

    private static final String PG_CRON_ACCEPTS = """
            CREATE OR REPLACE FUNCTION pg_temp.accepts(text text) RETURNS boolean LANGUAGE plpgsql AS $body$
            BEGIN
                PERFORM cron.schedule(text, 'SELECT 1');
                RAISE EXCEPTION SQLSTATE 'TS001';
            EXCEPTION
                WHEN SQLSTATE 'TS001' THEN RETURN true;
                WHEN invalid_parameter_value THEN RETURN false;
            END
            $body$
            """;

    private static final String CRONLINK_ACCEPTS =
            PG_CRON_ACCEPTS.replace("cron.schedule(text, 'SELECT 1')", "cron_engine.parse_schedule(text)");

    private static Set<String> accepted(List<String> texts, String accepts, Connection connection) throws SQLException {
        Set<String> accepted = new LinkedHashSet<>();
        try (Connection session = connection;
                Statement statement = session.createStatement()) {
            statement.execute(accepts);
            try (PreparedStatement query =
                    session.prepareStatement("SELECT t FROM unnest(?) AS t WHERE pg_temp.accepts(t)")) {
                query.setArray(1, session.createArrayOf("text", texts.toArray()));
                ResultSet rows = query.executeQuery();
                while (rows.next()) {
                    accepted.add(rows.getString(1));
                }
            }
        }
        return accepted;
    }

    /** Hundreds of schedules, half of which name the very next minute: one tick of pg_cron's launcher judges them all. */
    @Test
    void startsTheSameJobsInTheSameMinute(TestDatabase database) throws SQLException, InterruptedException {
        try (Connection session = pgCron.connect();
                Statement statement = session.createStatement()) {
            Instant minute = nextMinute(Duration.ofSeconds(15));
            List<String> schedules = schedulesAround(minute);
            try (PreparedStatement insert = session.prepareStatement("""
                    INSERT INTO cron.job (schedule, command, nodename, nodeport, database, username)
                    SELECT t, 'SELECT 1', 'localhost', 5432, 'postgres', CURRENT_USER FROM unnest(?) WITH ORDINALITY AS u (t, n) ORDER BY n
                    """)) {
                insert.setArray(1, session.createArrayOf("text", schedules.toArray()));
                insert.executeUpdate();
            }
            assertThat(Instant.now()).as("the jobs were made in time").isBefore(minute.minusSeconds(5));
            Set<String> expected = due(schedules, minute, database);
            assertThat(expected).hasSizeBetween(JOBS / 10, JOBS * 9 / 10);

            awaitRuns(expected.size(), minute.plusSeconds(40), statement);

            assertThat(started(statement)).isEqualTo(expected);
        }
    }

    /** The next full minute. If it is too near, it is let pass, so that it starts none of the jobs. */
    private static Instant nextMinute(Duration margin) throws InterruptedException {
        Instant next = Instant.now().truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
        if (Instant.now().isBefore(next.minus(margin))) {
            return next;
        }
        Thread.sleep(Duration.between(Instant.now(), next.plusSeconds(3)).toMillis());
        return next.plus(1, ChronoUnit.MINUTES);
    }

    private static List<String> schedulesAround(Instant minute) {
        Random random = new Random(4);
        ZonedDateTime time = minute.atZone(ZoneOffset.UTC);
        Set<String> schedules = new LinkedHashSet<>(List.of("* * * * *", "@hourly", "@daily"));
        while (schedules.size() < JOBS) {
            schedules.add(String.join(
                    " ",
                    field(time.getMinute(), 0, 59, random),
                    field(time.getHour(), 0, 23, random),
                    field(time.getDayOfMonth(), 1, 31, random),
                    field(time.getMonthValue(), 1, 12, random),
                    field(time.getDayOfWeek().getValue() % 7, 0, 6, random)));
        }
        return List.copyOf(schedules);
    }

    private static String field(int now, int low, int high, Random random) {
        int before = low + random.nextInt(now - low + 1);
        int after = now + random.nextInt(high - now + 1);
        return switch (random.nextInt(9)) {
            case 0, 1, 2 -> "*";
            case 3 -> String.valueOf(now);
            case 4 -> before + "-" + after;
            case 5 -> before + "-" + after + "/" + (1 + random.nextInt(Math.max(1, high / 4)));
            case 6 -> "*/" + (1 + random.nextInt(Math.max(1, high / 4)));
            case 7 -> (low + random.nextInt(high - low + 1)) + "," + now;
            default -> (low + random.nextInt(high - low + 1)) + "-" + high;
        };
    }

    private static Set<String> due(List<String> schedules, Instant minute, TestDatabase database) throws SQLException {
        Set<String> due = new TreeSet<>();
        try (Connection session = database.connect(database.ownerName());
                PreparedStatement query = session.prepareStatement("""
                        SELECT t FROM unnest(?) AS t
                        WHERE cron_engine.next_fire(cron_engine.parse_schedule(t), 'GMT', CAST(? AS timestamptz) - interval '1 second') = CAST(? AS timestamptz)
                        """)) {
            query.setArray(1, session.createArrayOf("text", schedules.toArray()));
            query.setString(2, minute.toString());
            query.setString(3, minute.toString());
            ResultSet rows = query.executeQuery();
            while (rows.next()) {
                due.add(rows.getString(1));
            }
        }
        return due;
    }

    private static void awaitRuns(int count, Instant end, Statement statement)
            throws SQLException, InterruptedException {
        List<Integer> counts = new ArrayList<>();
        while (Instant.now().isBefore(end)) {
            ResultSet rows = statement.executeQuery("SELECT count(DISTINCT jobid) FROM cron.job_run_details");
            rows.next();
            counts.add(rows.getInt(1));
            // Settled: as many as expected or more, and none in the last two seconds.
            int settled = counts.size() < 11 ? -1 : counts.get(counts.size() - 11);
            if (rows.getInt(1) >= count && settled == rows.getInt(1)) {
                return;
            }
            Thread.sleep(200);
        }
    }

    private static Set<String> started(Statement statement) throws SQLException {
        Set<String> started = new TreeSet<>();
        ResultSet rows = statement.executeQuery(
                "SELECT DISTINCT schedule FROM cron.job JOIN cron.job_run_details USING (jobid)");
        while (rows.next()) {
            started.add(rows.getString(1));
        }
        return started;
    }
}
