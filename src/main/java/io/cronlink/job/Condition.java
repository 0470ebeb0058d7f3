package io.cronlink.job;

import java.util.Locale;

/** How a job is, as cron.job_details has it: the worst first. */
enum Condition {
    FAILING,
    BLOCKED,
    LATE,
    RUNNING,
    WAITING,
    HEALTHY,
    PAUSED,
    INACTIVE;

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
