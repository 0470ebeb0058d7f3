CREATE OR REPLACE FUNCTION cron_engine.begin_to_lead(now timestamptz)
RETURNS void
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT cron_engine.revoke_trigger_privileges();
    SELECT cron_engine.mend_sequences();
    SELECT cron_engine.restore_working_set(now);
    -- The workers of the last leader are not this one's; they end when they find no more runs.
    DELETE FROM cron_engine.worker;
    -- The clock may have been set back while nobody led.
    SELECT cron_engine.follow_clock(now, '0');
    SELECT cron_engine.deactivate_ended(now);
    SELECT cron_engine.enqueue(j.jobid, 'reboot', 1, NULL, NULL, NULL, now)
      FROM cron_engine.timer t
      JOIN cron.job j USING (jobid)
      LEFT JOIN cron.job_options o USING (jobid)
     WHERE (t.schedule).kind = 'reboot' AND j.active
           AND (o.valid_from IS NULL OR o.valid_from <= now) AND (o.valid_until IS NULL OR o.valid_until > now)
$body$;
COMMENT ON FUNCTION cron_engine.begin_to_lead(timestamptz) IS 'What happens once when a daemon starts: what the last one left is put right, and jobs with @reboot run.';
