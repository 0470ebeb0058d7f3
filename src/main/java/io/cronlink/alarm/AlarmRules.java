package io.cronlink.alarm;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What is alarmed on of a job: a row of cron.job_alarms, or of cron.alarm_rules. */
record AlarmRules(
        @Nullable Boolean failed,
        @Nullable Boolean recovered,
        @Nullable Boolean deactivated,
        @Nullable Duration lateAfter,
        @Nullable Duration longAfter,
        @Nullable Double longFactor,
        @Nullable Duration noSuccessFor,
        @Nullable String severity) {

    static final AlarmRules NONE = new AlarmRules(null, null, null, null, null, null, null, null);
}
