CREATE OR REPLACE FUNCTION cron.job_cache_invalidate()
RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    -- An assignment, as PERFORM would show its statement in the context of an error.
    v_done text;
BEGIN
    IF TG_RELID <> 'cron.job'::regclass THEN
        -- Anybody may put it on a table of his own.
        RAISE EXCEPTION 'cron.job_cache_invalidate() is for cron.job only' USING ERRCODE = 'insufficient_privilege';
    END IF;
    CASE TG_OP
        WHEN 'TRUNCATE' THEN
            PERFORM cron_engine.forget_job(t.jobid) FROM cron_engine.timer t;
        WHEN 'DELETE' THEN
            PERFORM cron_engine.forget_job(OLD.jobid);
        WHEN 'INSERT' THEN
            PERFORM cron_engine.set_timer(NEW.jobid, clock_timestamp());
            IF NOT NEW.active THEN
                PERFORM cron_engine.note_pause(NEW.jobid);
            END IF;
            v_done := cron_engine.validate_chain(NEW.jobname, NEW.username, NEW.schedule);
        WHEN 'UPDATE' THEN
            IF NEW.jobid <> OLD.jobid THEN
                UPDATE cron.job_options o SET jobid = NEW.jobid WHERE o.jobid = OLD.jobid;
                UPDATE cron_engine.pause p SET jobid = NEW.jobid WHERE p.jobid = OLD.jobid;
                UPDATE cron.job_alarms a SET jobid = NEW.jobid WHERE a.jobid = OLD.jobid;
                PERFORM cron_engine.forget_job(OLD.jobid);
            END IF;
            -- Before the timer, which may find that there is nothing left to fire.
            IF NEW.active THEN
                DELETE FROM cron_engine.deactivation d WHERE d.jobid = NEW.jobid;
                DELETE FROM cron_engine.pause p WHERE p.jobid = NEW.jobid;
            ELSIF OLD.active AND NOT EXISTS (SELECT FROM cron_engine.deactivation d WHERE d.jobid = NEW.jobid) THEN
                PERFORM cron_engine.note_pause(NEW.jobid), cron_engine.skip_waiting_runs(NEW.jobid, 'job deactivated');
            END IF;
            -- Anything else leaves the timer alone: a new command must not shift an interval's grid.
            IF (NEW.jobid, NEW.schedule, NEW.active) IS DISTINCT FROM (OLD.jobid, OLD.schedule, OLD.active) THEN
                PERFORM cron_engine.set_timer(NEW.jobid, clock_timestamp());
            END IF;
            IF (NEW.schedule, NEW.jobname, NEW.username) IS DISTINCT FROM (OLD.schedule, OLD.jobname, OLD.username) THEN
                v_done := cron_engine.validate_chain(NEW.jobname, NEW.username, NEW.schedule);
            END IF;
    END CASE;
    RETURN NULL;
END;
$body$;
COMMENT ON FUNCTION cron.job_cache_invalidate() IS 'invalidate job cache';

CREATE OR REPLACE TRIGGER cron_job_cache_invalidate AFTER INSERT OR UPDATE OR DELETE ON cron.job
    FOR EACH ROW EXECUTE FUNCTION cron.job_cache_invalidate();
CREATE OR REPLACE TRIGGER cron_job_cache_truncate AFTER TRUNCATE ON cron.job
    FOR EACH STATEMENT EXECUTE FUNCTION cron.job_cache_invalidate();
