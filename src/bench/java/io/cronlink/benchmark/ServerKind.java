package io.cronlink.benchmark;

import java.util.Map;

/** How the server is configured, beside PostgreSQL's defaults. */
enum ServerKind {
    PLAIN(Map.of()),

    /** Each flush of the WAL takes 5 ms longer; those who wait meanwhile share the next one, as they share an fsync. */
    SLOW_DISK(Map.of("commit_delay", "5000", "commit_siblings", "0")),

    /** pg_cron takes this at the start only. */
    MANY_RUNS(Map.of("cron.max_running_jobs", "128"));

    final Map<String, String> settings;

    ServerKind(Map<String, String> settings) {
        this.settings = settings;
    }
}
