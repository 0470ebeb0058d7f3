package io.cronlink.job;

import java.util.List;

/**
 * @param dryRun true: nothing was changed
 * @param matched jobs that the filters choose
 * @param changed those among them that are now, or with {@code dryRun} would be, another way
 * @param jobids the numbers of these
 */
record BulkChange(boolean dryRun, int matched, int changed, List<Long> jobids) {}
