CREATE OR REPLACE FUNCTION cron_engine.note_successes(runids bigint[], jobids bigint[], statuses text[], now timestamptz)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_jobids bigint[] := ARRAY(SELECT DISTINCT u.jobid FROM unnest(jobids, statuses) u (jobid, status) WHERE u.status = 'succeeded' AND u.jobid IS NOT NULL);
BEGIN
    IF v_jobids = '{}' THEN
        RETURN;
    END IF;
    -- Not each one of a job that runs all the time.
    UPDATE cron_engine.success_watch w SET last_success = now
     WHERE w.jobid IN (SELECT l.jobid FROM cron_engine.success_watch l
                        WHERE l.jobid = ANY (v_jobids) AND (l.last_success < now - interval '1 s' OR l.last_success > now)
                          FOR UPDATE SKIP LOCKED);
    -- One that began before the one that failed is no news.
    PERFORM cron_engine.end_alarms(ARRAY[a.alarmid], true, now, s.runid)
       FROM cron.alarm a
      CROSS JOIN LATERAL (SELECT max(u.runid) FROM unnest(runids, jobids, statuses) u (runid, jobid, status)
                           WHERE u.jobid = a.jobid AND u.status = 'succeeded' AND u.runid > a.runid) s (runid)
      WHERE a.kind = 'failed' AND a.ended_at IS NULL AND coalesce(a.jobid, 0) = ANY (v_jobids) AND s.runid IS NOT NULL;
END;
$body$;
COMMENT ON FUNCTION cron_engine.note_successes(bigint[], bigint[], text[], timestamptz) IS
    'What follows for alarms from runs that succeeded: a job that had failed has recovered, and one that is watched succeeded now.';
