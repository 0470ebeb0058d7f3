package io.cronlink.token;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a token.
 *
 * @param lastUsedAt to the minute
 */
record Token(
        long tokenid,
        String name,
        String role,
        Instant createdAt,
        String createdBy,
        Instant expiresAt,
        @Nullable Instant lastUsedAt,
        @Nullable Instant revokedAt,
        @Nullable String revokedBy) {}
