CREATE OR REPLACE FUNCTION cron_engine.recorded_fires(job_id bigint, since timestamptz)
RETURNS TABLE (
    fire_time timestamptz, runid bigint, trigger text, status text, message text, note text, attempts integer,
    queued_time timestamptz, start_time timestamptz, end_time timestamptz)
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    WITH RECURSIVE run AS MATERIALIZED (
        SELECT d.runid, d.trigger, d.status, d.return_message AS message, d.note, d.attempt, d.scheduled_time, d.queued_time, d.start_time, d.end_time,
               d.origin_runid
          FROM cron.job_run_details d
         -- Not an equality, for which the planner would as soon read the whole history backwards.
         WHERE d.jobid BETWEEN $1 AND $1 AND d.trigger <> 'manual'
               AND d.runid >= coalesce(cron_engine.first_run_since($2 - interval '1 min'), 0)
    ), attempt AS (
        SELECT r.runid AS root, r.* FROM run r WHERE r.trigger <> 'retry' AND r.status = 'failed'
        UNION ALL
        SELECT a.root, r.* FROM attempt a JOIN run r ON r.origin_runid = a.runid AND r.trigger = 'retry'
    ), last_attempt AS (
        -- One that gave way leaves it at the failure before it.
        SELECT DISTINCT ON (a.root) a.* FROM attempt a ORDER BY a.root, a.status = 'skipped', a.runid DESC
    )
    SELECT CASE WHEN r.trigger IN ('schedule', 'catch-up') THEN r.scheduled_time ELSE r.queued_time END, coalesce(l.runid, r.runid), r.trigger,
           coalesce(l.status, r.status), coalesce(l.message, r.message), r.note, coalesce(l.attempt, r.attempt),
           r.queued_time, r.start_time, coalesce(l.end_time, r.end_time)
      FROM run r
      LEFT JOIN last_attempt l ON l.root = r.runid
     WHERE r.trigger <> 'retry'
$body$;
COMMENT ON FUNCTION cron_engine.recorded_fires(bigint, timestamptz) IS
    'The fires of a job that the history has, those recorded since then: what became of each in the end, after so many attempts. What does not fire by time has the time at which it was queued.';
