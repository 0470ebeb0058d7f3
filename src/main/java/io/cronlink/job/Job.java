package io.cronlink.job;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A row of cron.job_details: its options are those in force. */
record Job(
        long jobid,
        @Nullable String jobname,
        String schedule,
        String command,
        @Nullable Instant nextRun,
        boolean active,
        @Nullable String deactivatedReason,
        String timezone,
        String nodename,
        int nodeport,
        String database,
        String username,
        @Nullable String description,
        @Nullable Instant validFrom,
        @Nullable Instant validUntil,
        @Nullable Duration jitter,
        @Nullable Duration timeout,
        int maxAttempts,
        Duration retryDelay,
        String overlap,
        String catchUp,
        @Nullable Duration startDeadline,
        @Nullable Integer maxFailures,
        int priority,
        @Nullable Boolean transactional,
        @Nullable String jobGroup,
        String logLevel,
        long waiting,
        long running,
        @Nullable Long lastRunid,
        @Nullable String lastStatus,
        @Nullable Instant lastStartTime,
        @Nullable Instant lastEndTime,
        @Nullable String fault) {}
