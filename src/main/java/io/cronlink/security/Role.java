package io.cronlink.security;

/** What somebody may do over HTTP; each role includes those before it. */
enum Role {
    /** Look at jobs, runs, settings, health and metrics. */
    READER,
    /** Pause and resume jobs, run them now, and cancel runs. */
    OPERATOR,
    /** Everything: whoever makes a job runs any SQL he likes as its role. */
    ADMIN
}
