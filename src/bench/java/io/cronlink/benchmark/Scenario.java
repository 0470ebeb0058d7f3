package io.cronlink.benchmark;

/** One measurement of one scheduler, which has begun and has no jobs. */
interface Scenario {

    String name();

    void run(Scheduler scheduler, Results results);

    /** Whether the scheduler has anything like it. */
    default boolean suits(Scheduler scheduler) {
        return true;
    }

    default ServerKind kind() {
        return ServerKind.PLAIN;
    }

    /** Whether it is measured in each repetition, or in the first one only as it takes long or hardly varies. */
    default boolean isRepeated() {
        return true;
    }
}
