CREATE OR REPLACE FUNCTION cron_engine.set_server_options(server name, options text[])
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_present text[] := coalesce((SELECT s.srvoptions FROM pg_foreign_server s WHERE s.srvname = server), '{}');
    v_changes text;
BEGIN
    SELECT string_agg(CASE WHEN n.o IS NULL THEN format('DROP %I', p.k)
                           ELSE format('%s %I %L', CASE WHEN p.k IS NULL THEN 'ADD' ELSE 'SET' END, n.k, substr(n.o, length(n.k) + 2)) END, ', ')
      INTO v_changes
      FROM (SELECT o, split_part(o, '=', 1) FROM unnest(options) o) n (o, k)
      FULL JOIN (SELECT o, split_part(o, '=', 1) FROM unnest(v_present) o) p (o, k) ON p.k = n.k
     WHERE n.o IS DISTINCT FROM p.o;
    IF v_changes IS NOT NULL THEN
        EXECUTE format('ALTER SERVER %I OPTIONS (%s)', server, v_changes);
    END IF;
END;
$body$;
COMMENT ON FUNCTION cron_engine.set_server_options(name, text[]) IS 'Gives a foreign server exactly these options, each name=value; writes nothing if it has them.';
