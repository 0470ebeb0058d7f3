-- What people read and write. The first columns of cron.job and cron.job_run_details are pg_cron's: names, order, types and defaults;
-- clients that say SELECT * or insert by position find what they expect.

CREATE SEQUENCE cron.jobid_seq;
CREATE SEQUENCE cron.runid_seq;

-- Upper limits: what is added to a time must not lead over the end of the calendar, nor one role's texts fill what all have to read. An interval
-- is compared by its sum, but added part by part: parts that cancel each other out have their own limit.
CREATE TABLE cron.settings (
    id                  boolean PRIMARY KEY DEFAULT true CONSTRAINT settings_one_row CHECK (id),
    paused              boolean NOT NULL DEFAULT false,
    timezone            text NOT NULL DEFAULT 'GMT',
    max_running_jobs    integer NOT NULL DEFAULT 32 CHECK (max_running_jobs BETWEEN 1 AND 1000),
    max_running_jobs_per_role integer CHECK (max_running_jobs_per_role BETWEEN 1 AND 1000),
    reserved_running_jobs integer NOT NULL DEFAULT 4 CHECK (reserved_running_jobs BETWEEN 0 AND 1000),
    enable_superuser_jobs boolean NOT NULL DEFAULT true,
    connect_timeout     interval NOT NULL DEFAULT '10 s' CHECK (connect_timeout BETWEEN '2 s' AND '1 h'),
    timeout             interval CHECK (timeout > '0' AND timeout <= '100 years'),
    max_attempts        integer NOT NULL DEFAULT 1 CHECK (max_attempts BETWEEN 1 AND 100),
    retry_delay         interval NOT NULL DEFAULT '10 s' CHECK (retry_delay BETWEEN '0' AND '100 years'),
    max_retry_delay     interval NOT NULL DEFAULT '1 h' CHECK (max_retry_delay BETWEEN '0' AND '100 years'),
    overlap             text NOT NULL DEFAULT 'queue' CHECK (overlap IN ('queue', 'skip', 'allow')),
    catch_up            text NOT NULL DEFAULT 'once' CHECK (catch_up IN ('once', 'all', 'skip')),
    catch_up_limit      integer NOT NULL DEFAULT 100 CHECK (catch_up_limit BETWEEN 1 AND 10000),
    start_deadline      interval CHECK (start_deadline > '0' AND start_deadline <= '100 years'),
    max_failures        integer CHECK (max_failures BETWEEN 1 AND 1000000),
    log_level           text NOT NULL DEFAULT 'all' CHECK (log_level IN ('all', 'failures', 'none')),
    cancel_grace        interval NOT NULL DEFAULT '5 s' CHECK (cancel_grace BETWEEN '0' AND '100 years'),
    worker_idle_timeout interval NOT NULL DEFAULT '5 min' CHECK (worker_idle_timeout BETWEEN '0' AND '100 years'),
    worker_max_age      interval NOT NULL DEFAULT '1 h' CHECK (worker_max_age BETWEEN '1 s' AND '100 years'),
    keep_runs           interval DEFAULT '30 days' CHECK (keep_runs BETWEEN '0' AND '100 years'),
    keep_failed_runs    interval DEFAULT '90 days' CHECK (keep_failed_runs BETWEEN '0' AND '100 years'),
    keep_runs_per_job   integer CHECK (keep_runs_per_job BETWEEN 1 AND 1000000000),
    CONSTRAINT settings_years_and_days CHECK (
        greatest(abs(extract(year FROM timeout)), abs(extract(year FROM retry_delay)), abs(extract(year FROM max_retry_delay)),
                 abs(extract(year FROM start_deadline)), abs(extract(year FROM connect_timeout)), abs(extract(year FROM cancel_grace)),
                 abs(extract(year FROM worker_idle_timeout)), abs(extract(year FROM worker_max_age)), abs(extract(year FROM keep_runs)),
                 abs(extract(year FROM keep_failed_runs))) <= 100
        AND greatest(abs(extract(day FROM timeout)), abs(extract(day FROM retry_delay)), abs(extract(day FROM max_retry_delay)),
                     abs(extract(day FROM start_deadline)), abs(extract(day FROM connect_timeout)), abs(extract(day FROM cancel_grace)),
                     abs(extract(day FROM worker_idle_timeout)), abs(extract(day FROM worker_max_age)), abs(extract(day FROM keep_runs)),
                     abs(extract(day FROM keep_failed_runs))) <= 36525)
);
INSERT INTO cron.settings DEFAULT VALUES;

