CREATE OR REPLACE FUNCTION cron_engine.bucket_bounds()
RETURNS double precision[]
LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT '{0.005,0.01,0.025,0.05,0.1,0.25,0.5,1,2.5,5,10,30,60,300,900,3600,14400}'::double precision[]
$body$;
COMMENT ON FUNCTION cron_engine.bucket_bounds() IS
    'Up to which durations and delays runs are counted together, in seconds. They cannot be changed: what was counted stays where it is.';
