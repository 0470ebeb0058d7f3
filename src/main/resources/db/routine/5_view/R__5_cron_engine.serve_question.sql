CREATE OR REPLACE FUNCTION cron_engine.serve_question()
RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_hint   text;
    v_column text;
BEGIN
    -- As in serve_request().
    IF TG_RELID <> 'cron_engine.question'::regclass OR NOT has_schema_privilege(OLD.caller, 'cron', 'USAGE')
       OR NOT has_function_privilege(OLD.caller, 'cron.why(bigint,interval)', 'EXECUTE') THEN
        RAISE EXCEPTION 'permission denied for function cron.why' USING ERRCODE = 'insufficient_privilege';
    END IF;
    NEW.facts := cron_engine.why(OLD.caller, NEW.job_id, NEW.since, clock_timestamp());
    RETURN NEW;
EXCEPTION WHEN no_data_found OR invalid_parameter_value OR insufficient_privilege THEN
    -- Raised again, as the context would list the engine's functions one below the other.
    GET STACKED DIAGNOSTICS v_hint = PG_EXCEPTION_HINT, v_column = COLUMN_NAME;
    IF v_hint = '' THEN
        RAISE EXCEPTION USING ERRCODE = SQLSTATE, MESSAGE = SQLERRM, COLUMN = v_column;
    END IF;
    RAISE EXCEPTION USING ERRCODE = SQLSTATE, MESSAGE = SQLERRM, COLUMN = v_column, HINT = v_hint;
END;
$body$;
COMMENT ON FUNCTION cron_engine.serve_question() IS 'Answers what cron_engine.question asks, with the rights of the engine''s owner and for the role that asks.';

CREATE OR REPLACE TRIGGER serve_question INSTEAD OF UPDATE ON cron_engine.question
    FOR EACH ROW EXECUTE FUNCTION cron_engine.serve_question();
