CREATE OR REPLACE FUNCTION cron_engine.options_changed()
RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_now timestamptz := clock_timestamp();
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        PERFORM cron_engine.do_each('set timer', ARRAY(SELECT t.jobid::text FROM cron_engine.timer t ORDER BY t.jobid), v_now);
        UPDATE cron.job j SET active = true FROM cron_engine.deactivation d WHERE d.jobid = j.jobid AND d.cause = 'expired';
        RETURN NULL;
    END IF;
    -- Of a row that is not there NEW or OLD is NULL throughout. Anything else leaves the timer alone.
    IF (NEW.timezone, NEW.valid_from, NEW.valid_until, NEW.jitter) IS DISTINCT FROM (OLD.timezone, OLD.valid_from, OLD.valid_until, OLD.jitter) THEN
        PERFORM cron_engine.set_timer(coalesce(NEW.jobid, OLD.jobid), v_now);
    END IF;
    -- The validity it had run out of is another one now.
    IF (NEW.valid_from, NEW.valid_until) IS DISTINCT FROM (OLD.valid_from, OLD.valid_until)
       AND (NEW.valid_until IS NULL OR NEW.valid_until > v_now) THEN
        UPDATE cron.job j SET active = true
          FROM cron_engine.deactivation d WHERE j.jobid = coalesce(NEW.jobid, OLD.jobid) AND d.jobid = j.jobid AND d.cause = 'expired';
    END IF;
    IF NEW.jobid <> OLD.jobid THEN
        PERFORM cron_engine.set_timer(OLD.jobid, v_now), cron_engine.set_timer(NEW.jobid, v_now);
    END IF;
    RETURN NULL;
END;
$body$;
COMMENT ON FUNCTION cron_engine.options_changed() IS 'Sets the timers of jobs whose time zone, validity or jitter has changed, and activates again what had only run out of its validity.';

CREATE OR REPLACE TRIGGER options_changed AFTER INSERT OR UPDATE OR DELETE ON cron.job_options
    FOR EACH ROW EXECUTE FUNCTION cron_engine.options_changed();
CREATE OR REPLACE TRIGGER options_emptied AFTER TRUNCATE ON cron.job_options
    FOR EACH STATEMENT EXECUTE FUNCTION cron_engine.options_changed();
