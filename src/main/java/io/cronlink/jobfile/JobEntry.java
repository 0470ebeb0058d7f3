package io.cronlink.jobfile;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * A job of a file: what may be set over REST, by the same names, in the order in which it is exported. What the database checks
 * more closely, such as schedules and roles, is not checked here.
 *
 * @param commandFile in place of the command: the file that has it, beside the file of jobs
 */
record JobEntry(
        @Nullable @Size(max = 200, message = "must have at most 200 characters")
        String jobname,

        @Nullable String username,

        @Nullable @Size(min = 1, max = 4000, message = "must not be empty, and have at most 4000 characters")
        String schedule,

        @Nullable String timezone,
        @Nullable String command,
        @Nullable String commandFile,
        @Nullable Boolean active,

        @Nullable @Size(max = 63, message = "must have at most 63 bytes")
        String database,

        @Nullable @Size(max = 255, message = "must have at most 255 characters")
        String nodename,

        @Nullable
        @Min(value = 1, message = "must be from 1 to 65535")
        @Max(value = 65535, message = "must be from 1 to 65535")
        Integer nodeport,

        @Nullable @Size(max = 1000, message = "must have at most 1000 characters")
        String description,

        @Nullable Time validFrom,
        @Nullable Time validUntil,
        @Nullable Interval jitter,
        @Nullable Interval timeout,

        @Nullable
        @Min(value = 1, message = "must be from 1 to 100")
        @Max(value = 100, message = "must be from 1 to 100")
        Integer maxAttempts,

        @Nullable Interval retryDelay,

        @Nullable @Pattern(regexp = "queue|skip|allow", message = "must be queue, skip or allow")
        String overlap,

        @Nullable @Pattern(regexp = "once|all|skip", message = "must be once, all or skip")
        String catchUp,

        @Nullable Interval startDeadline,

        @Nullable
        @Min(value = 1, message = "must be from 1 to 1000000")
        @Max(value = 1_000_000, message = "must be from 1 to 1000000")
        Integer maxFailures,

        @Nullable
        @Min(value = -1_000_000, message = "must be from -1000000 to 1000000")
        @Max(value = 1_000_000, message = "must be from -1000000 to 1000000")
        Integer priority,

        @Nullable Boolean transactional,

        @Nullable @Size(min = 1, max = 200, message = "must not be empty, and have at most 200 characters")
        String jobGroup,

        @Nullable @Pattern(regexp = "all|failures|none", message = "must be all, failures or none")
        String logLevel) {}
