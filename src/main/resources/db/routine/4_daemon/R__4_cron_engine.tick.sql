CREATE OR REPLACE FUNCTION cron_engine.tick(now timestamptz)
RETURNS integer
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_activity integer := cron_engine.settle_ended_runs(now);
BEGIN
    IF NOT (SELECT s.paused FROM cron.settings s) THEN
        v_activity := v_activity + cron_engine.fire_timers(now, 500);
    END IF;
    RETURN v_activity + cron_engine.make_ready(now);
END;
$body$;
COMMENT ON FUNCTION cron_engine.tick(timestamptz) IS
    'One tick at the given time: fires due timers, settles ended runs, makes waiting ones ready. Returns how much happened.';

CREATE OR REPLACE FUNCTION cron_engine.sweep(now timestamptz)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    PERFORM cron_engine.send_stops(now);
    PERFORM cron_engine.recover_lost_runs(now);
    PERFORM cron_engine.retire_workers(now);
END;
$body$;
COMMENT ON FUNCTION cron_engine.sweep(timestamptz) IS 'What is due now and then: stops runs, recovers lost ones, parts with idle workers.';

CREATE OR REPLACE FUNCTION cron_engine.pause(now timestamptz, poll double precision)
RETURNS double precision
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_next timestamptz;
BEGIN
    SELECT min(t.next_fire) INTO v_next FROM cron_engine.timer t WHERE t.next_fire IS NOT NULL;
    RETURN greatest(0, least(poll, extract(epoch FROM v_next - now)));
END;
$body$;
COMMENT ON FUNCTION cron_engine.pause(timestamptz, double precision) IS 'How long to sleep, in seconds: until the next fire, at most the poll.';

CREATE OR REPLACE FUNCTION cron_engine.version()
RETURNS integer
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT max(h.installed_rank) FROM cron_engine.flyway_schema_history h
$body$;
COMMENT ON FUNCTION cron_engine.version() IS 'Counts up with each migration: a daemon that began with an older one gives way.';