COMMENT ON TABLE cron.settings IS 'The scheduler''s settings: one row, changed with plain UPDATE, in force from the next tick. They are rows because a setting like cron.timezone would need a superuser.';
COMMENT ON COLUMN cron.settings.id IS 'Always true: there is one row.';
COMMENT ON COLUMN cron.settings.paused IS 'True: nothing new starts; what runs goes on. Fires missed meanwhile follow the jobs'' catch_up. (pg_cron: cron.launch_active_jobs, inverted.)';
COMMENT ON COLUMN cron.settings.timezone IS 'IANA time zone of jobs that name none. (pg_cron: cron.timezone.)';
COMMENT ON COLUMN cron.settings.max_running_jobs IS 'Worker sessions at most, hence runs side by side; 1 to 1000. Lowered, it lets what runs go on; within a second nothing more starts until fewer run. (pg_cron: cron.max_running_jobs.)';
COMMENT ON COLUMN cron.settings.max_running_jobs_per_role IS 'Of those at most so many for one login; NULL: three quarters, or all where only one login is registered.';
COMMENT ON COLUMN cron.settings.reserved_running_jobs IS 'Places that are kept free for logins of which nothing runs, one for each of them: so many at most, and a quarter of max_running_jobs at most. Whoever has a run under way gets none of these.';
COMMENT ON COLUMN cron.settings.enable_superuser_jobs IS 'False: jobs of superusers are refused. (pg_cron: cron.enable_superuser_jobs.)';
COMMENT ON COLUMN cron.settings.connect_timeout IS 'How long a worker waits for a connection to another database or host; at least 2 s, libpq''s minimum.';
COMMENT ON COLUMN cron.settings.timeout IS 'Default of cron.job_options.timeout.';
COMMENT ON COLUMN cron.settings.max_attempts IS 'Default of cron.job_options.max_attempts.';
COMMENT ON COLUMN cron.settings.retry_delay IS 'Default of cron.job_options.retry_delay.';
COMMENT ON COLUMN cron.settings.max_retry_delay IS 'The doubling delay between attempts grows no further than this.';
COMMENT ON COLUMN cron.settings.overlap IS 'Default of cron.job_options.overlap.';
COMMENT ON COLUMN cron.settings.catch_up IS 'Default of cron.job_options.catch_up.';
COMMENT ON COLUMN cron.settings.catch_up_limit IS 'With catch_up = all, at most this many missed fires of a job are made up for, the latest ones.';
COMMENT ON COLUMN cron.settings.start_deadline IS 'Default of cron.job_options.start_deadline.';
COMMENT ON COLUMN cron.settings.max_failures IS 'Default of cron.job_options.max_failures.';
COMMENT ON COLUMN cron.settings.log_level IS 'Default of cron.job_options.log_level.';
COMMENT ON COLUMN cron.settings.cancel_grace IS 'A run that has not stopped this long after its cancel is terminated.';
COMMENT ON COLUMN cron.settings.worker_idle_timeout IS 'A worker session without work for this long is closed.';
COMMENT ON COLUMN cron.settings.worker_max_age IS 'A worker session older than this is replaced when it is idle.';
COMMENT ON COLUMN cron.settings.keep_runs IS 'Succeeded and skipped runs older than this are removed from the history; NULL: never.';
COMMENT ON COLUMN cron.settings.keep_failed_runs IS 'Failed runs older than this are removed from the history; NULL: never.';
COMMENT ON COLUMN cron.settings.keep_runs_per_job IS 'Of each job at most this many runs are kept, the latest ones; NULL: no limit.';

