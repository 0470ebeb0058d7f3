package io.cronlink.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.cronlink.database.CronlinkDatabase;
import io.cronlink.database.TestDatabase;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.scheduling.support.CronExpression;

/** Random schedules; {@code -Dschedules.seed=…} makes others. */
@Tag("engine")
@CronlinkDatabase
class GeneratedScheduleTests {

    private static final int SCHEDULES = 4000;
    private static final int FIRES = 4;
    private static final long SEED = Long.getLong("schedules.seed", 20270328);
    private static final Instant SINCE = Instant.parse("1980-01-01T00:00:00Z");
    private static final Instant UNTIL = Instant.parse("2024-12-31T00:00:00Z");

    private static final List<String> ZONES = List.of(
            "UTC",
            "Europe/Berlin",
            "Europe/London",
            "Europe/Dublin",
            "Europe/Lisbon",
            "Europe/Moscow",
            "Europe/Istanbul",
            "Atlantic/Azores",
            "America/New_York",
            "America/Los_Angeles",
            "America/St_Johns",
            "America/Sao_Paulo",
            "America/Santiago",
            "America/Havana",
            "America/Caracas",
            "America/Nuuk",
            "America/Asuncion",
            "Africa/Cairo",
            "Africa/Casablanca",
            "Africa/El_Aaiun",
            "Africa/Johannesburg",
            "Antarctica/Troll",
            "Asia/Amman",
            "Asia/Beirut",
            "Asia/Gaza",
            "Asia/Kathmandu",
            "Asia/Kolkata",
            "Asia/Pyongyang",
            "Asia/Tehran",
            "Asia/Tokyo",
            "Australia/Lord_Howe",
            "Australia/Sydney",
            "Pacific/Apia",
            "Pacific/Auckland",
            "Pacific/Chatham",
            "Pacific/Fakaofo",
            "Pacific/Honolulu",
            "Pacific/Kiritimati",
            "Pacific/Kwajalein",
            "Pacific/Norfolk");

    private record Question(String schedule, ZoneId zone, Instant after, List<Instant> expected) {}

    @Test
    void firesWhenAScanOfAllMinutesSaysSo(TestDatabase database) throws SQLException {
        Random random = new Random(SEED);
        RandomSchedules schedules = new RandomSchedules(random, false);
        List<ZoneId> zones = zonesKnownAlike(database);
        List<Question> questions = new ArrayList<>();
        for (int i = 0; i < SCHEDULES; i++) {
            GeneratedSchedule schedule = schedules.next();
            ZoneId zone = zones.get(random.nextInt(zones.size()));
            Instant after = moment(random, zone.getRules());
            questions.add(new Question(schedule.text(), zone, after, schedule.fires(zone, after, FIRES)));
        }

        assertAnswers(questions, database);
    }

    @Test
    void firesWhenSpringSaysSo(TestDatabase database) throws SQLException {
        Random random = new Random(SEED);
        RandomSchedules schedules = new RandomSchedules(random, true);
        List<Question> questions = new ArrayList<>();
        for (int i = 0; i < SCHEDULES; i++) {
            String schedule = schedules.next().text();
            Instant after = moment(random, ZoneOffset.UTC.getRules());
            questions.add(new Question(schedule, ZoneOffset.UTC, after, springs(schedule, after)));
        }

        // Spring gives up on 29 February after some years; what it does not know proves nothing.
        questions.removeIf(question -> question.expected().size() < FIRES);
        assertThat(questions).hasSizeGreaterThan(SCHEDULES / 2);
        assertAnswers(questions, database);
    }

    private static List<Instant> springs(String schedule, Instant after) {
        CronExpression expression = CronExpression.parse("0 " + schedule);
        List<Instant> fires = new ArrayList<>();
        LocalDateTime fire = expression.next(LocalDateTime.ofInstant(after, ZoneOffset.UTC));
        while (fire != null && fires.size() < FIRES) {
            fires.add(fire.toInstant(ZoneOffset.UTC));
            fire = expression.next(fire);
        }
        return fires;
    }

    /** Half of them near a change of the clock. */
    private static Instant moment(Random random, ZoneRules rules) {
        Instant moment = SINCE.plusSeconds(random.nextLong(SINCE.until(UNTIL, ChronoUnit.SECONDS)));
        ZoneOffsetTransition change = rules.nextTransition(moment);
        if (change != null && change.getInstant().isBefore(UNTIL) && random.nextBoolean()) {
            return change.getInstant().plusSeconds(random.nextInt(30 * 3600) - 26 * 3600);
        }
        return random.nextBoolean() ? moment : moment.truncatedTo(ChronoUnit.MINUTES);
    }

    /** The server and this JVM each have their own edition of the time zone database. */
    private static List<ZoneId> zonesKnownAlike(TestDatabase database) {
        List<ZoneId> zones = ZONES.stream()
                .map(ZoneId::of)
                .filter(zone -> changes(zone).equals(changes(zone, database)))
                .toList();
        assertThat(zones)
                .as("zones of which the server and the JVM know the same")
                .hasSizeGreaterThan(30);
        return zones;
    }

    private static List<String> changes(ZoneId zone, TestDatabase database) {
        return database.owner()
                .sql("""
                        SELECT to_char(local_before, 'YYYY-MM-DD"T"HH24:MI') || ' ' || to_char(local_after, 'YYYY-MM-DD"T"HH24:MI')
                        FROM cron_engine.clock_changes(:zone, '1980-01-01 00:00Z', '2024-12-31 00:00Z')
                        """)
                .param("zone", zone.getId())
                .query(String.class)
                .list();
    }

    private static List<String> changes(ZoneId zone) {
        List<String> changes = new ArrayList<>();
        ZoneOffsetTransition change = zone.getRules().nextTransition(SINCE);
        while (change != null && change.getInstant().isBefore(UNTIL)) {
            changes.add(change.getDateTimeBefore() + " " + change.getDateTimeAfter());
            change = zone.getRules().nextTransition(change.getInstant());
        }
        return changes;
    }

    private static void assertAnswers(List<Question> questions, TestDatabase database) throws SQLException {
        SoftAssertions answers = new SoftAssertions();
        try (Connection session = database.connect(database.ownerName());
                PreparedStatement statement = session.prepareStatement("""
                        SELECT ARRAY(SELECT cron.next_fires(q.schedule, q.zone, q.after, ?)) AS fires
                        FROM unnest(?, ?, ?) WITH ORDINALITY AS q (schedule, zone, after, n)
                        ORDER BY q.n
                        """)) {
            statement.setInt(1, FIRES);
            statement.setArray(2, array(session, "text", questions.stream().map(Question::schedule)));
            statement.setArray(3, array(session, "text", questions.stream().map(question -> question.zone()
                    .getId())));
            statement.setArray(
                    4, array(session, "timestamptz", questions.stream().map(question -> question.after()
                            .toString())));
            try (ResultSet rows = statement.executeQuery()) {
                for (Question question : questions) {
                    assertThat(rows.next()).isTrue();
                    answers.assertThat(instants(rows.getArray("fires")))
                            .as("'%s' in %s after %s", question.schedule(), question.zone(), question.after())
                            .isEqualTo(question.expected());
                }
            }
        }
        answers.assertAll();
    }

    private static Array array(Connection session, String type, Stream<String> values) throws SQLException {
        return session.createArrayOf(type, values.toArray());
    }

    private static List<Instant> instants(Array array) throws SQLException {
        return Arrays.stream((Timestamp[]) array.getArray())
                .map(Timestamp::toInstant)
                .toList();
    }
}
