package io.cronlink.jobfile;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What was found in a text that comes from another scheduler.
 *
 * @param leftOut what is none of our jobs
 */
record Script(List<Found> jobs, List<LeftOut> leftOut) {

    /**
     * A job.
     *
     * @param line where it begins, counted from 1
     */
    record Found(int line, ObjectNode job) {

        @Nullable
        String text(String property) {
            return job.hasNonNull(property) ? job.get(property).asString() : null;
        }
    }

    private static final int WIDEST = 200;

    static String beginning(String text) {
        return text.length() <= WIDEST ? text : text.substring(0, WIDEST) + "…";
    }

    /**
     * What cannot be taken over.
     *
     * @param line where it begins, counted from 1
     * @param text its beginning
     */
    record LeftOut(int line, String text, String reason) {

        LeftOut {
            text = beginning(text);
        }
    }
}
