CREATE OR REPLACE FUNCTION cron_engine.sweep(now timestamptz)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    IF EXISTS (SELECT FROM cron_engine.queue) THEN
        PERFORM cron_engine.run_step('send stops', now);
        PERFORM cron_engine.run_step('recover', now);
        PERFORM cron_engine.run_step('expire', now);
        PERFORM cron_engine.run_step('look again', now);
    END IF;
    PERFORM cron_engine.run_step('count', now);
    PERFORM cron_engine.run_step('retire', now);
    PERFORM cron_engine.run_step('connect ahead', now);
    PERFORM cron_engine.run_step('tell', now);
    PERFORM cron_engine.run_step('explain delays', now);
    PERFORM cron_engine.run_step('mend', now);
END;
$body$;
COMMENT ON FUNCTION cron_engine.sweep(timestamptz) IS
    'What is due now and then: stops runs, recovers lost ones, skips late ones, looks again at what waits, counts what ended, parts with idle workers, connects those needed soon, tells what is late and why, mends what is out of order.';
