CREATE OR REPLACE FUNCTION cron_engine.copy_of()
RETURNS text
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_home     record;
    v_cluster  bigint;
BEGIN
    SELECT h.copy_of, h.system_identifier, h.database, o.datname AS original INTO v_home
      FROM cron_engine.home h
      -- One that a DROP DATABASE has left half done is gone.
      LEFT JOIN pg_database o ON o.oid = h.database_oid AND o.datname <> current_database() AND o.datconnlimit <> -2;
    IF v_home.copy_of IS NOT NULL OR v_home.original IS NULL THEN
        RETURN v_home.copy_of;
    END IF;
    v_cluster := (SELECT i.system_identifier FROM cron_engine.identity() i);
    -- In another cluster the same number may be anything. Where clusters do not tell, the name has to be the same, too.
    IF v_cluster <> v_home.system_identifier
       OR (v_cluster = v_home.system_identifier) IS NULL AND v_home.original <> v_home.database
       -- Of a template without jobs nothing came along.
       OR NOT EXISTS (SELECT FROM cron.job) AND NOT EXISTS (SELECT FROM cron_engine.queue) THEN
        RETURN NULL;
    END IF;
    RETURN v_home.original;
END;
$body$;
COMMENT ON FUNCTION cron_engine.copy_of() IS
    'The database of the same cluster of which this one is a copy whose jobs are not to fire; NULL: they are. What was found to be a copy once stays one, also when the original is gone, until cron.adopt().';
