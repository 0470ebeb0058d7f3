-- What only the engine uses. Each table has few writers and short rows; none refers to cron.job by a foreign key:
-- a check of one would make the tick wait for a job that changes the catalogue in a long transaction.
-- What is written for every run is unlogged where it can be made anew from what is logged: see cron_engine.restore_working_set().

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
COMMENT ON TABLE cron_engine.timer IS 'The hot, narrow row of each job: firing never rewrites cron.job. Kept in step by the triggers of cron.job.';
COMMENT ON COLUMN cron_engine.timer.jobid IS 'The job.';
COMMENT ON COLUMN cron_engine.timer.schedule IS 'Its schedule, parsed.';
COMMENT ON COLUMN cron_engine.timer.timezone IS 'The zone in force.';
COMMENT ON COLUMN cron_engine.timer.anchor IS 'Origin of an interval''s grid.';
COMMENT ON COLUMN cron_engine.timer.scheduled_time IS 'The next time by the schedule.';
COMMENT ON COLUMN cron_engine.timer.next_fire IS 'The next fire: scheduled_time and the job''s jitter; NULL: it does not fire by time.';
COMMENT ON COLUMN cron_engine.timer.idle IS 'While a fire is owed: when the job was inactive. What the schedule named in that time is not made up for.';

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
    waits_for      text,
    overlap        boolean NOT NULL,
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
COMMENT ON TABLE cron_engine.queue IS 'Runs that wait or run. The daemon puts them in and says which are ready; workers claim the ready ones and take theirs out when they end.';
COMMENT ON COLUMN cron_engine.queue.runid IS 'The run in cron.job_run_details.';
COMMENT ON COLUMN cron_engine.queue.jobid IS 'Its job; NULL for cron.run_once().';
COMMENT ON COLUMN cron_engine.queue.login IS 'Role as which its worker is logged in.';
COMMENT ON COLUMN cron_engine.queue.username IS 'Role as which it runs: the login, or one it may SET ROLE to.';
COMMENT ON COLUMN cron_engine.queue.priority IS 'Higher ones are claimed first.';
COMMENT ON COLUMN cron_engine.queue.ready IS 'May be claimed: its time has come or is about to, its job and group are free. Only the daemon says so.';
COMMENT ON COLUMN cron_engine.queue.waits_for IS 'What the daemon found to keep it although its time had come, and until when it does not look at it again: job, another run of its job, that is ready or comes before it; group, those of its group that are ready, as many as the limit allows; last try, another one that has its last try, see cron_engine.recover_run(). NULL: nothing.';
COMMENT ON COLUMN cron_engine.queue.overlap IS 'May run beside other runs of its job.';
COMMENT ON COLUMN cron_engine.queue.top_level IS 'True: at top level; false: in a transaction, never at top level; NULL: in a transaction, at top level if it must.';
COMMENT ON COLUMN cron_engine.queue.not_before IS 'When it may start, for retries and for fires that are queued ahead of their time; NULL: at once.';
COMMENT ON COLUMN cron_engine.queue.start_before IS 'Skipped when it has not started by then.';
COMMENT ON COLUMN cron_engine.queue.timeout IS 'How long it may run.';
COMMENT ON COLUMN cron_engine.queue.statement_timeout IS 'The statement_timeout of its role, which the daemon sees to while it runs in a transaction.';
COMMENT ON COLUMN cron_engine.queue.job_group IS 'Its group: a common one if cron.job_group names it, else that of its username.';
COMMENT ON COLUMN cron_engine.queue.plain IS 'Should it succeed, nothing follows from it: no job runs after its job, and its log_level is all.';
COMMENT ON COLUMN cron_engine.queue.retry IS 'A further attempt. While it waits it gives way to the job''s next fire, unless overlap is allow or catch_up all.';
COMMENT ON COLUMN cron_engine.queue.nodename IS 'Host, when not the own server.';
COMMENT ON COLUMN cron_engine.queue.nodeport IS 'Port, when not the own server.';
COMMENT ON COLUMN cron_engine.queue.database IS 'Database, when not the own one.';
COMMENT ON COLUMN cron_engine.queue.careful IS 'The server crashed while it waited or ran. That it is claimed is in the history before it begins: should it be what crashes the server, then that is known.';
COMMENT ON COLUMN cron_engine.queue.claims IS 'How often it was claimed: the fence. An outcome counts only if it names the present number.';
COMMENT ON COLUMN cron_engine.queue.pid IS 'Process id of the worker that runs it; NULL: it waits.';
COMMENT ON COLUMN cron_engine.queue.started_at IS 'When it was claimed.';
COMMENT ON COLUMN cron_engine.queue.commit_share IS 'What part of its time its worker has spent waiting for its commits of late, 0 to 1; NULL: not known.';
COMMENT ON COLUMN cron_engine.queue.stop_reason IS 'Why it is to stop: cancel, timeout; NULL: it is not.';
COMMENT ON COLUMN cron_engine.queue.stop_asked_at IS 'When that was asked for.';
COMMENT ON COLUMN cron_engine.queue.stop_asked_by IS 'Who asked; NULL: the daemon.';
COMMENT ON COLUMN cron_engine.queue.stop_sent_at IS 'When the cancel was sent to its worker.';
COMMENT ON COLUMN cron_engine.queue.timed_out_at IS 'When it was marked for its statement_timeout. The cancel is sent once, after which statement_timeout is NULL: what the command makes of it is up to the command.';
COMMENT ON COLUMN cron_engine.queue.connect_before IS 'Its worker is connecting for the top level, and must have succeeded by then; infinity: it has not begun to; NULL: it is not. Until then nothing was sent.';
COMMENT ON COLUMN cron_engine.queue.stray_stop IS 'The worker''s run before this one was sent a cancel, which may hit this one.';

