package io.cronlink.settings;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The row of cron.settings. The database says what is required and what is allowed. */
record Settings(
        @Nullable Boolean paused,
        @Nullable String timezone,
        @Nullable Integer maxRunningJobs,
        @Nullable Integer maxRunningJobsPerRole,
        @Nullable Integer reservedRunningJobs,
        @Nullable Boolean enableSuperuserJobs,
        @Nullable Duration connectTimeout,
        @Nullable Duration timeout,
        @Nullable Integer maxAttempts,
        @Nullable Duration retryDelay,
        @Nullable Duration maxRetryDelay,
        @Nullable String overlap,
        @Nullable String catchUp,
        @Nullable Integer catchUpLimit,
        @Nullable Duration startDeadline,
        @Nullable Integer maxFailures,
        @Nullable String logLevel,
        @Nullable Duration cancelGrace,
        @Nullable Duration workerIdleTimeout,
        @Nullable Duration workerMaxAge,
        @Nullable Duration keepRuns,
        @Nullable Duration keepFailedRuns,
        @Nullable Integer keepRunsPerJob,
        @Nullable Duration keepAudit,
        @Nullable String measureRuns) {}
