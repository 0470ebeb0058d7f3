CREATE OR REPLACE FUNCTION cron_engine.run_options()
RETURNS text
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT string_agg(format(' -c cronlink.%s=%s', n, regexp_replace(current_setting('cronlink.' || n, true), $re$([\\\s])$re$, $re$\\\1$re$, 'g')), '')
      FROM unnest('{runid,jobid,attempt,scheduled_time}'::text[]) n
$body$;
COMMENT ON FUNCTION cron_engine.run_options() IS 'What this session was told of its run, as libpq''s options for another session.';
