CREATE OR REPLACE FUNCTION cron_engine.notify_runs(runids bigint[], jobids bigint[], statuses text[])
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    IF pg_notification_queue_usage() > 0.9 THEN
        -- Somebody who listens, to whatever, has not read for long. A NOTIFY that finds no room fails at the commit, with all that was done.
        RETURN;
    END IF;
    -- Here and not in the workers: NOTIFY takes a lock of the whole server at each commit. A payload has less than 8,000 bytes.
    PERFORM pg_notify('cron_run', json_agg(json_build_object('runid', r.runid, 'jobid', r.jobid, 'status', r.status) ORDER BY r.runid)::text)
      FROM (SELECT u.*, (row_number() OVER (ORDER BY u.runid) - 1) / 80 AS part FROM unnest(runids, jobids, statuses) u (runid, jobid, status)) r
     GROUP BY r.part
     ORDER BY r.part;
EXCEPTION WHEN OTHERS THEN
    PERFORM cron_engine.note_fault('notify', 'news', NULL, SQLERRM, SQLSTATE, clock_timestamp());
END;
$body$;
COMMENT ON FUNCTION cron_engine.notify_runs(bigint[], bigint[], text[]) IS
    'Notifies channel cron_run of runs that started or ended: a JSON array of objects with runid, jobid and status, up to 80 in a notification. Nothing depends on whether that succeeds.';
