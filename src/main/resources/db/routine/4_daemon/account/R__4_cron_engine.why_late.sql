CREATE OR REPLACE FUNCTION cron_engine.why_late(fire_time timestamptz, at timestamptz)
RETURNS text
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT string_agg(w.reason, ', ' ORDER BY w.since)
      FROM (SELECT o.since, format('nobody led the scheduler until %s, its last sign before is of %s', date_trunc('second', o.until), date_trunc('second', o.since)) AS reason
              FROM cron_engine.outage o WHERE o.until > $1 AND o.since < $2
            UNION ALL
            SELECT p.changed_at, format('the scheduler was paused at %s', date_trunc('second', p.changed_at))
              FROM (SELECT a.changed_at, lead(a.changed_at, 1, 'infinity') OVER (ORDER BY a.auditid) AS until, a.after
                      FROM cron.audit a WHERE a.object_type = 'settings' AND a.object_id = '' AND a.after ? 'paused') p
             WHERE (p.after ->> 'paused')::boolean AND p.changed_at < $2 AND p.until > $1) w
$body$;
COMMENT ON FUNCTION cron_engine.why_late(timestamptz, timestamptz) IS
    'What kept the scheduler from firing anything between a fire''s time and when it was fired, in words; NULL: nothing that is known.';
