package io.cronlink.login;

import org.jspecify.annotations.Nullable;

/**
 * How the jobs of a role log in.
 *
 * @param username the role
 * @param via the role that logs in for it and becomes it by SET ROLE; null: it does so itself, with its password
 * @param jobs how many jobs it has
 * @param obstacle why it cannot log in at present; null: nothing is known that keeps it from that
 */
record Login(
        String username,
        @Nullable String via,
        int jobs,
        @Nullable String obstacle) {}
