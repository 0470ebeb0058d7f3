package io.cronlink.security;

import java.util.Locale;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** What somebody may do over HTTP; each role includes those before it. */
enum Role {
    /** Look at the service's metrics and health, and at nothing else. */
    METRICS,
    /** Look at jobs, runs and settings. */
    READER,
    /** Pause and resume jobs, run them now, and cancel runs. */
    OPERATOR,
    /** Everything: whoever makes a job runs any SQL he likes as its role. */
    ADMIN;

    static Role of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }

    GrantedAuthority authority() {
        return new SimpleGrantedAuthority("ROLE_" + name());
    }

    /** As it is configured, stored and shown. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
