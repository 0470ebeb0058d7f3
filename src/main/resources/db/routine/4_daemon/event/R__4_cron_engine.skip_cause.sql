CREATE OR REPLACE FUNCTION cron_engine.skip_cause(message text)
RETURNS text
LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT CASE WHEN message ~ '^missed' THEN 'missed'
                WHEN message = 'start deadline passed' THEN 'start_deadline'
                WHEN message = 'the job was still running' THEN 'still_running'
                WHEN message = 'another run of the job was waiting' THEN 'already_waiting'
                WHEN message = 'gave way to the next fire' THEN 'gave_way'
                WHEN message ~ '^job (deactivated|unscheduled)' THEN 'job_gone'
                ELSE 'other' END
$body$;
COMMENT ON FUNCTION cron_engine.skip_cause(text) IS 'Why a run was skipped, in one word, from the return_message that says so.';
