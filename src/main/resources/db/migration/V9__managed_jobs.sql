-- Which file a job comes from, see cron.apply_jobs(). No foreign key: pg_cron's cron.job can be truncated.
CREATE TABLE cron_engine.managed_job (
    jobid   bigint PRIMARY KEY,
    manager text NOT NULL CHECK (manager <> '' AND char_length(manager) <= 200),
    applied jsonb NOT NULL
);

CREATE TYPE cron_engine.planned_job AS (
    action   text,
    jobid    bigint,
    username text,
    jobname  text,
    changes  jsonb,
    reason   text,
    wanted   jsonb
);
