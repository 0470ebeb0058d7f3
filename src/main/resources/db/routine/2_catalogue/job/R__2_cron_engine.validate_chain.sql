CREATE OR REPLACE FUNCTION cron_engine.validate_chain(job_name text, role_name text, schedule text)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_after text := (cron_engine.parse_schedule(schedule)).after_job;
BEGIN
    IF v_after IS NULL THEN
        RETURN;
    END IF;
    -- Two sessions that each add a part of a circle would not see each other's.
    INSERT INTO cron_engine.chain AS c (username) VALUES (role_name) ON CONFLICT ON CONSTRAINT chain_pkey DO UPDATE SET username = c.username;
    IF v_after <> coalesce(job_name, '') AND NOT EXISTS (SELECT FROM cron.job j WHERE j.jobname = v_after AND j.username = role_name) THEN
        RAISE WARNING 'there is no job "%" of role "%" yet', v_after, role_name;
    END IF;
    IF EXISTS (
        -- UNION, not UNION ALL, so that a circle which exists already ends the search too.
        WITH RECURSIVE before (name) AS (
            SELECT v_after
            UNION
            SELECT (t.schedule).after_job
              FROM before b
              JOIN cron.job j ON j.jobname = b.name AND j.username = role_name
              JOIN cron_engine.timer t ON t.jobid = j.jobid AND (t.schedule).after_job IS NOT NULL
        )
        SELECT FROM before b WHERE b.name = job_name
    ) THEN
        RAISE EXCEPTION 'invalid schedule: %', schedule
            USING ERRCODE = 'invalid_parameter_value',
                  DETAIL = format('Job "%s" would run after itself.', job_name),
                  HINT = 'Break the circle of @after schedules.', COLUMN = 'schedule';
    END IF;
END;
$body$;
COMMENT ON FUNCTION cron_engine.validate_chain(text, text, text) IS 'Refuses an @after schedule that leads back to its own job; called when all rows of a statement are written, because together they may make a circle.';
