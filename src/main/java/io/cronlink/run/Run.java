package io.cronlink.run;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A row of cron.job_run_details, with the name of its job. */
record Run(
        long runid,
        @Nullable Long jobid,
        @Nullable String jobname,
        String status,
        @Nullable String returnMessage,
        @Nullable String result,
        @Nullable String sqlstate,
        String trigger,
        int attempt,
        @Nullable Instant scheduledTime,
        @Nullable Instant queuedTime,
        @Nullable Instant startTime,
        @Nullable Instant endTime,
        @Nullable Integer jobPid,
        @Nullable String database,
        @Nullable String username,
        @Nullable String command,
        @Nullable Long originRunid,
        @Nullable String note) {}
