package io.cronlink.group;

import org.jspecify.annotations.Nullable;

/**
 * A row of cron.job_group, and who takes part in it.
 *
 * @param maxRunning runs of its jobs at the same time, of all roles together; 0 holds them back
 * @param jobs how many jobs name it
 * @param waiting their runs that wait
 * @param running their runs that are under way
 */
record Group(String name, int maxRunning, @Nullable String description, int jobs, int waiting, int running) {}