CREATE TABLE cron_engine.kept_run (
    LIKE cron_engine.queue INCLUDING COMMENTS,
    CONSTRAINT kept_run_pkey PRIMARY KEY (runid)
);
COMMENT ON TABLE cron_engine.kept_run IS 'Rows of the queue as they were when they last said something that neither the history nor the job says: written for few runs, to survive a crash. Written by cron_engine.keep_run().';

CREATE UNLOGGED TABLE cron_engine.spared_run (LIKE cron.job_run_details INCLUDING COMMENTS);
COMMENT ON TABLE cron_engine.spared_run IS 'Rows of the history that outlive its TRUNCATE, while it is being truncated: the runs that wait or run.';

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
    canceled  boolean NOT NULL DEFAULT false,
    username  text,
    job_group text
) WITH (vacuum_truncate = off);
-- It has no key, as each run would pay for its index. Without any identity nothing could be deleted where somebody publishes all tables.
ALTER TABLE cron_engine.ended_run REPLICA IDENTITY FULL;
COMMENT ON TABLE cron_engine.ended_run IS 'What workers tell the daemon: runs that ended since its last tick. It retries, chains and notifies by them.';
COMMENT ON COLUMN cron_engine.ended_run.runid IS 'The run.';
COMMENT ON COLUMN cron_engine.ended_run.jobid IS 'Its job.';
COMMENT ON COLUMN cron_engine.ended_run.status IS 'How it ended.';
COMMENT ON COLUMN cron_engine.ended_run.top_level IS 'It turned out to need the top level.';
COMMENT ON COLUMN cron_engine.ended_run.canceled IS 'Somebody stopped it: it is not tried again.';
COMMENT ON COLUMN cron_engine.ended_run.username IS 'Its role, if it was in a group.';
COMMENT ON COLUMN cron_engine.ended_run.job_group IS 'Its group.';
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

