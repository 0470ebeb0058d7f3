-- What a run costs, and what cron.why() needs to account for fires that led to no run.

ALTER TABLE cron.settings ADD COLUMN measure_runs text NOT NULL DEFAULT 'sample' CHECK (measure_runs IN ('all', 'sample', 'none'));

-- NULL, where it was not measured, takes no room: the bits of three more columns fit into the byte that is there.
ALTER TABLE cron.job_run_details ADD COLUMN wal_bytes bigint, ADD COLUMN read_bytes bigint, ADD COLUMN temp_bytes bigint;
ALTER TABLE cron_engine.spared_run ADD COLUMN wal_bytes bigint, ADD COLUMN read_bytes bigint, ADD COLUMN temp_bytes bigint;

ALTER TABLE cron_engine.queue ADD COLUMN measured boolean NOT NULL DEFAULT false;
ALTER TABLE cron_engine.saved_run ADD COLUMN measured boolean NOT NULL DEFAULT false;

ALTER TABLE cron_engine.job_state ADD COLUMN lasting boolean NOT NULL DEFAULT false;

CREATE TYPE cron_engine.run_cost AS (
    wal_bytes  bigint,
    read_bytes bigint,
    temp_bytes bigint
);

CREATE TYPE cron_engine.measured_outcome AS (
    outcome cron_engine.outcome,
    cost    cron_engine.run_cost
);

-- Only what was, so that an idle scheduler writes nothing: how long nobody led is known when somebody leads again.
CREATE TABLE cron_engine.outage (
    since timestamptz NOT NULL,
    until timestamptz CONSTRAINT outage_pkey PRIMARY KEY
);

CREATE TYPE cron_engine.fact AS (
    section text,
    "time"  timestamptz,
    until   timestamptz,
    code    text,
    fires   bigint,
    runid   bigint,
    fact    text,
    hint    text,
    detail  jsonb
);
