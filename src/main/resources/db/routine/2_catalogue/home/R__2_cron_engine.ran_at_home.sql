CREATE OR REPLACE FUNCTION cron_engine.ran_at_home(database text, runid bigint)
RETURNS boolean
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT database = current_database() OR EXISTS (SELECT FROM cron_engine.former_home f WHERE f.database = $1 AND f.last_runid >= $2)
$body$;
COMMENT ON FUNCTION cron_engine.ran_at_home(text, bigint) IS 'Whether a run''s database in the history is this one, by its present name or the one that it had then.';
