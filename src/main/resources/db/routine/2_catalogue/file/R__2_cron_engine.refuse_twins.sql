CREATE OR REPLACE FUNCTION cron_engine.refuse_twins(jobs jsonb[])
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_twin record;
BEGIN
    SELECT j ->> 'jobname' AS jobname, j ->> 'username' AS username INTO v_twin
      FROM unnest(jobs) j WHERE j ? 'jobname' GROUP BY 1, 2 HAVING count(*) > 1 ORDER BY 1, 2 LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'the file has job "%" of role "%" more than once', v_twin.jobname, v_twin.username
            USING ERRCODE = 'invalid_parameter_value', HINT = 'Of a role''s jobs each has a name of its own.', COLUMN = 'jobname';
    END IF;
END;
$body$;
COMMENT ON FUNCTION cron_engine.refuse_twins(jsonb[]) IS 'Refuses a file that has a job twice.';