CREATE TABLE cron.job_group (
    name        text PRIMARY KEY CHECK (name <> '' AND char_length(name) <= 200),
    max_running integer NOT NULL DEFAULT 1 CHECK (max_running BETWEEN 0 AND 1000),
    description text CHECK (char_length(description) <= 1000)
);
COMMENT ON TABLE cron.job_group IS 'The common groups, which administrators make: of all jobs that name one, whosever they are, no more run at once than its limit. Any job may name it, and take part of the limit for as long as it runs, or all of it. A group without a row here is its role''s own: of its jobs in it one runs at once, and what others call the same is another group. A change is in force within a second, with what runs and waits then.';
COMMENT ON COLUMN cron.job_group.name IS 'The group, as named in cron.job_options.job_group.';
COMMENT ON COLUMN cron.job_group.max_running IS 'Runs of the group''s jobs at the same time, of all roles together; 0 holds the group back.';
COMMENT ON COLUMN cron.job_group.description IS 'For people.';

CREATE TABLE cron.job (
    jobid    bigint NOT NULL DEFAULT nextval('cron.jobid_seq') CONSTRAINT job_pkey PRIMARY KEY,
    schedule text NOT NULL CHECK (char_length(schedule) <= 4000),
    -- Its bytes, as they can be told without reading it.
    command  text NOT NULL CHECK (octet_length(command) <= 1048576),
    nodename text NOT NULL DEFAULT 'localhost' CHECK (char_length(nodename) <= 255),
    -- Over a unix socket inet_server_port() is NULL; pg_cron then refuses a bare INSERT.
    nodeport integer NOT NULL DEFAULT coalesce(inet_server_port(), current_setting('port')::integer) CHECK (nodeport BETWEEN 1 AND 65535),
    database text NOT NULL DEFAULT current_database() CHECK (octet_length(database) <= 63),
    username text NOT NULL DEFAULT CURRENT_USER,
    active   boolean NOT NULL DEFAULT true,
    jobname  text CHECK (char_length(jobname) <= 200),
    CONSTRAINT jobname_username_uniq UNIQUE (jobname, username)
);
COMMENT ON TABLE cron.job IS 'The jobs, with exactly pg_cron''s columns; what a job has besides is in cron.job_options. Made by cron.schedule() or by plain INSERT of an administrator; either way the row is validated.';
COMMENT ON COLUMN cron.job.jobid IS 'The job''s number.';
COMMENT ON COLUMN cron.job.schedule IS 'When it fires: five cron fields, ''[1-59] seconds'', @every, @at, @after, @reboot; see cron.schedule().';
COMMENT ON COLUMN cron.job.command IS 'The SQL to run.';
COMMENT ON COLUMN cron.job.nodename IS 'Host to run on; localhost is the scheduler''s own server.';
COMMENT ON COLUMN cron.job.nodeport IS 'Port of that host.';
COMMENT ON COLUMN cron.job.database IS 'Database to run in.';
COMMENT ON COLUMN cron.job.username IS 'Role as which the command runs; it owns the job.';
COMMENT ON COLUMN cron.job.active IS 'False: it does not fire.';
COMMENT ON COLUMN cron.job.jobname IS 'Name, unique per username; NULL: none.';

