package io.cronlink.job;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param jobs of their texts the first 200 characters
 * @param next to be given as {@code after} to get the jobs that follow; null at the end
 */
record JobPage(List<ListedJob> jobs, @Nullable Object next) {}
