CREATE OR REPLACE FUNCTION cron_engine.notify_changes(jobids bigint[], changes text[], settings boolean)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    IF pg_notification_queue_usage() > 0.9 THEN
        -- As in notify_runs().
        RETURN;
    END IF;
    PERFORM pg_notify('cron_job', json_agg(json_build_object('jobid', c.jobid, 'change', c.change) ORDER BY c.jobid)::text)
      FROM (SELECT u.*, (row_number() OVER (ORDER BY u.jobid) - 1) / 80 AS part
              FROM (SELECT * FROM unnest(jobids, changes) j (jobid, change) UNION ALL SELECT NULL, 'settings' WHERE settings) u) c
     GROUP BY c.part
     ORDER BY c.part;
EXCEPTION WHEN OTHERS THEN
    PERFORM cron_engine.note_fault('notify', 'changes', NULL, SQLERRM, SQLSTATE, clock_timestamp());
END;
$body$;
COMMENT ON FUNCTION cron_engine.notify_changes(bigint[], text[], boolean) IS
    'Notifies channel cron_job of jobs that were made, changed or removed: a JSON array of objects with jobid and change (changed, removed; settings with jobid null), up to 80 in a notification. Nothing depends on whether that succeeds.';
