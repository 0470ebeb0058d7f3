package io.cronlink.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of cron.job_details: its options are those in force.
 *
 * @param cut the properties whose text is longer than the answer shows; in a list that is 200 characters
 */
record Job(
        long jobid,
        @Nullable String jobname,
        String schedule,
        String command,
        @Nullable Instant nextFire,
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
        @Nullable String fault,
        @Nullable Instant pausedAt,
        @Nullable String pausedBy,
        @Nullable String pauseNote,
        int failures,
        String condition,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> cut) {}
