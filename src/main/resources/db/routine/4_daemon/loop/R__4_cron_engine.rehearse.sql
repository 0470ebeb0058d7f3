CREATE OR REPLACE FUNCTION cron_engine.rehearse(now timestamptz, planned_at timestamptz, activity integer, quiet double precision)
RETURNS timestamptz
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    IF activity > 0 THEN
        RETURN now;
    ELSIF quiet > 0.1 OR planned_at > now - interval '0.2 s' OR (cron_engine.first_fire() - now BETWEEN cron_engine.fire_is_next() AND cron_engine.fire_is_near()) IS NOT TRUE THEN
        RETURN planned_at;
    END IF;
    PERFORM cron_engine.fire_timers(now, 0, cron_engine.head_start()), cron_engine.ready_runs('{}', now), cron_engine.give_orders('-', '{}', now);
    PERFORM cron_engine.staff_ahead(w.login, '{}', now) FROM cron_engine.worker w WHERE NOT w.busy LIMIT 1;
    RETURN now;
EXCEPTION WHEN OTHERS THEN
    -- Where it matters it fails again, and is told.
    RETURN now;
END;
$body$;
COMMENT ON FUNCTION cron_engine.rehearse(timestamptz, timestamptz, integer, double precision) IS
    'Shortly before a fire plans what it needs, by doing all of it with no job: in a new session, and after each VACUUM and ANALYZE, planning takes longer than all the rest. planned_at: when that was last done, by this or, with activity, by a tick; quiet: see quiet_time(). Returns when now.';
