package io.cronlink.security;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How long a browser stays logged in.
 *
 * @param idle without a request
 * @param lifetime in all
 */
@Validated
@ConfigurationProperties("cronlink.security.session")
record SessionProperties(
        @DefaultValue("30m") @DurationMin(minutes = 2) Duration idle,
        @DefaultValue("12h") @DurationMin(minutes = 2) Duration lifetime) {}
