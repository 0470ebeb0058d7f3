package io.cronlink.rest;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * What one caller may ask of the service.
 *
 * @param maxBody the largest body of a request
 * @param headerTimeout how long the headers of a request may take to arrive
 * @param bodyTimeout how long its body may take
 * @param maxRequests requests that are served at once
 * @param maxRequestsPerUser those of one user
 * @param readOnly true: nothing can be changed or run over REST, whoever asks
 * @param requireIfMatch true: who changes or deletes what has an ETag has to say by If-Match which version is meant
 */
@Validated
@ConfigurationProperties("cronlink.rest")
record RestProperties(
        @DefaultValue("2MB") DataSize maxBody,
        @DefaultValue("10s") @DurationMin(seconds = 1) Duration headerTimeout,
        @DefaultValue("10s") @DurationMin(seconds = 1) Duration bodyTimeout,
        @DefaultValue("32") @Min(1) int maxRequests,
        @DefaultValue("16") @Min(1) int maxRequestsPerUser,
        @DefaultValue("false") boolean readOnly,
        @DefaultValue("false") boolean requireIfMatch) {}
