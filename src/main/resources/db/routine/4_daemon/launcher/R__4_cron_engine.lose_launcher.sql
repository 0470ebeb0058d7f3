CREATE OR REPLACE FUNCTION cron_engine.lose_launcher(launcher_name text, at timestamptz DEFAULT clock_timestamp())
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    -- What its workers have begun they end, like those of a daemon that is gone; what was only reserved for them others can begin.
    PERFORM cron_engine.give_back(w.reserved, w.pid)
       FROM cron_engine.worker w
      WHERE w.launcher = launcher_name AND w.reserved IS NOT NULL
            -- Or it was about to send them their CALL, see start_on_time().
            AND (cron_engine.is_yet_to_start(w, at)
                 OR EXISTS (SELECT FROM cron_engine.launcher l CROSS JOIN unnest(l.orders) o WHERE l.name = launcher_name AND o.worker = w.name AND o.action = 'send'));
    DELETE FROM cron_engine.worker w WHERE w.launcher = launcher_name;
    PERFORM cron_engine.disconnect(launcher_name);
    PERFORM set_config('cronlink.looking', array_remove(cron_engine.looking_launchers(), launcher_name)::text, false);
    DELETE FROM cron_engine.launcher l WHERE l.name = launcher_name;
END;
$body$;
COMMENT ON FUNCTION cron_engine.lose_launcher(text, timestamptz) IS 'Closes the session of a launcher, and so gives up its workers.';
