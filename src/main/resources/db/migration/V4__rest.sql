-- In schema cron pg_cron has two sequences, and so have we.
CREATE SEQUENCE cron_engine.audit_seq;

-- Who changed or ran what. No foreign key, and no constraint that a change could fail of: it only tells.
CREATE TABLE cron.audit (
    auditid     bigint NOT NULL DEFAULT nextval('cron_engine.audit_seq') CONSTRAINT audit_pkey PRIMARY KEY,
    changed_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    role        text NOT NULL,
    actor       text,
    action      text NOT NULL,
    object_type text NOT NULL,
    object_id   text NOT NULL,
    username    text,
    note        text,
    before      jsonb,
    after       jsonb
);
CREATE INDEX audit_object_idx ON cron.audit (object_type, object_id, auditid);

ALTER TABLE cron.settings
    ADD COLUMN keep_audit interval DEFAULT '1 year' CHECK (keep_audit BETWEEN '0' AND '100 years'),
    ADD CONSTRAINT settings_audit_years_and_days CHECK (abs(extract(year FROM keep_audit)) <= 100 AND abs(extract(day FROM keep_audit)) <= 36525);

-- Jobs that a person has deactivated; for those that the scheduler has there is cron_engine.deactivation.
CREATE TABLE cron_engine.pause (
    jobid     bigint PRIMARY KEY,
    paused_at timestamptz NOT NULL,
    paused_by text NOT NULL,
    note      text
);

CREATE TABLE cron_engine.idempotency_key (
    actor      text NOT NULL,
    key        text NOT NULL,
    request    text NOT NULL,
    runid      bigint,
    created_at timestamptz NOT NULL,
    CONSTRAINT idempotency_key_pkey PRIMARY KEY (actor, key)
);
CREATE INDEX idempotency_key_created_idx ON cron_engine.idempotency_key (created_at);

-- They have a parameter more.
DROP FUNCTION IF EXISTS cron.pause_job(bigint), cron.resume_job(bigint);
