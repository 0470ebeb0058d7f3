package io.cronlink.alarm;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A row of cron.alarm_details. */
record Alarm(
        long alarmid,
        String kind,
        String severity,
        @Nullable Long jobid,
        @Nullable String jobname,
        @Nullable String username,
        @Nullable Long runid,
        Instant raisedAt,
        @Nullable Instant endedAt,
        String message,
        JsonNode details,
        @Nullable Long endsAlarmid,
        List<Sent> deliveries) {

    /**
     * @param messageid the message that tells of it, perhaps with others; null: it waits for one
     * @param attempts how often that was sent
     * @param givenUpAt when it was given up
     * @param error why the last attempt failed
     */
    record Sent(
            String channel,
            @Nullable String messageid,
            int attempts,
            @Nullable Instant deliveredAt,
            @Nullable Instant givenUpAt,
            @Nullable String error) {}
}
