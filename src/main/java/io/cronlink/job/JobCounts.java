package io.cronlink.job;

import java.util.Map;

/**
 * @param jobs how many the filters choose
 * @param conditions how many of them by condition, the worst first; what none has is left out
 */
record JobCounts(int jobs, Map<String, Integer> conditions) {

    static JobCounts of(Map<String, Integer> conditions) {
        return new JobCounts(
                conditions.values().stream().mapToInt(Integer::intValue).sum(), conditions);
    }
}
