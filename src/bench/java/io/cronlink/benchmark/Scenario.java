package io.cronlink.benchmark;

/** One measurement of one scheduler, which has begun and has no jobs. */
interface Scenario {

    String name();

    void run(Scheduler scheduler, Results results);

    /** Whether pg_cron has nothing like it. */
    default boolean isOnlyForCronlink() {
        return false;
    }
}
