CREATE OR REPLACE FUNCTION cron_engine.is_quiet(now timestamptz)
RETURNS boolean
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT CASE WHEN a.quiet_from < a.quiet_until THEN t.local >= a.quiet_from AND t.local < a.quiet_until
                WHEN a.quiet_from > a.quiet_until THEN t.local >= a.quiet_from OR t.local < a.quiet_until
                ELSE false END
      FROM cron.alarm_settings a
     CROSS JOIN cron.settings s
     CROSS JOIN LATERAL (SELECT (now AT TIME ZONE coalesce(a.quiet_timezone, s.timezone))::time) t (local)
$body$;
COMMENT ON FUNCTION cron_engine.is_quiet(timestamptz) IS 'Whether it is within the quiet hours.';
