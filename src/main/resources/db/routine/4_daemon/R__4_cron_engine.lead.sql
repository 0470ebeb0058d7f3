CREATE OR REPLACE FUNCTION cron_engine.leader_pid()
RETURNS integer
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT l.pid FROM pg_locks l
     WHERE l.locktype = 'advisory' AND l.classid = 1129467470 AND l.objid = 0 AND l.objsubid = 2 AND l.mode = 'ExclusiveLock' AND l.granted
           AND l.database = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database())
$body$;
COMMENT ON FUNCTION cron_engine.leader_pid() IS 'Process id of the session that leads; NULL: none does.';

CREATE OR REPLACE FUNCTION cron_engine.lead()
RETURNS void
LANGUAGE plpgsql
AS $body$
-- No search_path is pinned: a SET clause would undo the settings made here.
BEGIN
    IF pg_catalog.pg_is_in_recovery() THEN
        -- Advisory locks are each server's own: a standby would grant its own.
        RAISE EXCEPTION 'the server is a standby' USING ERRCODE = 'read_only_sql_transaction';
    END IF;
    IF cron_engine.leader_pid() OPERATOR(pg_catalog.=) pg_catalog.pg_backend_pid() THEN
        RETURN;
    END IF;
    IF NOT pg_catalog.pg_try_advisory_lock(1129467470, 0) THEN
        RAISE EXCEPTION 'another session leads' USING ERRCODE = 'object_in_use',
            DETAIL = pg_catalog.format('Its process id is %s.', cron_engine.leader_pid());
    END IF;
    -- The last line: no step of the daemon waits for a lock, and if one did, then not for long.
    PERFORM pg_catalog.set_config('lock_timeout', '1s', false);
    -- Compiling a plan takes longer than any of the daemon's.
    PERFORM pg_catalog.set_config('jit', 'off', false);
    PERFORM pg_catalog.set_config('application_name', 'cronlink daemon', false);
    PERFORM cron_engine.begin_to_lead(pg_catalog.clock_timestamp());
END;
$body$;
COMMENT ON FUNCTION cron_engine.lead() IS 'Makes this session the one that leads, if it is not yet.';

CREATE OR REPLACE FUNCTION cron_engine.begin_to_lead(now timestamptz)
RETURNS void
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $body$
    -- The workers of the last leader are not this one's; they end when they find no more runs.
    DELETE FROM cron_engine.worker;
    -- The clock may have been set back while nobody led.
    SELECT cron_engine.follow_clock(now, '0');
    SELECT cron_engine.enqueue(j.jobid, 'reboot', 1, NULL, NULL, NULL, now)
      FROM cron_engine.timer t
      JOIN cron.job j USING (jobid)
     WHERE (t.schedule).kind = 'reboot' AND j.active
$body$;
COMMENT ON FUNCTION cron_engine.begin_to_lead(timestamptz) IS 'What happens once when a daemon starts: jobs with @reboot run.';

CREATE OR REPLACE FUNCTION cron_engine.daemon_status(OUT leader_pid integer, OUT last_tick timestamptz)
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    -- The daemon begins a transaction at each step, so no row has to be written to show that it lives.
    SELECT p.pid, (SELECT coalesce(a.xact_start, a.state_change) FROM pg_stat_activity a WHERE a.pid = p.pid)
      FROM cron_engine.leader_pid() AS p (pid)
$body$;
COMMENT ON FUNCTION cron_engine.daemon_status() IS 'The session that leads and its last sign of life; NULL: none leads.';
