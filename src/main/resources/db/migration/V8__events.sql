-- What has happened, for those who follow it live, and how often, for those who measure. Only the daemon writes the first three: so they
-- are in the order in which they are committed, and whoever has read up to one has missed none before it.
CREATE UNLOGGED TABLE cron_engine.event (
    id       bigint CONSTRAINT event_pkey PRIMARY KEY,
    kind     text NOT NULL,
    runids   bigint[],
    jobids   bigint[],
    statuses text[],
    total    bigint NOT NULL
);
-- Numbers that are all different: to try to compress them takes longer than to write them.
ALTER TABLE cron_engine.event ALTER COLUMN runids SET STORAGE EXTERNAL, ALTER COLUMN jobids SET STORAGE EXTERNAL;

CREATE TABLE cron_engine.run_count (
    kind    text,
    label   text,
    trigger text,
    bucket  integer,
    runs    bigint NOT NULL,
    seconds double precision NOT NULL,
    CONSTRAINT run_count_pkey PRIMARY KEY (kind, label, trigger, bucket)
) WITH (fillfactor = 50);

CREATE TABLE cron_engine.count_point (
    id    boolean PRIMARY KEY DEFAULT true CONSTRAINT count_point_one_row CHECK (id),
    event bigint NOT NULL
) WITH (fillfactor = 50);
INSERT INTO cron_engine.count_point (event) VALUES (0);

CREATE UNLOGGED TABLE cron_engine.changed_job (
    jobid bigint
);

-- They count before they remove, and so need the time.
DROP FUNCTION IF EXISTS cron_engine.prune_runs(cron_engine.ended_run[]);
DROP FUNCTION IF EXISTS cron_engine.prune_jobs(bigint[]);
