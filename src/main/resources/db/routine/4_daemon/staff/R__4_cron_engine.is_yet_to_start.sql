CREATE OR REPLACE FUNCTION cron_engine.is_yet_to_start(worker cron_engine.worker, at timestamptz)
RETURNS boolean
LANGUAGE plpgsql IMMUTABLE
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    -- A launcher that waits for the time is told before, see start_on_time(); later times are of before the clock was set back.
    RETURN worker.start_at IS NOT NULL OR worker.since BETWEEN at AND at + interval '10 ms';
END;
$body$;
COMMENT ON FUNCTION cron_engine.is_yet_to_start(cron_engine.worker, timestamptz) IS 'Whether a worker has a run reserved for it whose time has not come. at: the very time, not that of the tick, before which it may have begun.';
