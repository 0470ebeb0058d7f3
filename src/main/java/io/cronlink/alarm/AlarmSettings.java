package io.cronlink.alarm;

import java.time.Duration;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;

/** The row of cron.alarm_settings. The database says what is required and what is allowed. */
record AlarmSettings(
        @Nullable Boolean failed,
        @Nullable Boolean recovered,
        @Nullable Boolean deactivated,
        @Nullable Duration lateAfter,
        @Nullable Duration longAfter,
        @Nullable Double longFactor,
        @Nullable Duration noSuccessFor,
        @Nullable Duration repeatAfter,
        @Nullable Duration noLeaderAfter,
        @Nullable Duration tickOlderThan,
        @Nullable Integer queueOver,
        @Nullable Integer connectionsOver,
        @Nullable Duration clockJumpOver,
        @Nullable Duration groupWindow,
        @Nullable Integer messagesPerHour,
        @Nullable LocalTime quietFrom,
        @Nullable LocalTime quietUntil,
        @Nullable String quietTimezone,
        @Nullable Duration keepAlarms) {}
