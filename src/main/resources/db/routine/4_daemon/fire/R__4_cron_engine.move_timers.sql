CREATE OR REPLACE FUNCTION cron_engine.move_timers(jobids bigint[], now timestamptz)
RETURNS integer
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_count integer;
BEGIN
    WITH late AS MATERIALIZED (
        SELECT t.jobid, t.schedule, t.timezone, CASE WHEN (t.schedule).kind = 'interval' THEN least(t.anchor, greatest(now, o.valid_from)) END AS anchor,
               greatest(now, o.valid_from - interval '1 microsecond') AS after, t.next_fire - t.scheduled_time AS jitter
          FROM unnest(jobids) u (jobid)
         CROSS JOIN LATERAL (SELECT d.jobid FROM cron_engine.due d WHERE d.jobid = u.jobid FOR UPDATE SKIP LOCKED) d
         CROSS JOIN LATERAL (SELECT t.* FROM cron_engine.timer t WHERE t.jobid = d.jobid FOR UPDATE SKIP LOCKED) t
          LEFT JOIN cron.job_options o ON o.jobid = u.jobid
    ), again AS MATERIALIZED (
        SELECT k.*, cron_engine.next_fire(k.schedule, k.timezone, k.after, k.anchor) AS scheduled_time
          FROM (SELECT DISTINCT l.schedule, l.timezone, l.anchor, l.after FROM late l) k
    ), moved AS (
        UPDATE cron_engine.timer t
           SET scheduled_time = a.scheduled_time, next_fire = a.scheduled_time + l.jitter
          FROM late l
          JOIN again a ON a.schedule = l.schedule AND a.timezone = l.timezone AND a.anchor IS NOT DISTINCT FROM l.anchor AND a.after = l.after
         WHERE t.jobid = l.jobid AND a.scheduled_time < t.scheduled_time
        RETURNING t.jobid, t.next_fire
    )
    UPDATE cron_engine.due d SET next_fire = m.next_fire FROM moved m WHERE d.jobid = m.jobid;
    GET DIAGNOSTICS v_count = ROW_COUNT;
    RETURN v_count;
END;
$body$;
COMMENT ON FUNCTION cron_engine.move_timers(bigint[], timestamptz) IS
    'Brings forward those of the given timers that would fire earlier, were they set now. Returns how many it moved. For cron_engine.do_each().';
