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
    PERFORM cron_engine.anticipate(now);
    PERFORM cron_engine.tell_failures('{}', now);
EXCEPTION WHEN lock_not_available THEN
    RAISE LOG 'cronlink: a sweep was given up: %', SQLERRM;
END;
$body$;
COMMENT ON FUNCTION cron_engine.sweep(timestamptz) IS 'What is due now and then: stops runs, recovers lost ones, skips late ones, parts with idle workers, connects those needed soon.';
