CREATE OR REPLACE FUNCTION cron_engine.tick(now timestamptz)
RETURNS integer
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_last     timestamptz := nullif(current_setting('cronlink.last_tick', true), '');
    v_activity integer;
BEGIN
    PERFORM set_config('cronlink.last_tick', now::text, false);
    IF now < v_last - interval '1 minute' THEN
        PERFORM cron_engine.follow_clock(now, v_last - now);
    END IF;
    v_activity := cron_engine.settle_ended_runs(now);
    IF NOT (SELECT s.paused FROM cron.settings s) THEN
        v_activity := v_activity + cron_engine.fire_due(now);
    END IF;
    RETURN v_activity + cron_engine.make_ready(now);
EXCEPTION WHEN lock_not_available THEN
    -- Nothing in a tick should wait for a lock; should something, then the tick is undone and comes again.
    RAISE LOG 'cronlink: a tick was given up: %', SQLERRM;
    RETURN 0;
END;
$body$;
COMMENT ON FUNCTION cron_engine.tick(timestamptz) IS
    'One tick at the given time: settles ended runs, fires due timers, makes waiting runs ready. Returns how much happened.';

CREATE OR REPLACE FUNCTION cron_engine.sweep(now timestamptz)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    IF EXISTS (SELECT FROM cron_engine.queue) THEN
        PERFORM cron_engine.send_stops(now);
        PERFORM cron_engine.recover_lost_runs(now);
        PERFORM cron_engine.expire_waiting_runs(now);
    END IF;
    PERFORM cron_engine.retire_workers(now);
EXCEPTION WHEN lock_not_available THEN
    RAISE LOG 'cronlink: a sweep was given up: %', SQLERRM;
END;
$body$;
COMMENT ON FUNCTION cron_engine.sweep(timestamptz) IS 'What is due now and then: stops runs, recovers lost ones, skips late ones, parts with idle workers.';

CREATE OR REPLACE FUNCTION cron_engine.pause(now timestamptz, poll double precision)
RETURNS double precision
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    -- Paused, or with more due than one tick fires, the next fire may lie behind: never spin.
    RETURN greatest(0.001, least(poll, extract(epoch FROM cron_engine.first_fire() - now)));
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
