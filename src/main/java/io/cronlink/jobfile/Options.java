package io.cronlink.jobfile;

/**
 * How a file is applied.
 *
 * @param prune whether jobs that it manages, and has no longer, are removed
 * @param adopt whether jobs that are there and differ, or are another file's, are taken over
 * @param dryRun whether all of it is undone
 */
record Options(boolean prune, boolean adopt, boolean dryRun) {}
