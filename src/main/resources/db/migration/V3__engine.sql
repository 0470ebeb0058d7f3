-- What only the engine uses. Each table has few writers and short rows; none refers to cron.job by a foreign key:
-- a check of one would make the tick wait for a job that changes the catalogue in a long transaction.
-- What is written for every run is unlogged where it can be made anew from what is logged: see cron_engine.restore_working_set().

CREATE TABLE cron_engine.timer (
    jobid          bigint PRIMARY KEY,
    schedule       cron_engine.schedule NOT NULL,
    timezone       text NOT NULL,
    anchor         timestamptz NOT NULL,
    scheduled_time timestamptz,
    next_fire      timestamptz
    -- No index on the times: a timer is moved on in place.
) WITH (fillfactor = 70);
CREATE INDEX timer_after_job_idx ON cron_engine.timer (((schedule).after_job)) WHERE (schedule).after_job IS NOT NULL;
COMMENT ON TABLE cron_engine.timer IS 'The hot, narrow row of each job: firing never rewrites cron.job. Kept in step by the triggers of cron.job.';
COMMENT ON COLUMN cron_engine.timer.jobid IS 'The job.';
COMMENT ON COLUMN cron_engine.timer.schedule IS 'Its schedule, parsed.';
COMMENT ON COLUMN cron_engine.timer.timezone IS 'The zone in force.';
COMMENT ON COLUMN cron_engine.timer.anchor IS 'Origin of an interval''s grid.';
COMMENT ON COLUMN cron_engine.timer.scheduled_time IS 'The next time by the schedule.';
COMMENT ON COLUMN cron_engine.timer.next_fire IS 'The next fire: scheduled_time and the job''s jitter; NULL: it does not fire by time.';

CREATE UNLOGGED TABLE cron_engine.due (
    jobid     bigint PRIMARY KEY,
    next_fire timestamptz NOT NULL
) WITH (vacuum_truncate = off);
CREATE INDEX due_next_fire_idx ON cron_engine.due (next_fire);
COMMENT ON TABLE cron_engine.due IS 'The timers that will fire, in order of time: what an index on cron_engine.timer would be, without being logged. Who changes a timer writes here first, as its row here is the one that is locked.';
COMMENT ON COLUMN cron_engine.due.jobid IS 'The job.';
COMMENT ON COLUMN cron_engine.due.next_fire IS 'Its next fire, as in its timer.';

