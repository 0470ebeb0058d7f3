CREATE OR REPLACE FUNCTION cron_engine.serve_request()
RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_detail     text;
    v_hint       text;
    v_constraint text;
    v_column     text;
BEGIN
    -- Who may not call the function may not go round it either; and on a view of somebody else's, OLD would be what he likes.
    IF TG_RELID <> 'cron_engine.request'::regclass OR NOT has_schema_privilege(OLD.caller, 'cron', 'USAGE')
       OR NOT has_function_privilege(OLD.caller, NEW.routine, 'EXECUTE') THEN
        RAISE EXCEPTION 'permission denied for function %', NEW.routine USING ERRCODE = 'insufficient_privilege';
    END IF;
    NEW := cron_engine.serve(OLD.caller, NEW);
    RETURN NEW;
EXCEPTION WHEN OTHERS THEN
    -- Raised again, as the context would list the engine's functions one below the other. What is absent must stay so, and a row is not shown.
    GET STACKED DIAGNOSTICS v_detail = PG_EXCEPTION_DETAIL, v_hint = PG_EXCEPTION_HINT, v_constraint = CONSTRAINT_NAME,
                            v_column = COLUMN_NAME;
    IF NEW.password IS NOT NULL THEN
        PERFORM cron_engine.hide_statement();
    END IF;
    IF SQLSTATE = '23514' THEN
        RAISE EXCEPTION USING ERRCODE = SQLSTATE, MESSAGE = SQLERRM, CONSTRAINT = v_constraint, HINT = cron_engine.rule_hint(v_constraint);
    ELSIF v_detail = '' AND v_hint = '' THEN
        RAISE EXCEPTION USING ERRCODE = SQLSTATE, MESSAGE = SQLERRM, COLUMN = v_column;
    ELSIF v_hint = '' THEN
        RAISE EXCEPTION USING ERRCODE = SQLSTATE, MESSAGE = SQLERRM, COLUMN = v_column, DETAIL = v_detail;
    ELSIF v_detail = '' THEN
        RAISE EXCEPTION USING ERRCODE = SQLSTATE, MESSAGE = SQLERRM, COLUMN = v_column, HINT = v_hint;
    END IF;
    RAISE EXCEPTION USING ERRCODE = SQLSTATE, MESSAGE = SQLERRM, COLUMN = v_column, DETAIL = v_detail, HINT = v_hint;
END;
$body$;
COMMENT ON FUNCTION cron_engine.serve_request() IS 'Does what cron_engine.request asks for, with the rights of the engine''s owner and for the role that asks.';

CREATE OR REPLACE TRIGGER serve_request INSTEAD OF UPDATE ON cron_engine.request
    FOR EACH ROW EXECUTE FUNCTION cron_engine.serve_request();
