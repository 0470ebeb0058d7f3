package io.cronlink.daemon;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What of the jobs is told in the service's log.
 *
 * @param failedRuns failed runs that get a line of their own in each minute; of further ones only the number is told. 0: none is told
 */
@ConfigurationProperties("cronlink.log")
record LogProperties(@DefaultValue("30") int failedRuns) {

    LogProperties {
        if (failedRuns < 0) {
            throw new IllegalArgumentException("cronlink.log.failed-runs must not be negative");
        }
    }
}
