-- What only the engine uses. Each table has few writers and short rows; none refers to cron.job by a foreign key:
-- a check of one would make the tick wait for a job that changes the catalogue in a long transaction.
-- What is written for every run is unlogged where it can be made again from what is logged: see cron_engine.restore_working_set().

CREATE TABLE cron_engine.timer (
    jobid          bigint PRIMARY KEY,
    schedule       cron_engine.schedule NOT NULL,
    timezone       text NOT NULL,
    anchor         timestamptz NOT NULL,
    scheduled_time timestamptz,
    next_fire      timestamptz,
    idle           tstzrange
    -- No index on the times: a timer is moved on in place.
) WITH (fillfactor = 70);
CREATE INDEX timer_after_job_idx ON cron_engine.timer (((schedule).after_job)) WHERE (schedule).after_job IS NOT NULL;

CREATE UNLOGGED TABLE cron_engine.due (
    jobid     bigint PRIMARY KEY,
    next_fire timestamptz NOT NULL
) WITH (vacuum_truncate = off);
CREATE INDEX due_next_fire_idx ON cron_engine.due (next_fire);

CREATE UNLOGGED TABLE cron_engine.queue (
    runid          bigint PRIMARY KEY,
    jobid          bigint,
    login          text NOT NULL,
    username       text NOT NULL,
    priority       integer NOT NULL,
    ready          boolean NOT NULL,
    waits_for      text,
    may_overlap    boolean NOT NULL,
    top_level      boolean,
    not_before     timestamptz,
    start_before   timestamptz,
    timeout        interval,
    statement_timeout interval,
    job_group      text,
    plain          boolean NOT NULL DEFAULT false,
    retry          boolean NOT NULL DEFAULT false,
    nodename       text,
    nodeport       integer,
    database       text,
    careful        boolean NOT NULL DEFAULT false,
    claims         integer NOT NULL DEFAULT 0,
    pid            integer,
    started_at     timestamptz,
    commit_share   real,
    -- No CHECK here: PostgreSQL reads it again at each UPDATE of a row, three times for each run.
    stop_reason    text,
    stop_asked_at  timestamptz,
    stop_asked_by  text,
    stop_sent_at   timestamptz,
    timed_out_at   timestamptz,
    stray_stop     boolean NOT NULL DEFAULT false,
    connect_before timestamptz
)
-- To cut off empty pages VACUUM would need an exclusive lock, for which workers would wait.
WITH (fillfactor = 50, vacuum_truncate = off);
CREATE INDEX queue_claim_idx ON cron_engine.queue (login, (-priority), runid) WHERE ready;
CREATE INDEX queue_job_idx ON cron_engine.queue (jobid);
CREATE INDEX queue_start_before_idx ON cron_engine.queue (start_before) WHERE start_before IS NOT NULL;
-- What waits is not read again and again: the daemon comes by those that are new, whose time has come, or that are next in a job or a group.
-- Each is found by one index and by no other, whatever the statistics of a table that was empty a second ago: hence the expressions here,
-- and the orders of those who ask.
CREATE INDEX queue_new_idx ON cron_engine.queue ((coalesce(not_before, '-infinity')), runid) WHERE NOT ready AND waits_for IS NULL;
CREATE INDEX queue_waiting_of_job_idx ON cron_engine.queue ((CASE WHEN NOT ready THEN jobid END), runid)
    WHERE CASE WHEN NOT ready THEN jobid END IS NOT NULL;
CREATE INDEX queue_waiting_of_group_idx ON cron_engine.queue (job_group, priority DESC, runid) WHERE waits_for = 'group';
CREATE INDEX queue_waiting_of_own_group_idx ON cron_engine.queue (job_group, username, priority DESC, runid) WHERE waits_for = 'group';
CREATE INDEX queue_last_try_idx ON cron_engine.queue ((CASE WHEN waits_for = 'last try' THEN runid END))
    WHERE CASE WHEN waits_for = 'last try' THEN runid END IS NOT NULL;
CREATE INDEX queue_ready_of_job_idx ON cron_engine.queue ((CASE WHEN ready THEN jobid END)) WHERE CASE WHEN ready THEN jobid END IS NOT NULL;
CREATE INDEX queue_ready_of_group_idx ON cron_engine.queue ((CASE WHEN ready THEN job_group END), username)
    WHERE CASE WHEN ready THEN job_group END IS NOT NULL;

CREATE TABLE cron_engine.saved_run (
    LIKE cron_engine.queue,
    CONSTRAINT saved_run_pkey PRIMARY KEY (runid)
);

CREATE UNLOGGED TABLE cron_engine.spared_run (LIKE cron.job_run_details);

CREATE TABLE cron_engine.recovery_point (
    id          boolean PRIMARY KEY DEFAULT true CONSTRAINT recovery_point_one_row CHECK (id),
    first_runid bigint NOT NULL
);
INSERT INTO cron_engine.recovery_point (first_runid) VALUES (1);

CREATE UNLOGGED TABLE cron_engine.working_set_complete (
    complete_since timestamptz NOT NULL
);
INSERT INTO cron_engine.working_set_complete (complete_since) VALUES (now());

