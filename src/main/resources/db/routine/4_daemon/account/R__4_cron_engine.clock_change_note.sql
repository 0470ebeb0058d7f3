CREATE OR REPLACE FUNCTION cron_engine.clock_change_note(job_id bigint, fire_time timestamptz)
RETURNS text
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT format('the clock of %s was set forward from %s to %s then, so a time between the two was met right after', t.timezone,
                  to_char(c.local_before, 'HH24:MI'), to_char(c.local_after, 'HH24:MI'))
      FROM cron_engine.timer t
     CROSS JOIN LATERAL cron_engine.clock_changes(t.timezone, fire_time - interval '1 s', fire_time) c
     WHERE t.jobid = job_id AND (t.schedule).kind = 'cron' AND NOT (t.schedule).follows_clock AND c.local_after > c.local_before
           AND cron_engine.next_match(t.schedule, c.local_before - interval '1 microsecond') < c.local_after
$body$;
COMMENT ON FUNCTION cron_engine.clock_change_note(bigint, timestamptz) IS
    'Says that a fire is that of a local time which a clock change had skipped; NULL: it is not.';
