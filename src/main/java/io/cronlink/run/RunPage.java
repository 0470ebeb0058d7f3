package io.cronlink.run;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param runs of their texts the first 200 characters
 * @param next to be given as {@code before} to get the runs that precede; null at the end
 */
record RunPage(List<Run> runs, @Nullable Long next) {}
