CREATE OR REPLACE FUNCTION cron_engine.rule_hint(constraint_name text)
RETURNS text
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT 'It has to meet ' || coalesce((SELECT pg_get_constraintdef(c.oid, true) FROM pg_constraint c
                                           WHERE c.connamespace = 'cron'::regnamespace AND c.conname = constraint_name LIMIT 1),
                                         'the constraint ' || constraint_name, 'a constraint')
$body$;
COMMENT ON FUNCTION cron_engine.rule_hint(text) IS 'What a row has to be like that PostgreSQL refused by the name of a constraint alone.';