CREATE UNLOGGED TABLE cron_engine.queue (
    runid          bigint PRIMARY KEY,
    jobid          bigint,
    login          text NOT NULL,
    username       text NOT NULL,
    priority       integer NOT NULL,
    ready          boolean NOT NULL,
    overlap        boolean NOT NULL,
    top_level      boolean,
    not_before     timestamptz,
    start_before   timestamptz,
    timeout        interval,
    statement_timeout interval,
    job_group      text,
    plain          boolean NOT NULL DEFAULT false,
    nodename       text,
    nodeport       integer,
    database       text,
    claims         integer NOT NULL DEFAULT 0,
    pid            integer,
    started_at     timestamptz,
    -- No CHECK here: PostgreSQL reads it anew at each UPDATE of a row, three times for each run.
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
CREATE INDEX queue_claim_idx ON cron_engine.queue (login, priority DESC, runid) WHERE ready;
CREATE INDEX queue_not_ready_idx ON cron_engine.queue (runid) WHERE NOT ready;
CREATE INDEX queue_job_idx ON cron_engine.queue (jobid);
COMMENT ON TABLE cron_engine.queue IS 'Runs that wait or run. The daemon puts them in and says which are ready; workers claim the ready ones and take theirs out when they end.';
COMMENT ON COLUMN cron_engine.queue.runid IS 'The run in cron.job_run_details.';
COMMENT ON COLUMN cron_engine.queue.jobid IS 'Its job; NULL for cron.run_once().';
COMMENT ON COLUMN cron_engine.queue.login IS 'Role as which its worker is logged in.';
COMMENT ON COLUMN cron_engine.queue.username IS 'Role as which it runs: the login, or one it may SET ROLE to.';
COMMENT ON COLUMN cron_engine.queue.priority IS 'Higher ones are claimed first.';
COMMENT ON COLUMN cron_engine.queue.ready IS 'May be claimed: its time has come or is about to, its job and group are free. Only the daemon says so.';
COMMENT ON COLUMN cron_engine.queue.overlap IS 'May run beside other runs of its job.';
COMMENT ON COLUMN cron_engine.queue.top_level IS 'True: at top level; false: in a transaction, never at top level; NULL: in a transaction, at top level if it must.';
COMMENT ON COLUMN cron_engine.queue.not_before IS 'When it may start, for retries and for fires that are queued ahead of their time; NULL: at once.';
COMMENT ON COLUMN cron_engine.queue.start_before IS 'Skipped when it has not started by then.';
COMMENT ON COLUMN cron_engine.queue.timeout IS 'How long it may run.';
COMMENT ON COLUMN cron_engine.queue.statement_timeout IS 'The statement_timeout of its role, which the daemon sees to while it runs in a transaction.';
COMMENT ON COLUMN cron_engine.queue.job_group IS 'Its group.';
COMMENT ON COLUMN cron_engine.queue.plain IS 'Should it succeed, nothing follows from it: no job runs after its job, and its log_level is all.';
COMMENT ON COLUMN cron_engine.queue.nodename IS 'Host, when not the own server.';
COMMENT ON COLUMN cron_engine.queue.nodeport IS 'Port, when not the own server.';
COMMENT ON COLUMN cron_engine.queue.database IS 'Database, when not the own one.';
COMMENT ON COLUMN cron_engine.queue.claims IS 'How often it was claimed: the fence. An outcome counts only if it names the present number.';
COMMENT ON COLUMN cron_engine.queue.pid IS 'Process id of the worker that runs it; NULL: it waits.';
COMMENT ON COLUMN cron_engine.queue.started_at IS 'When it was claimed.';
COMMENT ON COLUMN cron_engine.queue.stop_reason IS 'Why it is to stop: cancel, timeout; NULL: it is not.';
COMMENT ON COLUMN cron_engine.queue.stop_asked_at IS 'When that was asked for.';
COMMENT ON COLUMN cron_engine.queue.stop_asked_by IS 'Who asked; NULL: the daemon.';
COMMENT ON COLUMN cron_engine.queue.stop_sent_at IS 'When the cancel was sent to its worker.';
COMMENT ON COLUMN cron_engine.queue.timed_out_at IS 'When the cancel for its statement_timeout was sent, once: what the command makes of it is up to the command.';
COMMENT ON COLUMN cron_engine.queue.connect_before IS 'Its worker is connecting for the top level, and must have succeeded by then; NULL: it is not. Until then nothing was sent.';
COMMENT ON COLUMN cron_engine.queue.stray_stop IS 'The worker''s run before this one was sent a cancel, which may hit this one.';

CREATE TABLE cron_engine.kept_run (
    LIKE cron_engine.queue INCLUDING COMMENTS,
    CONSTRAINT kept_run_pkey PRIMARY KEY (runid)
);
COMMENT ON TABLE cron_engine.kept_run IS 'Rows of the queue as they were when they last said something that neither the history nor the job says: written for few runs, to survive a crash. Written by cron_engine.keep_run().';

CREATE TABLE cron_engine.recovery_point (
    id          boolean PRIMARY KEY DEFAULT true CONSTRAINT recovery_point_one_row CHECK (id),
    first_runid bigint NOT NULL
);
INSERT INTO cron_engine.recovery_point (first_runid) VALUES (1);
COMMENT ON TABLE cron_engine.recovery_point IS 'Where to begin to look for runs that have not ended, after a crash: one row.';
COMMENT ON COLUMN cron_engine.recovery_point.id IS 'Always true: there is one row.';
COMMENT ON COLUMN cron_engine.recovery_point.first_runid IS 'All fires with a lower runid have ended.';

CREATE UNLOGGED TABLE cron_engine.working_set (
    complete_since timestamptz NOT NULL
);
INSERT INTO cron_engine.working_set (complete_since) VALUES (now());
COMMENT ON TABLE cron_engine.working_set IS 'One row if the unlogged tables hold what they should. A crash of the server empties it as it empties them.';
COMMENT ON COLUMN cron_engine.working_set.complete_since IS 'When they were filled.';

CREATE TABLE cron_engine.ended_run (
    runid     bigint NOT NULL,
    jobid     bigint,
    status    text NOT NULL,
    top_level boolean NOT NULL DEFAULT false,
    canceled  boolean NOT NULL DEFAULT false
) WITH (vacuum_truncate = off);
COMMENT ON TABLE cron_engine.ended_run IS 'What workers tell the daemon: runs that ended since its last tick. It retries, chains and notifies by them.';
COMMENT ON COLUMN cron_engine.ended_run.runid IS 'The run.';
COMMENT ON COLUMN cron_engine.ended_run.jobid IS 'Its job.';
COMMENT ON COLUMN cron_engine.ended_run.status IS 'How it ended.';
COMMENT ON COLUMN cron_engine.ended_run.top_level IS 'It turned out to need the top level.';
COMMENT ON COLUMN cron_engine.ended_run.canceled IS 'Somebody stopped it: it is not tried again.';
CREATE UNLOGGED TABLE cron_engine.plain_end (LIKE cron_engine.ended_run INCLUDING COMMENTS) INHERITS (cron_engine.ended_run)
    WITH (vacuum_truncate = off);
COMMENT ON TABLE cron_engine.plain_end IS 'The ended runs from which nothing follows but the news, which a crash may take: they succeeded and are plain, see cron_engine.queue.';

CREATE TABLE cron_engine.job_state (
    jobid             bigint PRIMARY KEY,
    top_level_command text,
    failures          integer NOT NULL DEFAULT 0
);
COMMENT ON TABLE cron_engine.job_state IS 'What the daemon remembers of a job. Only the daemon writes here, so it never waits for a lock.';
COMMENT ON COLUMN cron_engine.job_state.jobid IS 'The job.';
COMMENT ON COLUMN cron_engine.job_state.top_level_command IS 'MD5 of the command that was found to need the top level: a changed command is learnt anew.';
COMMENT ON COLUMN cron_engine.job_state.failures IS 'Failed runs in a row.';

CREATE TABLE cron_engine.login (
    username text PRIMARY KEY,
    via      text,
    server   name,
    CONSTRAINT login_has_one_way CHECK ((via IS NULL) <> (server IS NULL))
);
COMMENT ON TABLE cron_engine.login IS 'Roles whose jobs can run. Passwords are not here but in the engine owner''s user mappings.';
COMMENT ON COLUMN cron_engine.login.username IS 'The role.';
COMMENT ON COLUMN cron_engine.login.via IS 'Role to log in as, from which SET ROLE leads to username; NULL: username itself.';
COMMENT ON COLUMN cron_engine.login.server IS 'Foreign server whose user mapping of the engine''s owner holds the password; NULL where via is set.';

CREATE SEQUENCE cron_engine.worker_seq CACHE 100;
CREATE UNLOGGED TABLE cron_engine.worker (
    name      text PRIMARY KEY,
    login     text NOT NULL,
    pid       integer NOT NULL,
    terms     text,
    busy      boolean NOT NULL DEFAULT false,
    obsolete  boolean NOT NULL DEFAULT false,
    opened_at timestamptz NOT NULL,
    since     timestamptz NOT NULL
) WITH (fillfactor = 50);
COMMENT ON TABLE cron_engine.worker IS 'Worker sessions of the daemon that leads. Workers of a daemon that is gone are not here; they end when the queue is empty.';
COMMENT ON COLUMN cron_engine.worker.name IS 'Name of the daemon''s dblink connection.';
COMMENT ON COLUMN cron_engine.worker.login IS 'Role as which it is logged in.';
COMMENT ON COLUMN cron_engine.worker.pid IS 'Process id of its backend.';
COMMENT ON COLUMN cron_engine.worker.terms IS 'What was laid down for its role when it was connected, see cron_engine.login_terms().';
COMMENT ON COLUMN cron_engine.worker.busy IS 'A CALL of cron_engine.work() is under way.';
COMMENT ON COLUMN cron_engine.worker.obsolete IS 'That has changed since: it is closed when it is idle.';
COMMENT ON COLUMN cron_engine.worker.opened_at IS 'When it was connected.';
COMMENT ON COLUMN cron_engine.worker.since IS 'Busy or idle since then.';

CREATE TYPE cron_engine.outcome AS (
    status          text,
    message         text,
    result          text,
    sqlstate        text,
    needs_top_level boolean
);
COMMENT ON TYPE cron_engine.outcome IS 'How a command ended.';
COMMENT ON COLUMN cron_engine.outcome.status IS 'succeeded or failed; NULL: it has not ended.';
COMMENT ON COLUMN cron_engine.outcome.message IS 'Its command tag, row count or error.';
COMMENT ON COLUMN cron_engine.outcome.result IS 'First column of its first row.';
COMMENT ON COLUMN cron_engine.outcome.sqlstate IS 'The error''s SQLSTATE.';
COMMENT ON COLUMN cron_engine.outcome.needs_top_level IS 'It ran at top level, or has to.';

CREATE TYPE cron_engine.parallel_run AS (
    ordinal    integer,
    command    text,
    start_time timestamptz,
    end_time   timestamptz,
    outcome    cron_engine.outcome
);
COMMENT ON TYPE cron_engine.parallel_run IS 'A command of cron.parallel().';
COMMENT ON COLUMN cron_engine.parallel_run.ordinal IS 'Its place among the commands, from 1.';
COMMENT ON COLUMN cron_engine.parallel_run.command IS 'The SQL.';
COMMENT ON COLUMN cron_engine.parallel_run.start_time IS 'When it was sent.';
COMMENT ON COLUMN cron_engine.parallel_run.end_time IS 'When it ended; NULL: it runs.';
COMMENT ON COLUMN cron_engine.parallel_run.outcome IS 'How it ended.';
