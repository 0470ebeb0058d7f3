CREATE OR REPLACE FUNCTION cron_engine.home_address()
RETURNS jsonb
LANGUAGE sql STABLE
AS $body$
    -- No search_path is pinned, so that it can be inlined; it is that of its callers, who all pin theirs.
    SELECT jsonb_build_object('nodename', 'localhost', 'nodeport', coalesce(inet_server_port(), current_setting('port')::integer))
$body$;
COMMENT ON FUNCTION cron_engine.home_address() IS 'The address of a job that gives none, as the defaults of cron.job have it.';
