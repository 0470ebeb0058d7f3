package io.cronlink.event;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Streams of events.
 *
 * @param maxStreams at once
 * @param maxStreamsPerUser those of one user
 * @param maxDuration after which a stream ends, so that whoever goes on reading logs in again
 * @param keepAlive the longest silence
 */
@Validated
@ConfigurationProperties("cronlink.events")
record EventProperties(
        @DefaultValue("100") @Min(0) int maxStreams,
        @DefaultValue("50") @Min(0) int maxStreamsPerUser,
        @DefaultValue("60s") @DurationMin(seconds = 1) Duration maxDuration,
        @DefaultValue("15s") @DurationMin(seconds = 1) Duration keepAlive) {}
