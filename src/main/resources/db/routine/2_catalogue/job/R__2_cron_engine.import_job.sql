CREATE OR REPLACE FUNCTION cron_engine.import_job(
    schedule text, command text, nodename text, nodeport integer, database text, username text, active boolean, jobname text, ordinal bigint)
RETURNS boolean
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    -- Of jobs without a name there may be several that are alike.
    IF (SELECT count(*) FROM cron.job j
         WHERE j.username = $6
           AND CASE WHEN $8 IS NOT NULL THEN j.jobname = $8
                    ELSE j.jobname IS NULL AND (j.schedule, j.command, j.database) = ($1, $2, $5) END) >= ordinal THEN
        RETURN false;
    END IF;
    IF nodename IS NULL THEN
        INSERT INTO cron.job (schedule, command, database, username, active, jobname) VALUES ($1, $2, $5, $6, $7, $8);
    ELSE
        INSERT INTO cron.job (schedule, command, nodename, nodeport, database, username, active, jobname)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8);
    END IF;
    RETURN true;
EXCEPTION WHEN undefined_object OR invalid_catalog_name OR insufficient_privilege OR data_exception OR invalid_authorization_specification
       OR check_violation THEN
    RAISE WARNING 'job % of role "%" was not taken over: %', quote_literal(left(coalesce(jobname, command), 200)), username, SQLERRM;
    RETURN false;
END;
$body$;
COMMENT ON FUNCTION cron_engine.import_job(text, text, text, integer, text, text, boolean, text, bigint) IS
    'Makes one job of pg_cron''s, the ordinal-th of those that are alike, unless it is here already; whether it did. No nodename: the own server.';
