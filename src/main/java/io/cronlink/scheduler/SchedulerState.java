package io.cronlink.scheduler;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * @param leaderPid process id of the session that leads; null: nobody runs the scheduler
 * @param lastTick its last sign of life
 * @param ticking whether that is less than 5 s ago
 * @param paused whether cron.settings.paused holds everything back
 * @param copyNotice that and of what this database is a copy, in which nothing fires; null: it is none
 * @param readOnly whether the server takes no writes unless asked to
 * @param jobs how many there are
 * @param activeJobs those that fire
 * @param failingJobs those whose last run failed, or that were deactivated as too many did
 * @param pausedJobs those that somebody deactivated
 * @param waiting runs that wait
 * @param running runs under way
 * @param oldestWaiting since when the first of those that could start has waited
 * @param nextFire when the next job fires
 * @param workers sessions that run jobs, busy or idle
 * @param maxRunningJobs how many there may be
 * @param connections sessions of the server, whosever they are
 * @param maxConnections how many it may have
 * @param database its name
 * @param role the service's own
 * @param serverVersion version of PostgreSQL
 */
record SchedulerState(
        @Nullable Integer leaderPid,
        @Nullable Instant lastTick,
        boolean ticking,
        boolean paused,
        @Nullable String copyNotice,
        boolean readOnly,
        int jobs,
        int activeJobs,
        int failingJobs,
        int pausedJobs,
        int waiting,
        int running,
        @Nullable Instant oldestWaiting,
        @Nullable Instant nextFire,
        int workers,
        int maxRunningJobs,
        int connections,
        int maxConnections,
        String database,
        String role,
        String serverVersion) {}