CREATE TABLE cron_engine.deactivation (
    jobid  bigint PRIMARY KEY,
    cause  text NOT NULL CHECK (cause IN ('fired', 'expired', 'failures')),
    reason text NOT NULL
);
COMMENT ON TABLE cron_engine.deactivation IS 'The jobs that the scheduler deactivated, not a person. Written with the job''s row in cron.job locked.';
COMMENT ON COLUMN cron_engine.deactivation.jobid IS 'The job.';
COMMENT ON COLUMN cron_engine.deactivation.cause IS 'fired: its one time has passed; expired: nothing is left before its valid_until; failures: too many in a row.';
COMMENT ON COLUMN cron_engine.deactivation.reason IS 'Why, for people.';

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
COMMENT ON TABLE cron_engine.fault IS 'What the daemon could not do and tries again, with growing pauses: one row for each step, and for each item that a step leaves out. A row is gone when that has succeeded, or is not to be done any more.';
COMMENT ON COLUMN cron_engine.fault.step IS 'What failed: fire, settle, staff, connect and so on, see cron_engine.run_step().';
COMMENT ON COLUMN cron_engine.fault.item IS 'For what: the jobid of a timer, the runid of a run, a login; empty: the step as a whole.';
COMMENT ON COLUMN cron_engine.fault.jobid IS 'The job that has to wait; NULL: none in particular.';
COMMENT ON COLUMN cron_engine.fault.message IS 'The last error.';
COMMENT ON COLUMN cron_engine.fault.sqlstate IS 'Its SQLSTATE.';
COMMENT ON COLUMN cron_engine.fault.since IS 'When it failed first.';
COMMENT ON COLUMN cron_engine.fault.count IS 'How often it failed.';
COMMENT ON COLUMN cron_engine.fault.retry_at IS 'When it is tried again.';

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
COMMENT ON TABLE cron_engine.standstill IS 'Why runs wait that could have started more than five seconds ago: one row for each cause. A row is gone a minute after the last run waited for it. Written by cron_engine.explain_delays().';
COMMENT ON COLUMN cron_engine.standstill.cause IS 'paused, locks, sessions (a limit of connections is reached), login (the role cannot log in), workers (all are busy) or unknown.';
COMMENT ON COLUMN cron_engine.standstill.login IS 'The login whose runs wait; empty: those of all.';
COMMENT ON COLUMN cron_engine.standstill.message IS 'The cause in words that anybody may read.';
COMMENT ON COLUMN cron_engine.standstill.detail IS 'What names sessions and roles of others: for administrators.';
COMMENT ON COLUMN cron_engine.standstill.nobody IS 'Nobody''s runs start.';
COMMENT ON COLUMN cron_engine.standstill.since IS 'Since when.';
COMMENT ON COLUMN cron_engine.standstill.seen_at IS 'When it was seen last.';
COMMENT ON COLUMN cron_engine.standstill.told IS 'The message as it was told in the log and noted at the runs.';

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
CREATE TABLE cron_engine.leader (
    only_row      boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    pid           integer,
    backend_start timestamptz
);
INSERT INTO cron_engine.leader DEFAULT VALUES;
COMMENT ON TABLE cron_engine.leader IS 'The session that led last, see cron_engine.leader_pid(). A row, because any role could take an advisory lock.';
COMMENT ON COLUMN cron_engine.leader.only_row IS 'True: there is one row.';
COMMENT ON COLUMN cron_engine.leader.pid IS 'Its process id.';
COMMENT ON COLUMN cron_engine.leader.backend_start IS 'When it was connected: process ids come again.';

CREATE UNLOGGED TABLE cron_engine.chain (
    username text PRIMARY KEY
);
COMMENT ON TABLE cron_engine.chain IS 'Roles that have chained jobs. Who chains one locks his row here, so that nobody waits for anybody else; see cron_engine.validate_chain().';
COMMENT ON COLUMN cron_engine.chain.username IS 'The role.';

CREATE TYPE cron_engine.launcher_order AS (
    action text,
    worker text,
    server text,
    call   text
);
COMMENT ON TYPE cron_engine.launcher_order IS 'What whoever holds the connections to workers is to do, see cron_engine.carry_out().';
COMMENT ON COLUMN cron_engine.launcher_order.action IS 'connect, send, look, cancel, close a worker; wait for a time; signal: execute something as its role.';
COMMENT ON COLUMN cron_engine.launcher_order.worker IS 'Name of the worker; of signal: the process id that is to be signalled.';
COMMENT ON COLUMN cron_engine.launcher_order.server IS 'Foreign server to connect through, for connect and signal.';
COMMENT ON COLUMN cron_engine.launcher_order.call IS 'The SQL, for connect, send and signal; of wait: the time, in seconds since 1970.';

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
COMMENT ON TYPE cron_engine.launcher_event IS 'What became of an order, or what a worker did, see cron_engine.note_event().';
COMMENT ON COLUMN cron_engine.launcher_event.worker IS 'As in the order.';
COMMENT ON COLUMN cron_engine.launcher_event.event IS 'connected, refused, left out (as another was refused just before), broken (nothing could be sent), done, failed (its CALL, and its connection is closed), not signalled; NULL: nothing to tell.';
COMMENT ON COLUMN cron_engine.launcher_event.pid IS 'Process id of a worker that was connected.';
COMMENT ON COLUMN cron_engine.launcher_event.served IS 'What a CALL that is done returned: the role whose runs it executed.';
COMMENT ON COLUMN cron_engine.launcher_event.sqlstate IS 'The error''s SQLSTATE.';
COMMENT ON COLUMN cron_engine.launcher_event.message IS 'The error, cut after 100,000 characters.';
COMMENT ON COLUMN cron_engine.launcher_event.detail IS 'Its detail, cut likewise.';
COMMENT ON COLUMN cron_engine.launcher_event.hint IS 'Its hint, cut likewise.';

