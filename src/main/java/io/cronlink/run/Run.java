package io.cronlink.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of cron.job_run_details, with the name of its job.
 *
 * @param cut the properties whose text is longer than the answer shows; in a list that is 200 characters
 */
record Run(
        long runid,
        @Nullable Long jobid,
        @Nullable String jobname,
        @Nullable String status,
        @Nullable String returnMessage,
        @Nullable String result,
        @Nullable String sqlstate,
        @Nullable String trigger,
        @Nullable Integer attempt,
        @Nullable Instant scheduledTime,
        @Nullable Instant queuedTime,
        @Nullable Instant startTime,
        @Nullable Instant endTime,
        @Nullable Integer jobPid,
        @Nullable String database,
        @Nullable String username,
        @Nullable String command,
        @Nullable Long originRunid,
        @Nullable String note,
        @Nullable Long walBytes,
        @Nullable Long readBytes,
        @Nullable Long tempBytes,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> cut) {}
