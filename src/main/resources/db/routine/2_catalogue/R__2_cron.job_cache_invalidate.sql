CREATE OR REPLACE FUNCTION cron.job_cache_invalidate()
RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    CASE TG_OP
        WHEN 'TRUNCATE' THEN
            PERFORM cron_engine.forget_job(t.jobid) FROM cron_engine.timer t;
        WHEN 'DELETE' THEN
            PERFORM cron_engine.forget_job(OLD.jobid);
        WHEN 'INSERT' THEN
            PERFORM cron_engine.set_timer(NEW, clock_timestamp());
            PERFORM cron_engine.validate_chain(NEW.jobname, NEW.username, NEW.schedule);
        WHEN 'UPDATE' THEN
            IF NEW.jobid <> OLD.jobid THEN
                PERFORM cron_engine.forget_job(OLD.jobid);
            END IF;
            -- Anything else leaves the timer alone: a new command must not shift an interval's grid.
            IF (NEW.jobid, NEW.schedule, NEW.timezone, NEW.valid_from, NEW.valid_until, NEW.jitter, NEW.active)
               IS DISTINCT FROM
               (OLD.jobid, OLD.schedule, OLD.timezone, OLD.valid_from, OLD.valid_until, OLD.jitter, OLD.active) THEN
                PERFORM cron_engine.set_timer(NEW, clock_timestamp());
            END IF;
            IF (NEW.schedule, NEW.jobname, NEW.username) IS DISTINCT FROM (OLD.schedule, OLD.jobname, OLD.username) THEN
                PERFORM cron_engine.validate_chain(NEW.jobname, NEW.username, NEW.schedule);
            END IF;
    END CASE;
    RETURN NULL;
END;
$body$;
COMMENT ON FUNCTION cron.job_cache_invalidate() IS 'invalidate job cache';

DROP TRIGGER IF EXISTS cron_job_cache_invalidate ON cron.job;
CREATE TRIGGER cron_job_cache_invalidate AFTER INSERT OR UPDATE OR DELETE ON cron.job
    FOR EACH ROW EXECUTE FUNCTION cron.job_cache_invalidate();
DROP TRIGGER IF EXISTS cron_job_cache_truncate ON cron.job;
CREATE TRIGGER cron_job_cache_truncate AFTER TRUNCATE ON cron.job
    FOR EACH STATEMENT EXECUTE FUNCTION cron.job_cache_invalidate();
