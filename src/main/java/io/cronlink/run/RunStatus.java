package io.cronlink.run;

/** What a run can be, and the condition that finds such runs without reading the whole history. */
enum RunStatus {
    QUEUED("r.status = 'queued' AND r.runid = ANY (ARRAY(SELECT cron_engine.active_runs()))"),
    RUNNING("r.status = 'running' AND r.runid = ANY (ARRAY(SELECT cron_engine.active_runs()))"),
    SUCCEEDED("r.status = 'succeeded'"),
    FAILED("r.sqlstate IS NOT NULL AND r.status = 'failed'"),
    SKIPPED("r.status = 'skipped'");

    private final String condition;

    RunStatus(String condition) {
        this.condition = condition;
    }

    /** Whether an index leads to such runs, or so many are that they need not be looked for. */
    boolean isFound() {
        return this != SKIPPED;
    }

    String condition() {
        return condition;
    }
}
