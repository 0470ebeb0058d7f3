package io.cronlink.jobfile;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file of jobs as it is written.
 *
 * @param version of the format; there is one
 * @param manager the name by which its jobs are known to be its own
 * @param defaults what its jobs have that they do not say themselves
 */
record JobFileText(
        @Nullable Integer version,
        @Nullable String manager,
        @Nullable JobEntry defaults,
        @Nullable List<@Nullable JobEntry> jobs) {}
