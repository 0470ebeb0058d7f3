CREATE OR REPLACE FUNCTION cron_engine.daemon_standstill(
    OUT cause text, OUT login text, OUT message text, OUT detail text, OUT nobody boolean, OUT since timestamptz)
RETURNS SETOF record
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT s.cause, nullif(s.login, ''), s.message, s.detail, s.nobody, s.since
      FROM cron_engine.standstill s
     WHERE s.seen_at > clock_timestamp() - interval '5 s'
     ORDER BY s.nobody DESC, s.since, s.cause, s.login
     LIMIT 20
$body$;
COMMENT ON FUNCTION cron_engine.daemon_standstill() IS 'Why runs wait at present that could have started: see cron_engine.standstill. login NULL: those of all.';
