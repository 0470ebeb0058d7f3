package io.cronlink.database;

import org.jspecify.annotations.Nullable;

/** The service cannot start, for a reason that its operator can do something about. */
public class CannotStart extends RuntimeException {

    private final String remedy;

    public CannotStart(String reason, String remedy, @Nullable Throwable cause) {
        super(reason, cause);
        this.remedy = remedy;
    }

    public String remedy() {
        return remedy;
    }
}
