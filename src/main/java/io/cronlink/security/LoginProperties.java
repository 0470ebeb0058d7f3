package io.cronlink.security;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How often one may try to log in.
 *
 * @param maxFailures failed log-ins with a name from an address after which that name is refused from there, for the rest of the
 *     {@code window}; ten times as many for all names from an address
 * @param window how long failures are counted
 * @param remember how long the same name and password are taken again without hashing the password again; 0: never
 */
@Validated
@ConfigurationProperties("cronlink.security.login")
record LoginProperties(
        @DefaultValue("10") @Min(1) int maxFailures,
        @DefaultValue("1m") @DurationMin(seconds = 1) Duration window,
        @DefaultValue("5m") @DurationMin Duration remember) {}
