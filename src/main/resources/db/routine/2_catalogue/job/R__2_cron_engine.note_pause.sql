CREATE OR REPLACE FUNCTION cron_engine.note_pause(job_id bigint)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    INSERT INTO cron_engine.pause (jobid, paused_at, paused_by, note)
    VALUES (job_id, clock_timestamp(), coalesce(cron_engine.actor(), cron_engine.acting_role()),
            nullif(current_setting('cronlink.note', true), ''))
    ON CONFLICT ON CONSTRAINT pause_pkey DO UPDATE SET paused_at = EXCLUDED.paused_at, paused_by = EXCLUDED.paused_by, note = EXCLUDED.note;
END;
$body$;
COMMENT ON FUNCTION cron_engine.note_pause(bigint) IS 'Notes who deactivates a job.';
