package io.cronlink.jobfile;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What becomes of a job.
 *
 * @param action add, change, unchanged, adopt, remove, keep or conflict
 * @param jobid null: it is not there yet
 * @param changes by property what was, and what is going to be; null: not set
 * @param reason why
 */
record PlannedJob(
        String action,
        @Nullable Long jobid,
        String username,
        @Nullable String jobname,
        Map<String, List<JsonNode>> changes,
        String reason) {

    static final String CONFLICT = "conflict";

    private static final List<String> NOTHING = List.of("unchanged", "keep");

    /** Whether the jobs are not as the file has them. */
    boolean isDifference() {
        return !NOTHING.contains(action);
    }
}
