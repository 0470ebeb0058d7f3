CREATE OR REPLACE FUNCTION cron_engine.change_reason(changes jsonb, applied jsonb, wanted jsonb)
RETURNS text
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT concat_ws('; ', 'the file has another ' || string_agg(k.name, ', ' ORDER BY k.name) FILTER (WHERE NOT k.drifted),
                           'changed since by somebody else: ' || string_agg(k.name, ', ' ORDER BY k.name) FILTER (WHERE k.drifted))
      FROM (SELECT c.name, cron_engine.changed_columns(jsonb_build_object(c.name, applied -> c.name), jsonb_build_object(c.name, wanted -> c.name)) IS NULL
              FROM jsonb_object_keys(changes) c (name)) k (name, drifted)
$body$;
COMMENT ON FUNCTION cron_engine.change_reason(jsonb, jsonb, jsonb) IS
    'Why a job changes: the file does not say what it said when it was applied last, or it does, and the job has drifted from it.';
