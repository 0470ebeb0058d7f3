CREATE OR REPLACE FUNCTION cron_engine.validate_role(role_name text)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_role record;
BEGIN
    SELECT r.rolcanlogin, r.rolsuper INTO v_role FROM pg_roles r WHERE r.rolname = role_name;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'role "%" does not exist', role_name USING ERRCODE = 'undefined_object';
    END IF;
    IF NOT v_role.rolcanlogin THEN
        RAISE EXCEPTION 'role "%" can not log in', role_name
            USING ERRCODE = 'invalid_authorization_specification',
                  DETAIL = 'Jobs may only be run by roles that have the LOGIN attribute.';
    END IF;
    IF v_role.rolsuper AND NOT (SELECT s.enable_superuser_jobs FROM cron.settings s) THEN
        RAISE EXCEPTION 'cannot schedule jobs as superuser'
            USING ERRCODE = 'insufficient_privilege',
                  DETAIL = 'Scheduling jobs as superuser is disallowed when cron.enable_superuser_jobs is set to off.';
    END IF;
    IF NOT EXISTS (SELECT FROM cron_engine.login l WHERE l.username = role_name) THEN
        RAISE WARNING 'no login is registered for role "%", its jobs will fail', role_name
            USING HINT = cron_engine.login_hint(role_name);
    END IF;
END;
$body$;
COMMENT ON FUNCTION cron_engine.validate_role(text) IS 'Refuses a role that cannot own jobs; warns of one whose jobs cannot run yet.';

CREATE OR REPLACE FUNCTION cron_engine.validate_database(role_name text, database_name text)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_database d WHERE d.datname = database_name) THEN
        RAISE EXCEPTION 'database "%" does not exist', database_name USING ERRCODE = 'invalid_catalog_name';
    END IF;
    IF NOT has_database_privilege(role_name, database_name, 'CONNECT') THEN
        RAISE EXCEPTION 'User % does not have CONNECT privilege on %', role_name, database_name
            USING ERRCODE = 'insufficient_privilege';
    END IF;
END;
$body$;
COMMENT ON FUNCTION cron_engine.validate_database(text, text) IS 'Refuses a database of the own server that the role cannot connect to.';

CREATE OR REPLACE FUNCTION cron_engine.validate_timezone(timezone text)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    -- PostgreSQL itself would take 'FOO+5' for a zone in POSIX notation, with the sign reversed: a typing error that nobody notices.
    IF NOT EXISTS (SELECT FROM pg_timezone_names n WHERE lower(n.name) = lower($1)) THEN
        RAISE EXCEPTION 'time zone "%" not recognized', timezone
            USING ERRCODE = 'invalid_parameter_value', HINT = 'Use a name from pg_timezone_names, such as Europe/Berlin.';
    END IF;
END;
$body$;
COMMENT ON FUNCTION cron_engine.validate_timezone(text) IS 'Refuses a name that is no IANA time zone.';

CREATE OR REPLACE FUNCTION cron_engine.validate_job()
RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_new boolean := TG_OP = 'INSERT';
BEGIN
    -- The order of the checks is pg_cron's.
    IF v_new OR NEW.schedule IS DISTINCT FROM OLD.schedule THEN
        PERFORM cron_engine.parse_schedule(NEW.schedule);
        -- The row of an INSERT that gives way to ON CONFLICT DO UPDATE comes here twice.
        IF cron_engine.has_sixth_field(NEW.schedule)
           AND NOT (v_new AND EXISTS (SELECT FROM cron.job j WHERE j.jobname = NEW.jobname AND j.username = NEW.username
                                                               AND j.schedule <> NEW.schedule)) THEN
            RAISE WARNING 'the sixth field of schedule "%" is ignored', NEW.schedule
                USING HINT = 'Cron schedules have five fields, the first one is minutes. For seconds use an interval, such as ''10 seconds''.';
        END IF;
    END IF;
    IF v_new OR NEW.username IS DISTINCT FROM OLD.username THEN
        PERFORM cron_engine.validate_role(NEW.username);
    END IF;
    IF (v_new OR (NEW.username, NEW.database, NEW.nodename, NEW.nodeport)
                 IS DISTINCT FROM (OLD.username, OLD.database, OLD.nodename, OLD.nodeport))
       AND cron_engine.is_home(NEW.nodename, NEW.nodeport) THEN
        PERFORM cron_engine.validate_database(NEW.username, NEW.database);
    END IF;
    IF NEW.timezone IS NOT NULL AND (v_new OR NEW.timezone IS DISTINCT FROM OLD.timezone) THEN
        PERFORM cron_engine.validate_timezone(NEW.timezone);
    END IF;
    IF NEW.active THEN
        NEW.deactivated_reason := NULL;
    END IF;
    RETURN NEW;
END;
$body$;
COMMENT ON FUNCTION cron_engine.validate_job() IS 'Checks each row of cron.job, however it is written.';

DROP TRIGGER IF EXISTS cron_job_validate ON cron.job;
CREATE TRIGGER cron_job_validate BEFORE INSERT OR UPDATE ON cron.job
    FOR EACH ROW EXECUTE FUNCTION cron_engine.validate_job();
