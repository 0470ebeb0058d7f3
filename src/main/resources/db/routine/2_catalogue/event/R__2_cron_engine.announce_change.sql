CREATE OR REPLACE FUNCTION cron_engine.announce_change()
RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    IF TG_RELID = 'cron.settings'::regclass THEN
        INSERT INTO cron_engine.changed_job (jobid) SELECT NULL WHERE NEW IS DISTINCT FROM OLD;
    ELSIF TG_OP = 'TRUNCATE' THEN
        INSERT INTO cron_engine.changed_job (jobid) SELECT j.jobid FROM cron.job j;
    ELSIF NEW IS DISTINCT FROM OLD THEN
        INSERT INTO cron_engine.changed_job (jobid) SELECT DISTINCT c.jobid FROM (VALUES (NEW.jobid), (OLD.jobid)) c (jobid) WHERE c.jobid IS NOT NULL;
    END IF;
    RETURN NULL;
END;
$body$;
COMMENT ON FUNCTION cron_engine.announce_change() IS
    'Has the daemon tell that a job or the settings have changed, see cron_engine.tell_changes(). Not here: a NOTIFY takes a lock of the whole server at the commit of whoever changes something.';

CREATE OR REPLACE TRIGGER announce_change AFTER INSERT OR UPDATE OR DELETE ON cron.job
    FOR EACH ROW EXECUTE FUNCTION cron_engine.announce_change();
CREATE OR REPLACE TRIGGER announce_removal BEFORE TRUNCATE ON cron.job
    FOR EACH STATEMENT EXECUTE FUNCTION cron_engine.announce_change();
CREATE OR REPLACE TRIGGER announce_change AFTER INSERT OR UPDATE OR DELETE ON cron.job_options
    FOR EACH ROW EXECUTE FUNCTION cron_engine.announce_change();
CREATE OR REPLACE TRIGGER announce_removal BEFORE TRUNCATE ON cron.job_options
    FOR EACH STATEMENT EXECUTE FUNCTION cron_engine.announce_change();
CREATE OR REPLACE TRIGGER announce_change AFTER UPDATE ON cron.settings
    FOR EACH ROW EXECUTE FUNCTION cron_engine.announce_change();
