-- What is alarmed on, what has been, and what is still to be sent. The first three tables are for people, the others are the engine's own.

CREATE SEQUENCE cron_engine.alarmid_seq;

CREATE TABLE cron.alarm_settings (
    id                boolean PRIMARY KEY DEFAULT true CONSTRAINT alarm_settings_one_row CHECK (id),
    failed            boolean NOT NULL DEFAULT true,
    recovered         boolean NOT NULL DEFAULT true,
    deactivated       boolean NOT NULL DEFAULT true,
    late_after        interval CHECK (late_after > '0' AND late_after <= '100 years'),
    long_after        interval CHECK (long_after > '0' AND long_after <= '100 years'),
    long_factor       double precision CHECK (long_factor BETWEEN 1 AND 1000),
    no_success_for    interval CHECK (no_success_for > '0' AND no_success_for <= '100 years'),
    repeat_after      interval NOT NULL DEFAULT '1 h' CHECK (repeat_after BETWEEN '0' AND '100 years'),
    no_leader_after   interval DEFAULT '30 s' CHECK (no_leader_after > '0' AND no_leader_after <= '100 years'),
    tick_older_than   interval DEFAULT '30 s' CHECK (tick_older_than > '0' AND tick_older_than <= '100 years'),
    queue_over        integer DEFAULT 1000 CHECK (queue_over BETWEEN 1 AND 1000000),
    connections_over  integer DEFAULT 90 CHECK (connections_over BETWEEN 1 AND 100),
    clock_jump_over   interval DEFAULT '10 s' CHECK (clock_jump_over > '0' AND clock_jump_over <= '100 years'),
    group_window      interval NOT NULL DEFAULT '10 s' CHECK (group_window BETWEEN '0' AND '1 day'),
    messages_per_hour integer NOT NULL DEFAULT 60 CHECK (messages_per_hour BETWEEN 1 AND 100000),
    quiet_from        time,
    quiet_until       time,
    quiet_timezone    text,
    keep_alarms       interval DEFAULT '90 days' CHECK (keep_alarms BETWEEN '0' AND '100 years'),
    CONSTRAINT alarm_settings_quiet_hours CHECK ((quiet_from IS NULL) = (quiet_until IS NULL) AND quiet_from <> quiet_until),
    CONSTRAINT alarm_settings_years_and_days CHECK (
        greatest(abs(extract(year FROM late_after)), abs(extract(year FROM long_after)), abs(extract(year FROM no_success_for)),
                 abs(extract(year FROM repeat_after)), abs(extract(year FROM no_leader_after)), abs(extract(year FROM tick_older_than)),
                 abs(extract(year FROM clock_jump_over)), abs(extract(year FROM group_window)), abs(extract(year FROM keep_alarms))) <= 100
        AND greatest(abs(extract(day FROM late_after)), abs(extract(day FROM long_after)), abs(extract(day FROM no_success_for)),
                     abs(extract(day FROM repeat_after)), abs(extract(day FROM no_leader_after)), abs(extract(day FROM tick_older_than)),
                     abs(extract(day FROM clock_jump_over)), abs(extract(day FROM group_window)), abs(extract(day FROM keep_alarms))) <= 36525)
);
INSERT INTO cron.alarm_settings DEFAULT VALUES;

-- Zero switches off what the settings ask for of all jobs. No foreign key, as in cron.job_options.
CREATE TABLE cron.job_alarms (
    jobid          bigint CONSTRAINT job_alarms_pkey PRIMARY KEY,
    failed         boolean,
    recovered      boolean,
    deactivated    boolean,
    late_after     interval CHECK (late_after BETWEEN '0' AND '100 years'),
    long_after     interval CHECK (long_after BETWEEN '0' AND '100 years'),
    long_factor    double precision CHECK (long_factor = 0 OR long_factor BETWEEN 1 AND 1000),
    no_success_for interval CHECK (no_success_for BETWEEN '0' AND '100 years'),
    severity       text CHECK (severity IN ('warning', 'error', 'critical')),
    CONSTRAINT job_alarms_years_and_days CHECK (
        greatest(abs(extract(year FROM late_after)), abs(extract(year FROM long_after)), abs(extract(year FROM no_success_for))) <= 100
        AND greatest(abs(extract(day FROM late_after)), abs(extract(day FROM long_after)), abs(extract(day FROM no_success_for))) <= 36525)
);

CREATE TABLE cron.alarm (
    alarmid      bigint NOT NULL DEFAULT nextval('cron_engine.alarmid_seq') CONSTRAINT alarm_pkey PRIMARY KEY,
    kind         text NOT NULL,
    severity     text NOT NULL,
    jobid        bigint,
    jobname      text,
    username     text,
    runid        bigint,
    raised_at    timestamptz NOT NULL,
    ended_at     timestamptz,
    message      text NOT NULL,
    details      jsonb NOT NULL DEFAULT '{}',
    ends_alarmid bigint
);
-- Once per event, whoever notices it first: what goes on is not alarmed on again, and of a run nothing twice.
CREATE UNIQUE INDEX alarm_open_idx ON cron.alarm (kind, (coalesce(jobid, 0))) WHERE ended_at IS NULL;
CREATE UNIQUE INDEX alarm_run_idx ON cron.alarm (runid, kind) WHERE runid IS NOT NULL AND ends_alarmid IS NULL;
CREATE INDEX alarm_job_idx ON cron.alarm (jobid, alarmid);
CREATE INDEX alarm_raised_at_idx ON cron.alarm (raised_at);

CREATE TABLE cron_engine.alarm_channel (
    name    text PRIMARY KEY,
    seen_at timestamptz NOT NULL
);

CREATE TABLE cron_engine.alarm_message (
    messageid    uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    channel      text NOT NULL,
    created_at   timestamptz NOT NULL,
    attempts     integer NOT NULL DEFAULT 0,
    retry_at     timestamptz NOT NULL,
    delivered_at timestamptz,
    ended_at     timestamptz,
    error        text
);
CREATE INDEX alarm_message_created_at_idx ON cron_engine.alarm_message (channel, created_at);
CREATE INDEX alarm_message_retry_at_idx ON cron_engine.alarm_message (channel, retry_at) WHERE ended_at IS NULL;

CREATE TABLE cron_engine.alarm_delivery (
    alarmid   bigint NOT NULL,
    channel   text NOT NULL,
    messageid uuid,
    CONSTRAINT alarm_delivery_pkey PRIMARY KEY (alarmid, channel)
);
CREATE INDEX alarm_delivery_message_idx ON cron_engine.alarm_delivery (messageid) WHERE messageid IS NOT NULL;
CREATE INDEX alarm_delivery_waiting_idx ON cron_engine.alarm_delivery (channel, alarmid) WHERE messageid IS NULL;

CREATE TABLE cron_engine.success_watch (
    jobid        bigint PRIMARY KEY,
    last_success timestamptz NOT NULL
) WITH (fillfactor = 50);

CREATE UNLOGGED TABLE cron_engine.alarm_condition (
    kind  text PRIMARY KEY,
    since timestamptz NOT NULL
);

CREATE UNLOGGED TABLE cron_engine.usual_duration (
    jobid      bigint PRIMARY KEY,
    p95        interval,
    counted_at timestamptz NOT NULL
);

CREATE UNLOGGED TABLE cron_engine.heartbeat (
    id        boolean PRIMARY KEY DEFAULT true CONSTRAINT heartbeat_one_row CHECK (id),
    called_at timestamptz NOT NULL
);
