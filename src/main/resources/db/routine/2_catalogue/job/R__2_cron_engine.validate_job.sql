CREATE OR REPLACE FUNCTION cron_engine.validate_job()
RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_new  boolean := TG_OP = 'INSERT';
    -- Assignments, as PERFORM would show its statement in the context of each error.
    v_done text;
BEGIN
    -- The order of the checks is pg_cron's.
    IF v_new OR NEW.schedule IS DISTINCT FROM OLD.schedule THEN
        v_done := cron_engine.parse_schedule(NEW.schedule);
        -- The row of an INSERT that gives way to ON CONFLICT DO UPDATE comes here twice.
        IF cron_engine.has_sixth_field(NEW.schedule)
           AND NOT (v_new AND EXISTS (SELECT FROM cron.job j WHERE j.jobname = NEW.jobname AND j.username = NEW.username
                                                               AND j.schedule <> NEW.schedule)) THEN
            RAISE WARNING 'the sixth field of schedule "%" is ignored', NEW.schedule
                USING HINT = 'Cron schedules have five fields, the first one is minutes. For seconds use an interval, such as ''10 seconds''.';
        END IF;
    END IF;
    IF v_new OR NEW.username IS DISTINCT FROM OLD.username THEN
        v_done := cron_engine.validate_role(NEW.username);
        v_done := cron_engine.warn_of_login(NEW.username);
    END IF;
    IF (v_new OR (NEW.username, NEW.database, NEW.nodename, NEW.nodeport)
                 IS DISTINCT FROM (OLD.username, OLD.database, OLD.nodename, OLD.nodeport))
       AND cron_engine.is_home(NEW.nodename, NEW.nodeport) AND (v_new OR NOT cron_engine.stays_home(OLD, NEW)) THEN
        v_done := cron_engine.validate_database(NEW.username, NEW.database);
    END IF;
    RETURN NEW;
END;
$body$;
COMMENT ON FUNCTION cron_engine.validate_job() IS 'Checks each row of cron.job, however it is written.';

CREATE OR REPLACE TRIGGER cron_job_validate BEFORE INSERT OR UPDATE ON cron.job
    FOR EACH ROW EXECUTE FUNCTION cron_engine.validate_job();
