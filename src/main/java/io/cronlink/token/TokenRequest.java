package io.cronlink.token;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import java.time.Instant;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;

/**
 * A token to be made. Without {@code expiresAt} and {@code expiresIn} it is good for 90 days.
 *
 * @param name what it is for; who uses it is {@code token:<name>} in notes and logs
 * @param role what it may do
 */
record TokenRequest(
        @NotNull
        @Pattern(
                regexp = "[A-Za-z][A-Za-z0-9._-]{0,99}",
                message = "must begin with a letter and have at most 100 letters, digits, dots, dashes and underscores")
        String name,

        @NotNull
        @Pattern(regexp = "metrics|reader|operator|admin", message = "must be metrics, reader, operator or admin")
        String role,

        @Nullable Instant expiresAt,

        @DurationMin(seconds = 1) @DurationMax(days = TokenRequest.LONGEST_DAYS) @Nullable
        Duration expiresIn) {

    static final int LONGEST_DAYS = 36_525;

    private static final Duration DEFAULT = Duration.ofDays(90);

    /** @throws BadExpiry if it does not say one time in the next hundred years */
    Instant expiry(Instant now) {
        if (expiresAt == null) {
            return now.plus(expiresIn == null ? DEFAULT : expiresIn);
        }
        if (expiresIn != null) {
            throw new BadExpiry("expiresAt and expiresIn exclude each other.");
        }
        if (!expiresAt.isAfter(now) || expiresAt.isAfter(now.plus(Duration.ofDays(LONGEST_DAYS)))) {
            throw new BadExpiry("expiresAt: must be in the future, by at most 100 years.");
        }
        return expiresAt;
    }
}