CREATE TABLE cron.job_options (
    jobid          bigint CONSTRAINT job_options_pkey PRIMARY KEY,
    timezone       text,
    description    text CHECK (char_length(description) <= 1000),
    valid_from     timestamptz CHECK (valid_from BETWEEN '0001-01-01 00:00+00' AND '9999-12-31 23:59+00' OR NOT isfinite(valid_from)),
    valid_until    timestamptz CHECK (valid_until BETWEEN '0001-01-01 00:00+00' AND '9999-12-31 23:59+00' OR NOT isfinite(valid_until)),
    jitter         interval CHECK (jitter >= '0' AND jitter <= '1 day'),
    timeout        interval CHECK (timeout > '0' AND timeout <= '100 years'),
    max_attempts   integer CHECK (max_attempts BETWEEN 1 AND 100),
    retry_delay    interval CHECK (retry_delay BETWEEN '0' AND '100 years'),
    overlap        text CHECK (overlap IN ('queue', 'skip', 'allow')),
    catch_up       text CHECK (catch_up IN ('once', 'all', 'skip')),
    start_deadline interval CHECK (start_deadline > '0' AND start_deadline <= '100 years'),
    max_failures   integer CHECK (max_failures BETWEEN 1 AND 1000000),
    priority       integer CHECK (priority BETWEEN -1000000 AND 1000000),
    transactional  boolean,
    job_group      text CHECK (job_group <> '' AND char_length(job_group) <= 200),
    log_level      text CHECK (log_level IN ('all', 'failures', 'none')),
    CONSTRAINT job_options_valid_period CHECK (valid_from < valid_until),
    CONSTRAINT job_options_years_and_days CHECK (
        greatest(abs(extract(year FROM jitter)), abs(extract(year FROM timeout)), abs(extract(year FROM retry_delay)),
                 abs(extract(year FROM start_deadline))) <= 100
        AND greatest(abs(extract(day FROM jitter)), abs(extract(day FROM timeout)), abs(extract(day FROM retry_delay)),
                     abs(extract(day FROM start_deadline))) <= 36525)
);
-- No foreign key: pg_cron's cron.job can be truncated. A job takes its options with it all the same.
COMMENT ON TABLE cron.job_options IS 'What jobs have besides pg_cron''s columns: one row for a job that has any. Set by cron.set_options() or by plain INSERT and UPDATE, for one''s own jobs; cleared by UPDATE to NULL.';
COMMENT ON COLUMN cron.job_options.jobid IS 'The job.';
COMMENT ON COLUMN cron.job_options.timezone IS 'IANA time zone of the schedule; NULL: that of cron.settings.';
COMMENT ON COLUMN cron.job_options.description IS 'For people.';
COMMENT ON COLUMN cron.job_options.valid_from IS 'It does not fire before; NULL: from the start.';
COMMENT ON COLUMN cron.job_options.valid_until IS 'It does not fire at or after; NULL: for ever.';
COMMENT ON COLUMN cron.job_options.jitter IS 'Each fire is late by up to this, always the same for a given job; at most a day; NULL: 0.';
COMMENT ON COLUMN cron.job_options.timeout IS 'A run that takes longer is cancelled and fails; NULL: that of cron.settings, there NULL: no limit.';
COMMENT ON COLUMN cron.job_options.max_attempts IS 'How often a failing run is tried in all, 1 to 100; NULL: that of cron.settings.';
COMMENT ON COLUMN cron.job_options.retry_delay IS 'Pause before the second attempt, doubled before each further one, spread by up to a quarter; NULL: that of cron.settings.';
COMMENT ON COLUMN cron.job_options.overlap IS 'Fire while the job still runs: queue (wait; at most one waits), skip, allow; NULL: that of cron.settings.';
COMMENT ON COLUMN cron.job_options.catch_up IS 'Fires missed while nothing could fire, which is to say late by more than a minute: once (one run for all of them), all, skip; NULL: that of cron.settings.';
COMMENT ON COLUMN cron.job_options.start_deadline IS 'A run that could not start this long after its fire is skipped; NULL: that of cron.settings, there NULL: it waits.';
COMMENT ON COLUMN cron.job_options.max_failures IS 'After this many failed runs in a row the job is deactivated; NULL: that of cron.settings, there NULL: never.';
COMMENT ON COLUMN cron.job_options.priority IS 'Among waiting runs the higher one starts first; NULL: 0.';
COMMENT ON COLUMN cron.job_options.transactional IS 'True: in one transaction with its record; false: at top level, as VACUUM needs; NULL: found out at the first run.';
COMMENT ON COLUMN cron.job_options.job_group IS 'Group of which jobs do not run at once: a common one if cron.job_group names it, with the limit there, else its role''s own, of which one runs; NULL: none.';
COMMENT ON COLUMN cron.job_options.log_level IS 'Runs kept in the history: all, failures, none; NULL: that of cron.settings.';

