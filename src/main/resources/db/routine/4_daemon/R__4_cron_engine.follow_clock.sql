CREATE OR REPLACE FUNCTION cron_engine.follow_clock(now timestamptz, back interval)
RETURNS integer
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_count integer;
BEGIN
    -- Next fires were computed by a clock that has since been set back: without this, an hourly job would rest for as long as that.
    -- A fixed local time that has been met is not met again, unless the clock was plainly wrong: three hours, as in Vixie cron.
    WITH late AS MATERIALIZED (
        SELECT t.jobid, t.schedule, t.timezone, CASE WHEN (t.schedule).kind = 'interval' THEN least(t.anchor, greatest(now, o.valid_from)) END AS anchor,
               greatest(now, o.valid_from - interval '1 microsecond') AS after, t.next_fire - t.scheduled_time AS jitter
          FROM cron_engine.due d
          JOIN cron_engine.timer t USING (jobid)
          LEFT JOIN cron.job_options o USING (jobid)
         WHERE d.next_fire > now + interval '1 minute'
               AND ((t.schedule).kind = 'interval' OR (t.schedule).kind = 'cron' AND ((t.schedule).follows_clock OR back >= interval '3 hours'))
           FOR UPDATE OF d, t SKIP LOCKED
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
    -- So may runs be that were queued ahead of their time.
    UPDATE cron_engine.queue q SET not_before = now WHERE q.ready AND q.pid IS NULL AND q.not_before > now + interval '1 minute';
    RETURN v_count;
END;
$body$;
COMMENT ON FUNCTION cron_engine.follow_clock(timestamptz, interval) IS
    'Brings timers forward after the clock was set back to now by the given time. Returns how many it moved.';
