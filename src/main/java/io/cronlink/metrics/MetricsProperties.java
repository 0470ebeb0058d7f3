package io.cronlink.metrics;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What of the scheduler's figures is told.
 *
 * @param refresh how long figures are told again before they are read anew
 * @param jobs whether there are series of each active job
 * @param maxJobs of how many at most
 */
@Validated
@ConfigurationProperties("cronlink.metrics")
record MetricsProperties(
        @DefaultValue("5s") @DurationMin(seconds = 0) Duration refresh,
        @DefaultValue("true") boolean jobs,
        @DefaultValue("500") @Min(0) @Max(10_000) int maxJobs) {

    int listedJobs() {
        return jobs ? maxJobs : 0;
    }
}