CREATE UNLOGGED TABLE cron_engine.launcher (
    name      text PRIMARY KEY,
    pid       integer NOT NULL,
    login     text,
    orders    cron_engine.launcher_order[] NOT NULL DEFAULT '{}',
    asked_at  timestamptz,
    asked_for text,
    since     timestamptz NOT NULL
) WITH (fillfactor = 50);
COMMENT ON TABLE cron_engine.launcher IS 'Sessions of the engine''s owner that hold the connections to workers of other roles. Who connects as a role waits for what that role has made of its password: that must not be the daemon, which holds only those of the owner''s own.';
COMMENT ON COLUMN cron_engine.launcher.name IS 'Name of the daemon''s dblink connection.';
COMMENT ON COLUMN cron_engine.launcher.pid IS 'Process id of its backend.';
COMMENT ON COLUMN cron_engine.launcher.login IS 'The only login that it serves, see cron_engine.quarantine; NULL: it serves all others.';
COMMENT ON COLUMN cron_engine.launcher.orders IS 'Orders that it is to be given as soon as it has carried out those before.';
COMMENT ON COLUMN cron_engine.launcher.asked_at IS 'Since when it has been carrying out orders; NULL: it is not, or only looks how its workers get on.';
COMMENT ON COLUMN cron_engine.launcher.asked_for IS 'The login as which it was then to connect; NULL: none.';
COMMENT ON COLUMN cron_engine.launcher.since IS 'When it was last given an order but to look.';

CREATE UNLOGGED TABLE cron_engine.quarantine (
    login        text PRIMARY KEY,
    launcher_pid integer NOT NULL,
    until        timestamptz NOT NULL
);
COMMENT ON TABLE cron_engine.quarantine IS 'Logins at which a launcher hung and was given up: each gets a launcher of its own, so that it keeps no other role waiting again.';
COMMENT ON COLUMN cron_engine.quarantine.login IS 'The login.';
COMMENT ON COLUMN cron_engine.quarantine.launcher_pid IS 'Process id of the launcher that was given up. While it lives there is no other one for this login.';
COMMENT ON COLUMN cron_engine.quarantine.until IS 'When it is forgotten.';

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
COMMENT ON TABLE cron_engine.worker IS 'Worker sessions of the daemon that leads. Workers of a daemon that is gone are not here; they end when the queue is empty.';
COMMENT ON COLUMN cron_engine.worker.name IS 'Name of the dblink connection to it.';
COMMENT ON COLUMN cron_engine.worker.launcher IS 'Who holds that connection; empty: the daemon itself.';
COMMENT ON COLUMN cron_engine.worker.login IS 'Role as which it is logged in.';
COMMENT ON COLUMN cron_engine.worker.pid IS 'Process id of its backend; NULL: it is being connected.';
COMMENT ON COLUMN cron_engine.worker.seat IS 'Its number among the workers, from 1. One above max_running_jobs starts no more runs.';
COMMENT ON COLUMN cron_engine.worker.terms IS 'What was laid down for its role when it was connected, see cron_engine.login_terms().';
COMMENT ON COLUMN cron_engine.worker.reserved IS 'The run that it holds already and is to begin at start_at.';
COMMENT ON COLUMN cron_engine.worker.start_at IS 'When it is to be set to work; NULL: it has been, or is idle.';
COMMENT ON COLUMN cron_engine.worker.busy IS 'A CALL of cron_engine.work() is under way, or it is being connected for one.';
COMMENT ON COLUMN cron_engine.worker.obsolete IS 'Its terms have changed since: it is closed when it is idle.';
COMMENT ON COLUMN cron_engine.worker.opened_at IS 'When it was connected.';
COMMENT ON COLUMN cron_engine.worker.since IS 'Busy or idle since then.';

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
COMMENT ON TYPE cron_engine.claim IS 'A run that a worker is to execute, as cron_engine.claim_run() and cron_engine.begin_run() tell.';
COMMENT ON COLUMN cron_engine.claim.runid IS 'The run; NULL: there is none, nor anything else here.';
COMMENT ON COLUMN cron_engine.claim.claims IS 'How often it was claimed, this time included.';
COMMENT ON COLUMN cron_engine.claim.jobid IS 'Its job; NULL for a run of no job.';
COMMENT ON COLUMN cron_engine.claim.jobname IS 'Name of its job.';
COMMENT ON COLUMN cron_engine.claim.username IS 'Role as which it runs.';
COMMENT ON COLUMN cron_engine.claim.priority IS 'Its priority.';
COMMENT ON COLUMN cron_engine.claim.command IS 'What to execute.';
COMMENT ON COLUMN cron_engine.claim.top_level IS 'True: at top level; false: in a transaction; NULL: try the latter first.';
COMMENT ON COLUMN cron_engine.claim.attempt IS 'Which try this is, from 1.';
COMMENT ON COLUMN cron_engine.claim.scheduled_time IS 'The fire that it is for.';
COMMENT ON COLUMN cron_engine.claim.started_at IS 'When it begins.';
COMMENT ON COLUMN cron_engine.claim.settings IS 'What is to be put in force, for a role other than the login, see cron_engine.role_settings().';

