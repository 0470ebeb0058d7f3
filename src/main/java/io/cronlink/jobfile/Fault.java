package io.cronlink.jobfile;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Something wrong with a file.
 *
 * @param field where in the file, such as {@code jobs[2].timeout}; empty: the file as a whole
 * @param line counted from 1
 * @param column counted from 1
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Fault(
        String field,
        String message,
        @Nullable Integer line,
        @Nullable Integer column) {

    static Fault of(String message) {
        return new Fault("", message, null, null);
    }

    /** As compilers say it, so that editors find the place. */
    String in(String file) {
        return (line == null ? file : file + ":" + line + ":" + column) + ": " + words();
    }

    String sentence() {
        return (line == null ? "" : "line " + line + ", column " + column + ": ") + words();
    }

    private String words() {
        return field.isEmpty() ? message : field + " " + message;
    }
}
