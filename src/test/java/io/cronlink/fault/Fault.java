package io.cronlink.fault;

/** What is done to the engine, and how often in comparison. */
enum Fault {
    TERMINATE_WORKER(20, true),
    CANCEL_WORKER(12, true),
    CANCEL_RUN(12, true),
    TERMINATE_TOP_LEVEL(8, true),
    TERMINATE_DAEMON(6, true),
    CANCEL_DAEMON(4, true),
    KILL_WORKER(1, true),
    CUT_NETWORK(4, true),
    CUT_LOOPBACK(6, true),

    KILL_SERVICE(4, false),
    CRASH_SERVER(2, false),
    SILENCE_NETWORK(1, false),
    FREEZE_WORKER(6, false),
    LOCK_CATALOGUE(4, false),
    CHANGE_PASSWORD(4, false),
    DROP_ROLE(3, false),
    MOVE_CLOCK(4, false),
    PAUSE(3, false),
    UNSCHEDULE(4, false),

    FLOOD(3, true),
    POISON_ROW(6, true),
    SIGNAL_OWN_WORKERS(6, true),
    HOLD_LOCKS(6, false),
    LOCK_OWN_ROWS(6, false),
    COSTLY_PASSWORD(4, false),
    LIMIT_ROLE(4, false);

    private final int weight;
    private final boolean quick;

    Fault(int weight, boolean quick) {
        this.weight = weight;
        this.quick = quick;
    }

    int weight() {
        return weight;
    }

    /** It is what a hostile role can do, with its login and USAGE on schema cron. */
    boolean isAttack() {
        return compareTo(FLOOD) >= 0;
    }

    /** It is over at once; the others take their time, and go on beside these. */
    boolean isQuick() {
        return quick;
    }
}
