package io.cronlink.alarm;

import java.util.Locale;
import org.springframework.core.convert.converter.Converter;
import org.springframework.stereotype.Component;

/** What an alarm can be about, spelt in lower case as in the table. */
enum AlarmKind {
    FAILED,
    RECOVERED,
    LATE,
    LONG,
    NO_SUCCESS,
    DEACTIVATED,
    NO_LEADER,
    TICK_OLD,
    QUEUE,
    CONNECTIONS,
    CLOCK_JUMP,
    TEST;

    String spelt() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Component
    static class FromParameter implements Converter<String, AlarmKind> {

        @Override
        public AlarmKind convert(String kind) {
            return valueOf(kind.toUpperCase(Locale.ROOT));
        }
    }
}