CREATE TABLE cron.job_run_details (
    jobid          bigint,
    runid          bigint NOT NULL DEFAULT nextval('cron.runid_seq') CONSTRAINT job_run_details_pkey PRIMARY KEY,
    job_pid        integer,
    database       text,
    username       text,
    command        text,
    status         text,
    return_message text,
    start_time     timestamptz,
    end_time       timestamptz,
    scheduled_time timestamptz,
    queued_time    timestamptz,
    trigger        text,
    attempt        integer,
    result         text,
    sqlstate       text,
    origin_runid   bigint,
    note           text
    -- A run is updated twice, in place: no indexed column changes unless it fails.
) WITH (fillfactor = 70);
CREATE INDEX job_run_details_job_idx ON cron.job_run_details (jobid, runid);
-- Failed runs are those with an SQLSTATE. An index on status would make each change of status write every index of the table.
CREATE INDEX job_run_details_failed_idx ON cron.job_run_details (runid) WHERE sqlstate IS NOT NULL;

COMMENT ON TABLE cron.job_run_details IS 'The runs, one row for each fire. Columns 1 to 10 are pg_cron''s.';
COMMENT ON COLUMN cron.job_run_details.jobid IS 'The job; NULL for a command run by cron.run_once().';
COMMENT ON COLUMN cron.job_run_details.runid IS 'The run''s number.';
COMMENT ON COLUMN cron.job_run_details.job_pid IS 'Process id of the session that runs the command.';
COMMENT ON COLUMN cron.job_run_details.database IS 'Database it runs in.';
COMMENT ON COLUMN cron.job_run_details.username IS 'Role as which it runs.';
COMMENT ON COLUMN cron.job_run_details.command IS 'The SQL, as it was at the fire.';
COMMENT ON COLUMN cron.job_run_details.status IS 'queued, running, then succeeded, failed or skipped.';
COMMENT ON COLUMN cron.job_run_details.return_message IS 'Command tag or row count, or the error: the texts of pg_cron.';
COMMENT ON COLUMN cron.job_run_details.start_time IS 'When the command began.';
COMMENT ON COLUMN cron.job_run_details.end_time IS 'When it ended.';
COMMENT ON COLUMN cron.job_run_details.scheduled_time IS 'The time the schedule named, without jitter. A retry, a rerun and a run after another have that of the run they retry, repeat or follow. NULL for a run asked for by a person.';
COMMENT ON COLUMN cron.job_run_details.queued_time IS 'When the fire was recorded.';
COMMENT ON COLUMN cron.job_run_details.trigger IS 'schedule, catch-up, manual, retry, after or reboot.';
COMMENT ON COLUMN cron.job_run_details.attempt IS '1, and one more for each retry.';
COMMENT ON COLUMN cron.job_run_details.result IS 'First column of the first row of the result, cut after 10,000 characters.';
COMMENT ON COLUMN cron.job_run_details.sqlstate IS 'SQLSTATE of the failure; NULL unless the run failed.';
COMMENT ON COLUMN cron.job_run_details.origin_runid IS 'The run that this one retries, repeats or follows.';
COMMENT ON COLUMN cron.job_run_details.note IS 'Who asked for a manual run or stopped it, and why; also on its retries. delayed: what kept it from starting although it could have.';
