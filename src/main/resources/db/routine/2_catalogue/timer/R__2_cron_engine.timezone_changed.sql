CREATE OR REPLACE FUNCTION cron_engine.timezone_changed()
RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    -- An interval knows no zone; its grid stays.
    PERFORM cron_engine.do_each('set timer', ARRAY(SELECT t.jobid::text
                                                     FROM cron_engine.timer t LEFT JOIN cron.job_options o USING (jobid)
                                                    WHERE o.timezone IS NULL AND (t.schedule).kind <> 'interval'
                                                    ORDER BY t.jobid), clock_timestamp());
    RETURN NULL;
END;
$body$;
COMMENT ON FUNCTION cron_engine.timezone_changed() IS 'Sets the timers of jobs that have no time zone of their own.';

CREATE OR REPLACE TRIGGER timezone_changed AFTER UPDATE ON cron.settings
    FOR EACH ROW WHEN (NEW.timezone <> OLD.timezone) EXECUTE FUNCTION cron_engine.timezone_changed();
