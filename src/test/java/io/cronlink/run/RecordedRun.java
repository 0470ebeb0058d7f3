package io.cronlink.run;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** A row of cron.job_run_details. */
public record RecordedRun(
        long runid,
        long jobid,
        @Nullable Integer jobPid,
        String database,
        String username,
        String command,
        String status,
        @Nullable String returnMessage,
        @Nullable OffsetDateTime startTime,
        @Nullable OffsetDateTime endTime,
        @Nullable OffsetDateTime scheduledTime,
        String trigger,
        int attempt,
        @Nullable String result,
        @Nullable String sqlstate,
        @Nullable String note) {

    public boolean hasEnded() {
        return !status.equals("queued") && !status.equals("running");
    }
}
