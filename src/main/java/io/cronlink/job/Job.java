package io.cronlink.job;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A row of cron.job, with the time of its next run. */
record Job(
        long jobid,
        @Nullable String jobname,
        String schedule,
        String command,
        @Nullable Instant nextRun,
        boolean active,
        @Nullable String deactivatedReason,
        @Nullable String timezone,
        String nodename,
        int nodeport,
        String database,
        String username,
        @Nullable String description,
        @Nullable Instant validFrom,
        @Nullable Instant validUntil,
        @Nullable Duration jitter,
        @Nullable Duration timeout,
        @Nullable Integer maxAttempts,
        @Nullable Duration retryDelay,
        @Nullable String overlap,
        @Nullable String catchUp,
        @Nullable Duration startDeadline,
        @Nullable Integer maxFailures,
        int priority,
        @Nullable Boolean transactional,
        @Nullable String jobGroup,
        @Nullable String logLevel) {}
