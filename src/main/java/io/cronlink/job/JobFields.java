package io.cronlink.job;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What may be set of a job: the columns of cron.job and cron.job_options. The database says what is required and what is allowed. */
record JobFields(
        @Nullable String jobname,
        @Nullable String schedule,
        @Nullable String command,
        @Nullable Boolean active,
        @Nullable String timezone,
        @Nullable String nodename,
        @Nullable Integer nodeport,
        @Nullable String database,
        @Nullable String username,
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
        @Nullable Integer priority,
        @Nullable Boolean transactional,
        @Nullable String jobGroup,
        @Nullable String logLevel) {}
