CREATE OR REPLACE FUNCTION cron_engine.start_workers(names text[], now timestamptz)
RETURNS integer
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    UPDATE cron_engine.worker w SET busy = true, since = now WHERE w.name = ANY (names);
    PERFORM cron_engine.give_orders(w.launcher, array_agg(('send', w.name, NULL, cron_engine.work_call(w.seat))::cron_engine.launcher_order), now)
       FROM cron_engine.worker w WHERE w.name = ANY (names)
      GROUP BY w.launcher;
    RETURN (SELECT count(*) FROM cron_engine.worker w WHERE w.name = ANY (names));
END;
$body$;
COMMENT ON FUNCTION cron_engine.start_workers(text[], timestamptz) IS 'Sets idle workers to work. Returns how many; those whose connection was broken are gone.';
