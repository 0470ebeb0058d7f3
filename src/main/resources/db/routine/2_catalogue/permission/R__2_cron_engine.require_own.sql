CREATE OR REPLACE FUNCTION cron_engine.require_own(caller text, username text, what text)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    IF username IS NULL OR username <> caller AND NOT cron_engine.is_administrator(caller) THEN
        -- One answer for what is missing and for what is another's: nobody learns from it what others have.
        RAISE EXCEPTION '% does not exist or you don''t own it', what USING ERRCODE = 'no_data_found';
    END IF;
END;
$body$;
COMMENT ON FUNCTION cron_engine.require_own(text, text, text) IS 'Refuses what belongs neither to the caller nor, for an administrator, to anybody.';