CREATE TABLE cron_engine.ended_run (
    runid     bigint NOT NULL,
    jobid     bigint,
    status    text NOT NULL,
    top_level boolean NOT NULL DEFAULT false,
    canceled  boolean NOT NULL DEFAULT false,
    username  text,
    job_group text
) WITH (vacuum_truncate = off);
-- It has no key, as each run would pay for its index. Without any identity nothing could be deleted where somebody publishes all tables.
ALTER TABLE cron_engine.ended_run REPLICA IDENTITY FULL;
CREATE UNLOGGED TABLE cron_engine.plain_end (LIKE cron_engine.ended_run) INHERITS (cron_engine.ended_run)
    WITH (vacuum_truncate = off);

CREATE TABLE cron_engine.job_state (
    jobid             bigint PRIMARY KEY,
    top_level_command text,
    failures          integer NOT NULL DEFAULT 0
);

CREATE TABLE cron_engine.deactivation (
    jobid  bigint PRIMARY KEY,
    cause  text NOT NULL CHECK (cause IN ('fired', 'expired', 'failures')),
    reason text NOT NULL
);

CREATE UNLOGGED TABLE cron_engine.fault (
    step     text,
    item     text,
    jobid    bigint,
    message  text NOT NULL,
    sqlstate text NOT NULL,
    since    timestamptz NOT NULL,
    count    integer NOT NULL,
    retry_at timestamptz NOT NULL,
    CONSTRAINT fault_pkey PRIMARY KEY (step, item)
);

CREATE UNLOGGED TABLE cron_engine.standstill (
    cause   text,
    login   text,
    message text NOT NULL,
    detail  text,
    nobody  boolean NOT NULL,
    since   timestamptz NOT NULL,
    seen_at timestamptz NOT NULL,
    told    text,
    CONSTRAINT standstill_pkey PRIMARY KEY (cause, login)
);

CREATE TABLE cron_engine.login (
    username text PRIMARY KEY,
    via      text,
    server   name,
    CONSTRAINT login_has_one_way CHECK ((via IS NULL) <> (server IS NULL))
);

CREATE SEQUENCE cron_engine.worker_seq CACHE 100;
CREATE TABLE cron_engine.leader (
    only_row      boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    pid           integer,
    backend_start timestamptz
);
INSERT INTO cron_engine.leader DEFAULT VALUES;

CREATE UNLOGGED TABLE cron_engine.chain (
    username text PRIMARY KEY
);

CREATE TYPE cron_engine.launcher_order AS (
    action text,
    worker text,
    server text,
    call   text
);

CREATE TYPE cron_engine.launcher_event AS (
    worker   text,
    event    text,
    pid      integer,
    served   text,
    sqlstate text,
    message  text,
    detail   text,
    hint     text
);

CREATE UNLOGGED TABLE cron_engine.launcher (
    name      text PRIMARY KEY,
    pid       integer NOT NULL,
    login     text,
    orders    cron_engine.launcher_order[] NOT NULL DEFAULT '{}',
    asked_at  timestamptz,
    asked_for text,
    since     timestamptz NOT NULL
) WITH (fillfactor = 50);

CREATE UNLOGGED TABLE cron_engine.quarantine (
    login        text PRIMARY KEY,
    launcher_pid integer NOT NULL,
    until        timestamptz NOT NULL
);

CREATE UNLOGGED TABLE cron_engine.worker (
    name      text PRIMARY KEY,
    launcher  text NOT NULL DEFAULT '',
    login     text NOT NULL,
    pid       integer,
    seat      integer NOT NULL,
    terms     text,
    reserved  bigint,
    start_at  timestamptz,
    busy      boolean NOT NULL DEFAULT false,
    obsolete  boolean NOT NULL DEFAULT false,
    opened_at timestamptz NOT NULL,
    since     timestamptz NOT NULL
) WITH (fillfactor = 50);

CREATE TYPE cron_engine.claim AS (
    runid          bigint,
    claims         integer,
    jobid          bigint,
    jobname        text,
    username       text,
    priority       integer,
    command        text,
    top_level      boolean,
    attempt        integer,
    scheduled_time timestamptz,
    started_at     timestamptz,
    settings       text[]
);

CREATE TYPE cron_engine.outcome AS (
    status          text,
    message         text,
    result          text,
    sqlstate        text,
    needs_top_level boolean,
    columns         integer
);

CREATE TYPE cron_engine.parallel_run AS (
    ordinal    integer,
    command    text,
    start_time timestamptz,
    end_time   timestamptz,
    outcome    cron_engine.outcome
);

CREATE TABLE cron_engine.home (
    id                boolean PRIMARY KEY DEFAULT true CONSTRAINT home_one_row CHECK (id),
    system_identifier bigint,
    database_oid      oid NOT NULL,
    database          text NOT NULL,
    nodeport          integer NOT NULL,
    copy_of           text,
    host              text,
    port              integer,
    sslmode           text,
    sslrootcert       text
);

CREATE TABLE cron_engine.former_home (
    database   text NOT NULL,
    last_runid bigint NOT NULL
);
ALTER TABLE cron_engine.former_home REPLICA IDENTITY FULL;
