package io.cronlink.security;

import jakarta.validation.constraints.NotNull;

/** Who wants to log in. */
record SessionRequest(@NotNull String username, @NotNull String password) {

    /** The password must not reach a log by way of a record's text. */
    @Override
    public String toString() {
        return "SessionRequest[username=" + username + "]";
    }
}
