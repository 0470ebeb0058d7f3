CREATE OR REPLACE FUNCTION cron_engine.is_home(nodename text, nodeport integer)
RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $body$
    -- What is not known is not home: of NULLs neither IN nor = would say so.
    SELECT coalesce(nodeport = ANY (array_remove(ARRAY[current_setting('port')::integer, inet_server_port(), h.nodeport, h.port], NULL))
                    AND lower(nodename) = ANY (array_remove(ARRAY['localhost', '127.0.0.1', '::1', '', lower(h.host), host(inet_server_addr())], NULL)),
                    false)
      FROM cron_engine.home h
$body$;
COMMENT ON FUNCTION cron_engine.is_home(text, integer) IS 'Whether an address of cron.job is the scheduler''s own server.';
