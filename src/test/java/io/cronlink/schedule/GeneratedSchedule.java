package io.cronlink.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A schedule whose meaning is known, and a plain way to find its fires: look at one minute after the other. */
record GeneratedSchedule(
        String text,
        BitSet minutes,
        BitSet hours,
        BitSet days,
        BitSet months,
        BitSet weekdays,
        boolean lastDay,
        boolean matchBoth,
        boolean followsClock) {

    private static final Duration HORIZON = Duration.ofDays(41 * 366L);

    List<Instant> fires(ZoneId zone, Instant after, int count) {
        ZoneRules rules = zone.getRules();
        List<Instant> fires = new ArrayList<>();
        Instant end = after.plus(HORIZON);
        Instant minute = after.truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
        while (fires.size() < count && minute.isBefore(end)) {
            LocalDateTime local = LocalDateTime.ofInstant(minute, zone);
            ZoneOffsetTransition change = changeAt(minute, rules);
            if (followsClock ? matches(local) : isDue(local, rules.getOffset(minute), change, rules)) {
                fires.add(minute);
            }
            minute = matches(local.toLocalDate()) ? minute.plus(1, ChronoUnit.MINUTES) : endOfDay(minute, local, rules);
        }
        return fires;
    }

    /** The next midnight, or a change of the clock that comes before. */
    private static Instant endOfDay(Instant minute, LocalDateTime local, ZoneRules rules) {
        Duration left = Duration.between(local, local.toLocalDate().plusDays(1).atStartOfDay());
        ZoneOffsetTransition change = rules.nextTransition(minute);
        Instant midnight = minute.plus(left);
        return change != null && change.getInstant().isBefore(midnight) ? change.getInstant() : midnight;
    }

    private static @Nullable ZoneOffsetTransition changeAt(Instant minute, ZoneRules rules) {
        ZoneOffsetTransition next = rules.nextTransition(minute.minusSeconds(1));
        return next != null && next.getInstant().equals(minute) ? next : null;
    }

    private boolean isDue(
            LocalDateTime local, ZoneOffset offset, @Nullable ZoneOffsetTransition change, ZoneRules rules) {
        if (change != null && change.isGap()) {
            for (LocalDateTime skipped = change.getDateTimeBefore();
                    skipped.isBefore(change.getDateTimeAfter());
                    skipped = skipped.plusMinutes(1)) {
                if (matches(skipped)) {
                    return true;
                }
            }
        }
        return matches(local) && rules.getValidOffsets(local).get(0).equals(offset);
    }

    private boolean matches(LocalDateTime local) {
        return minutes.get(local.getMinute()) && hours.get(local.getHour()) && matches(local.toLocalDate());
    }

    private boolean matches(LocalDate date) {
        boolean day = days.get(date.getDayOfMonth()) || (lastDay && date.getDayOfMonth() == date.lengthOfMonth());
        boolean weekday = weekdays.get(date.getDayOfWeek().getValue() % 7);
        return months.get(date.getMonthValue()) && (matchBoth ? day && weekday : day || weekday);
    }
}
