CREATE OR REPLACE FUNCTION cron_engine.watch_launchers(now timestamptz)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_name text;
BEGIN
    FOR v_name IN SELECT l.name FROM cron_engine.launcher l WHERE l.asked_at IS NOT NULL OR l.name = ANY (cron_engine.looking_launchers()) LOOP
        PERFORM cron_engine.hear_launcher(v_name, now);
    END LOOP;
    -- A look that takes until the next tick may be one that hangs.
    UPDATE cron_engine.launcher l SET asked_at = now
     WHERE l.asked_at IS NULL AND l.name = ANY (cron_engine.looking_launchers())
           -- The clock was set back.
           OR l.asked_at > now + interval '0.1 s';
    -- Where others wait for it, it has less time.
    PERFORM cron_engine.abandon_launcher(l.name, now)
       FROM cron_engine.launcher l CROSS JOIN cron.settings s
      WHERE l.asked_at < now - CASE WHEN l.login IS NULL THEN interval '0.8 s' ELSE s.connect_timeout END;
    -- What was told of them went down with a step that failed.
    PERFORM cron_engine.close_worker(w.name)
       FROM cron_engine.worker w JOIN cron_engine.launcher l ON l.name = w.launcher
      WHERE w.pid IS NULL AND l.asked_at IS NULL;
    IF (nullif(current_setting('cronlink.last_look', true), '')::timestamptz BETWEEN now - interval '20 ms' AND now) IS NOT TRUE THEN
        PERFORM set_config('cronlink.last_look', now::text, false);
        PERFORM cron_engine.look_at_workers(l.name, now) FROM cron_engine.launcher l;
    END IF;
END;
$body$;
COMMENT ON FUNCTION cron_engine.watch_launchers(timestamptz) IS
    'Hears the launchers, gives up those that hang, and asks the others how their workers get on.';
