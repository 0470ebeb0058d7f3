CREATE OR REPLACE FUNCTION cron_engine.start_reboot_jobs(now timestamptz, again boolean)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_jobid bigint;
BEGIN
    FOR v_jobid IN
        SELECT j.jobid
          FROM cron_engine.timer t
          JOIN cron.job j USING (jobid)
          LEFT JOIN cron.job_options o USING (jobid)
          LEFT JOIN cron_engine.fault f ON f.step = 'reboot' AND f.item = j.jobid::text
         WHERE (t.schedule).kind = 'reboot' AND j.active AND (NOT again OR f.retry_at <= now)
               AND (o.valid_from IS NULL OR o.valid_from <= now) AND (o.valid_until IS NULL OR o.valid_until > now)
    LOOP
        BEGIN
            PERFORM cron_engine.enqueue(v_jobid, 'reboot', 1, NULL, NULL, NULL, now);
            DELETE FROM cron_engine.fault f WHERE f.step = 'reboot' AND f.item = v_jobid::text;
        EXCEPTION WHEN OTHERS THEN
            PERFORM cron_engine.note_fault('reboot', v_jobid::text, v_jobid, SQLERRM, SQLSTATE, now);
        END;
    END LOOP;
    DELETE FROM cron_engine.fault f
     WHERE f.step = 'reboot' AND NOT EXISTS (SELECT FROM cron_engine.timer t JOIN cron.job j USING (jobid)
                                              WHERE t.jobid = f.jobid AND (t.schedule).kind = 'reboot' AND j.active);
END;
$body$;
COMMENT ON FUNCTION cron_engine.start_reboot_jobs(timestamptz, boolean) IS 'Queues the jobs with @reboot, or again those for which that failed.';