CREATE TYPE cron_engine.outcome AS (
    status          text,
    message         text,
    result          text,
    sqlstate        text,
    needs_top_level boolean,
    columns         integer
);
COMMENT ON TYPE cron_engine.outcome IS 'How a command ended.';
COMMENT ON COLUMN cron_engine.outcome.status IS 'succeeded or failed; NULL: it has not ended.';
COMMENT ON COLUMN cron_engine.outcome.message IS 'Its command tag, row count or error.';
COMMENT ON COLUMN cron_engine.outcome.result IS 'First column of its first row.';
COMMENT ON COLUMN cron_engine.outcome.sqlstate IS 'The error''s SQLSTATE.';
COMMENT ON COLUMN cron_engine.outcome.needs_top_level IS 'It ran at top level, or has to.';
COMMENT ON COLUMN cron_engine.outcome.columns IS 'While it runs at top level, how many columns its last result is expected to have; 0: it is a command; negative: it is a cursor, whose next result is that of its declaration (-4), its first row (-3), whether there was one (-2), how many followed (-1); NULL: a result of the cursor was lost.';

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
COMMENT ON TABLE cron_engine.home IS 'Where the jobs are at home: one row. A database whose identity is another one was moved or is a copy. Written by cron_engine.note_home() and cron_engine.set_home(), when something changes.';
COMMENT ON COLUMN cron_engine.home.id IS 'Always true: there is one row.';
COMMENT ON COLUMN cron_engine.home.system_identifier IS 'The cluster, as in pg_control_system(); NULL: the server does not tell.';
COMMENT ON COLUMN cron_engine.home.database_oid IS 'The database, which a change of name leaves as it is and a copy has anew.';
COMMENT ON COLUMN cron_engine.home.database IS 'Its name, which jobs at home have in cron.job.database.';
COMMENT ON COLUMN cron_engine.home.nodeport IS 'The server''s port, which jobs at home have in cron.job.nodeport.';
COMMENT ON COLUMN cron_engine.home.copy_of IS 'This database was found to be a copy of the one named here, and nobody has said that its jobs shall fire; NULL: it is the home of its jobs.';
COMMENT ON COLUMN cron_engine.home.host IS 'Address under which the server reaches itself, as last tried by a service; NULL: that at which the present session sees the server.';
COMMENT ON COLUMN cron_engine.home.port IS 'Port of that address; NULL likewise.';
COMMENT ON COLUMN cron_engine.home.sslmode IS 'sslmode of the connections to itself, as in libpq; NULL: libpq''s default.';
COMMENT ON COLUMN cron_engine.home.sslrootcert IS 'sslrootcert likewise: a file on the server, whose own process reads it.';

CREATE TABLE cron_engine.former_home (
    database   text NOT NULL,
    last_runid bigint NOT NULL
);
ALTER TABLE cron_engine.former_home REPLICA IDENTITY FULL;
COMMENT ON TABLE cron_engine.former_home IS 'Names under which the history knows the own database: it is not written anew when the database is renamed.';
COMMENT ON COLUMN cron_engine.former_home.database IS 'The name.';
COMMENT ON COLUMN cron_engine.former_home.last_runid IS 'Until this run the own database had it. In later ones it is another database.';
