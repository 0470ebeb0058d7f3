package io.cronlink.jobfile;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.regex.Pattern;

/** A duration as ISO 8601 writes it. It goes to the database as it is, which knows how long a month is. */
record Interval(String text) {

    private static final Pattern ISO = Pattern.compile("P(?=.)(?:\\d+Y)?(?:\\d+M)?(?:\\d+W)?(?:\\d+D)?"
            + "(?:T(?=.)(?:\\d+H)?(?:\\d+M)?(?:\\d+(?:\\.\\d{1,6})?S)?)?");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    Interval {
        if (!ISO.matcher(text).matches()) {
            throw new IllegalArgumentException("must be a duration such as PT90S, PT20M or P1DT12H");
        }
    }
}
