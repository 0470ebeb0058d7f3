package io.cronlink.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job of a list.
 *
 * @param scheduleDescription its schedule in plain English, if asked for
 * @param recentRuns its last runs, the latest first, if asked for
 */
record ListedJob(
        @JsonUnwrapped Job job,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String scheduleDescription,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<RecentRun> recentRuns) {}
