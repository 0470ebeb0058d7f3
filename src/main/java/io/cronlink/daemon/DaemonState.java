package io.cronlink.daemon;

import java.util.Locale;

/** What this service's session is to the scheduler. */
enum DaemonState {
    /** It runs the scheduler. */
    LEADING,
    /** Another session does; this one asks again and again. */
    STANDBY,
    /** The database is a copy of another one, and nobody has said that its jobs shall fire. */
    COPY,
    /** The database cannot be reached, or refuses. */
    DISCONNECTED,
    STOPPED;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
