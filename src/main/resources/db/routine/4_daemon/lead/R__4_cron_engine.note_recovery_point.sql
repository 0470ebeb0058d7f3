CREATE OR REPLACE FUNCTION cron_engine.note_recovery_point()
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    -- Only the daemon fires, so no fire is on its way with a lower runid than those that it has queued or will queue. Others' runs are kept.
    v_first bigint := least(coalesce((SELECT min(q.runid) FROM cron_engine.queue q), (SELECT s.last_value FROM cron.runid_seq s)),
                            (SELECT min(f.item::bigint) FROM cron_engine.fault f WHERE f.step = 'restore run'));
BEGIN
    UPDATE cron_engine.recovery_point p SET first_runid = v_first WHERE p.first_runid <> v_first AND EXISTS (SELECT FROM cron_engine.working_set_complete);
END;
$body$;
COMMENT ON FUNCTION cron_engine.note_recovery_point() IS 'Notes which runs have surely ended, so that a recovery need not read the whole history.';
