CREATE OR REPLACE FUNCTION cron_engine.changed_columns(before jsonb, after jsonb)
RETURNS jsonb
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT jsonb_object_agg(k.name, jsonb_build_array(before -> k.name, after -> k.name))
      FROM jsonb_object_keys(before || after) k (name)
     CROSS JOIN LATERAL (SELECT jsonb_build_object(k.name, before -> k.name) AS before, jsonb_build_object(k.name, after -> k.name) AS after) v
     WHERE before -> k.name IS DISTINCT FROM after -> k.name
           -- As values: 30 days are a month.
           AND (jsonb_populate_record(NULL::cron.job, v.before), jsonb_populate_record(NULL::cron.job_options, v.before))
               IS DISTINCT FROM (jsonb_populate_record(NULL::cron.job, v.after), jsonb_populate_record(NULL::cron.job_options, v.after))
$body$;
COMMENT ON FUNCTION cron_engine.changed_columns(jsonb, jsonb) IS
    'In which columns two jobs differ: {column: [before, after]}; NULL if in none.';
