CREATE OR REPLACE FUNCTION cron_engine.bring_timers_forward(now timestamptz, back interval)
RETURNS integer
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    -- What was queued ahead of its time may be so by hours now.
    UPDATE cron_engine.queue q SET not_before = now WHERE q.ready AND q.pid IS NULL AND q.not_before > now + interval '1 minute';
    -- Next fires were computed by a clock that has since been set back: without this, an hourly job would rest for as long as that.
    -- A fixed local time that has been met is not met again, unless the clock was plainly wrong: three hours, as in Vixie cron.
    RETURN cron_engine.do_each('move timer', ARRAY(
        SELECT t.jobid::text
          FROM cron_engine.due d
          JOIN cron_engine.timer t USING (jobid)
         WHERE d.next_fire > now + interval '1 minute'
               AND ((t.schedule).kind = 'interval' OR (t.schedule).kind = 'cron' AND ((t.schedule).follows_clock OR back >= interval '3 hours'))
         ORDER BY d.jobid), now);
END;
$body$;
COMMENT ON FUNCTION cron_engine.bring_timers_forward(timestamptz, interval) IS
    'Brings timers forward after the clock was set back to now by the given time. Returns how many it moved.';
