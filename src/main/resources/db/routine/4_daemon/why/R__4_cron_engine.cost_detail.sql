CREATE OR REPLACE FUNCTION cron_engine.cost_detail(measured bigint, share bigint[], total numeric)
RETURNS jsonb
LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT jsonb_build_object('measured', measured, 'p50_bytes', share[1], 'p95_bytes', share[2], 'total_bytes', total)
$body$;
COMMENT ON FUNCTION cron_engine.cost_detail(bigint, bigint[], numeric) IS 'The figures of cron_engine.cost_fact().';
