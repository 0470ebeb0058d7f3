package io.cronlink.jobfile;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.cronlink.row.Warning;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a file of jobs changes, or has changed.
 *
 * @param manager the file's name
 * @param dryRun whether nothing was changed
 * @param counts how many jobs by action
 */
record Plan(
        @Nullable String manager,
        boolean dryRun,
        Map<String, Long> counts,
        List<PlannedJob> jobs,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Warning> warnings) {

    static Plan of(@Nullable String manager, boolean dryRun, List<PlannedJob> jobs, List<Warning> warnings) {
        Map<String, Long> counts =
                jobs.stream().collect(Collectors.groupingBy(PlannedJob::action, TreeMap::new, Collectors.counting()));
        return new Plan(manager, dryRun, counts, jobs, warnings);
    }

    boolean hasDifferences() {
        return jobs.stream().anyMatch(PlannedJob::isDifference);
    }

    /** Whether it would be refused. */
    boolean hasConflicts() {
        return counts.containsKey(PlannedJob.CONFLICT);
    }
}
