CREATE OR REPLACE FUNCTION cron_engine.tell_changes()
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_jobids   bigint[];
    v_changes  text[];
    v_settings boolean;
BEGIN
    IF NOT EXISTS (SELECT FROM cron_engine.changed_job) THEN
        RETURN;
    END IF;
    WITH gone AS (
        DELETE FROM cron_engine.changed_job c RETURNING c.jobid
    ), changed AS (
        SELECT g.jobid, CASE WHEN g.jobid IS NULL THEN 'settings'
                             WHEN EXISTS (SELECT FROM cron.job j WHERE j.jobid = g.jobid) THEN 'changed' ELSE 'removed' END AS change
          FROM (SELECT DISTINCT jobid FROM gone) g
    )
    SELECT array_agg(c.jobid ORDER BY c.jobid) FILTER (WHERE c.jobid IS NOT NULL),
           array_agg(c.change ORDER BY c.jobid) FILTER (WHERE c.jobid IS NOT NULL), bool_or(c.jobid IS NULL)
      INTO v_jobids, v_changes, v_settings
      FROM changed c;
    IF v_settings THEN
        PERFORM cron_engine.log_event('settings', NULL, NULL, NULL);
    END IF;
    IF v_jobids IS NOT NULL THEN
        PERFORM cron_engine.log_event('jobs', NULL, v_jobids, v_changes);
    END IF;
    PERFORM cron_engine.notify_changes(v_jobids, v_changes, v_settings);
END;
$body$;
COMMENT ON FUNCTION cron_engine.tell_changes() IS
    'Logs, and notifies of, changes of jobs and settings that were committed since: what a job became in the end, once.';
