package io.cronlink.schedule;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;

/** Makes valid schedules of five fields together with the sets they stand for, without reading any schedule's text. */
final class RandomSchedules {

    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    private static final List<String> WEEKDAYS = List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");

    private final Random random;
    private final boolean plain;

    /** {@code plain}: only what cron implementations agree on. */
    RandomSchedules(Random random, boolean plain) {
        this.random = random;
        this.plain = plain;
    }

    GeneratedSchedule next() {
        Field minutes = field(0, 59, 60, List.of(), 0.35);
        Field hours = field(0, 23, 24, List.of(), 0.45);
        boolean lastDay = !plain && random.nextInt(12) == 0;
        Field days = lastDay ? new Field("$", new BitSet()) : field(1, 31, 31, List.of(), 0.6);
        Field months = field(1, 12, 12, MONTHS, 0.7);
        Field weekdays = field(0, 7, 7, WEEKDAYS, plain && !days.star() ? 1 : 0.6);
        return new GeneratedSchedule(
                String.join(separator(), minutes.text(), hours.text(), days.text(), months.text(), weekdays.text()),
                minutes.members(),
                hours.members(),
                days.members(),
                months.members(),
                weekdays.members(),
                lastDay,
                days.star() || weekdays.star(),
                minutes.star() || hours.star());
    }

    private String separator() {
        return plain ? " " : List.of(" ", "  ", "\t").get(random.nextInt(3));
    }

    private record Field(String text, BitSet members) {
        boolean star() {
            return text.startsWith("*");
        }
    }

    private Field field(int low, int high, int cycle, List<String> names, double star) {
        if (random.nextDouble() < star) {
            BitSet all = new BitSet();
            all.set(low, low + cycle);
            return new Field("*", all);
        }
        BitSet members = new BitSet();
        List<String> texts = new ArrayList<>();
        int count = random.nextInt(3) == 0 ? 1 + random.nextInt(4) : 1;
        for (int i = 0; i < count; i++) {
            texts.add(range(low, high, cycle, names, members));
        }
        return new Field(String.join(",", texts), members);
    }

    private String range(int low, int high, int cycle, List<String> names, BitSet members) {
        int first = low + random.nextInt(high - low + 1);
        int last = low + random.nextInt(high - low + 1);
        int step = 1;
        String text;
        // In a field of weekdays libraries begin to count a star's steps on Monday.
        boolean star = !(plain && cycle == 7) && random.nextInt(4) == 0;
        if (star) {
            first = low;
            last = high;
            text = "*";
        } else if (random.nextBoolean()) {
            members.set((first - low) % cycle + low);
            return name(first, low, names);
        } else {
            if (plain) {
                // Neither do they agree on a Sunday in a range.
                int lower = cycle == 7 ? Math.max(1, Math.min(first, last)) : Math.min(first, last);
                last = cycle == 7 ? Math.max(1, Math.min(6, Math.max(first, last))) : Math.max(first, last);
                first = Math.min(lower, last);
            }
            text = name(first, low, names) + "-" + name(last, low, names);
        }
        if (star || random.nextInt(3) == 0) {
            step = 1 + random.nextInt(random.nextBoolean() ? 5 : high);
            text += "/" + step;
        }
        int end = first > last ? last + cycle : last;
        for (int value = first; value <= end; value += step) {
            members.set((value - low) % cycle + low);
        }
        return text;
    }

    private String name(int value, int low, List<String> names) {
        if (value - low < names.size() && random.nextBoolean()) {
            String name = names.get(value - low);
            return random.nextBoolean() ? name : name.toUpperCase(Locale.ROOT);
        }
        return (!plain && random.nextInt(20) == 0 ? "0" : "") + value;
    }

    /** A text that may or may not be a schedule: parts of schedules, and what is none. */
    String scribble() {
        int parts = 1 + random.nextInt(7);
        return String.join(
                random.nextInt(4) == 0 ? "" : " ",
                IntStream.range(0, parts).mapToObj(i -> part()).toList());
    }

    private String part() {
        return switch (random.nextInt(8)) {
            case 0, 1 -> "*";
            case 2 -> field(0, 59, 60, List.of(), 0).text();
            case 3 -> field(0, 7, 7, WEEKDAYS, 0).text();
            case 4 -> field(1, 12, 12, MONTHS, 0).text();
            case 5 -> SCRAPS.get(random.nextInt(SCRAPS.size()));
            default -> mutilated(field(0, 23, 24, List.of(), 0.2).text());
        };
    }

    private String mutilated(String text) {
        int place = random.nextInt(text.length());
        String scrap = SCRAPS.get(random.nextInt(SCRAPS.size()));
        return text.substring(0, place) + scrap + text.substring(random.nextBoolean() ? place : place + 1);
    }

    private static final List<String> SCRAPS = List.of(
            "$",
            "-",
            "/",
            ",",
            "*",
            "#",
            "@",
            "?",
            "L",
            "W",
            "~",
            ";",
            ".",
            "\n",
            "\t",
            "\r",
            "\u000b",
            "\u0001",
            "é",
            "日",
            "😀",
            "\u00a0",
            "60",
            "59",
            "24",
            "31",
            "32",
            "13",
            "7",
            "8",
            "0",
            "00",
            "4294967297",
            "2147483648",
            "18446744073709551616",
            "-1",
            "*/0",
            "*/60",
            "@daily",
            "@yearly",
            "@reboot",
            "@every",
            "@at",
            "@after",
            "second",
            "seconds",
            " 5 seconds",
            "5 second ",
            "1 month",
            "100 ms",
            "2027-02-29",
            "infinity",
            "x",
            "SUN",
            "Jan",
            "january",
            "# comment\n",
            "\\",
            "'",
            "\"",
            "%",
            "{",
            "(",
            "%s",
            "$1");
}
