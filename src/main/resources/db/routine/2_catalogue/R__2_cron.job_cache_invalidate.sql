CREATE OR REPLACE FUNCTION cron.job_cache_invalidate()
RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    CASE TG_OP
        WHEN 'TRUNCATE' THEN
            DELETE FROM cron_engine.timer;
            DELETE FROM cron_engine.queue WHERE pid IS NULL AND jobid IS NOT NULL;
        WHEN 'DELETE' THEN
            PERFORM cron_engine.forget_job(OLD.jobid);
        WHEN 'INSERT' THEN
            PERFORM cron_engine.set_timer(NEW, clock_timestamp());
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
