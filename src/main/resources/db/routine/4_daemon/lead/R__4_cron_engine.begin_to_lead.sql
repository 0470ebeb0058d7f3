CREATE OR REPLACE FUNCTION cron_engine.begin_to_lead(now timestamptz)
RETURNS void
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT cron_engine.mend_sequences();
    SELECT cron_engine.note_outage(now);
    SELECT cron_engine.restore_working_set(now);
    -- What the last leader could not do is to be tried at once.
    UPDATE cron_engine.due d SET next_fire = t.next_fire
      FROM cron_engine.fault f JOIN cron_engine.timer t USING (jobid)
     WHERE f.step = 'fire' AND d.jobid = f.jobid AND t.next_fire IS NOT NULL;
    DELETE FROM cron_engine.fault f WHERE f.step NOT IN ('restore run', 'set timer', 'take along job', 'lead login');
    UPDATE cron_engine.fault f SET retry_at = now WHERE f.retry_at > now;
    SELECT cron_engine.run_step('revoke', now);
    -- The workers of the last leader are not this one's; they end when they find no more runs.
    DELETE FROM cron_engine.worker;
    DELETE FROM cron_engine.launcher;
    -- The clock may have been set back while nobody led.
    SELECT cron_engine.bring_timers_forward(now, '0');
    SELECT cron_engine.deactivate_ended(now);
    SELECT cron_engine.start_reboot_jobs(now, false)
$body$;
COMMENT ON FUNCTION cron_engine.begin_to_lead(timestamptz) IS 'What happens once when a daemon starts: what the last one left is put right, and jobs with @reboot run.';
