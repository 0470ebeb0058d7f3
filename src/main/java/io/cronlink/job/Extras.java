package io.cronlink.job;

import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/** What a list of jobs tells of each only if it is asked to, as it takes reading more than the jobs. */
record Extras(boolean scheduleDescription, boolean recentRuns) {

    private static final String SCHEDULE_DESCRIPTION = "scheduleDescription";
    private static final String RECENT_RUNS = "recentRuns";

    /** @param names properties of {@link ListedJob} */
    static Extras of(List<String> names) {
        if (!List.of(SCHEDULE_DESCRIPTION, RECENT_RUNS).containsAll(names)) {
            throw new ResponseStatusException(
                    HttpStatus.BAD_REQUEST, "include must be of " + SCHEDULE_DESCRIPTION + ", " + RECENT_RUNS);
        }
        return new Extras(names.contains(SCHEDULE_DESCRIPTION), names.contains(RECENT_RUNS));
    }
}
