package io.cronlink.jobfile;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Set;

/** A time with its offset. It goes to the database as it is. */
record Time(String text) {

    /** As PostgreSQL has it, and an export with it. */
    private static final Set<String> ENDLESS = Set.of("infinity", "-infinity");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    Time {
        if (!ENDLESS.contains(text) && !isTime(text)) {
            throw new IllegalArgumentException(
                    "must be a time such as 2027-01-31T08:00:00Z or 2027-01-31T08:00:00+01:00");
        }
    }

    private static boolean isTime(String text) {
        try {
            return OffsetDateTime.parse(text).getYear() > 0;
        } catch (DateTimeException other) {
            return false;
        }
    }
}
