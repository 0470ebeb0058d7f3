CREATE OR REPLACE FUNCTION cron_engine.require_administrator()
RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    -- Not SECURITY DEFINER: it is about who executes the statement.
    IF NOT cron_engine.is_administrator(CURRENT_USER::text) THEN
        RAISE EXCEPTION 'permission denied for table %', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NULL;
END;
$body$;
COMMENT ON FUNCTION cron_engine.require_administrator() IS 'Refuses TRUNCATE, which row security does not cover, to all but administrators.';

DO $body$
DECLARE
    v_table text;
BEGIN
    -- The name comes first in the order in which triggers fire.
    FOREACH v_table IN ARRAY '{job,job_options,job_alarms,job_run_details,job_group,settings,alarm,alarm_settings,audit}'::text[] LOOP
        EXECUTE pg_catalog.format('CREATE OR REPLACE TRIGGER administrators_truncate BEFORE TRUNCATE ON cron.%I '
                                  'FOR EACH STATEMENT EXECUTE FUNCTION cron_engine.require_administrator()', v_table);
    END LOOP;
END;
$body$;
