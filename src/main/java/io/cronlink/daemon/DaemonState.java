package io.cronlink.daemon;

import java.util.Locale;

/** What this service's session is to the scheduler. */
enum DaemonState {
    /** It runs the scheduler. */
    LEADING,
    /** Another session does; this one asks again and again. */
    STANDBY,
    /** The database cannot be reached, or refuses. */
    DISCONNECTED,
    STOPPED;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
