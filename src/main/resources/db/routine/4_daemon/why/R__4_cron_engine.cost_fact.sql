CREATE OR REPLACE FUNCTION cron_engine.cost_fact(what text, measured bigint, share bigint[], total numeric)
RETURNS text
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT format('the %s of them that were measured %s %s, half of them %s or less, 95 in 100 %s', measured, what, pg_size_pretty(total), pg_size_pretty(share[1]),
                  pg_size_pretty(share[2]))
     WHERE measured > 0
$body$;
COMMENT ON FUNCTION cron_engine.cost_fact(text, bigint, bigint[], numeric) IS 'What measured runs used, in words: in all, and the shares of 50 and 95 in 100; NULL: none was measured.';
