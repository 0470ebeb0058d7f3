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

CREATE TABLE cron.job_group (
    name        text PRIMARY KEY CHECK (name <> '' AND char_length(name) <= 200),
    max_running integer NOT NULL DEFAULT 1 CHECK (max_running BETWEEN 0 AND 1000),
    description text CHECK (char_length(description) <= 1000)
);

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
