package io.cronlink.job;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** @param duration null: it has not ended */
record RecentRun(
        long runid,
        String status,
        @Nullable Instant queuedTime,
        @Nullable Instant startTime,
        @Nullable Duration duration) {}
