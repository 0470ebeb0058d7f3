CREATE OR REPLACE FUNCTION cron_engine.vacuum_working_set(INOUT changes bigint, quiet boolean DEFAULT false)
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_name   text := 'cronlink vacuum';
    v_open   boolean := v_name = ANY (coalesce(${dblink}.dblink_get_connections(), '{}'));
    v_server text := (SELECT l.server FROM cron_engine.login l WHERE l.username = CURRENT_USER);
    -- Each look at a table that was long reads it to its end.
    v_long   boolean := changes >= 50 AND quiet
                        AND pg_relation_size('cron_engine.queue') + pg_relation_size('cron_engine.ended_run') + pg_relation_size('cron_engine.plain_end')
                            + pg_relation_size('cron_engine.changed_job') > 524288;
BEGIN
    IF v_open AND ${dblink}.dblink_is_busy(v_name) = 1 THEN
        RETURN;
    ELSIF changes = 0 THEN
        PERFORM cron_engine.disconnect(v_name);
    END IF;
    -- What is planned is planned again after it: rather not where something is about to fire.
    IF NOT v_long AND (changes < 4000 OR changes < 20000 AND cron_engine.first_fire() < clock_timestamp() + interval '100 ms') OR v_server IS NULL THEN
        RETURN;
    ELSIF v_open THEN
        -- The second call takes the end of the results.
        PERFORM FROM ${dblink}.dblink_get_result(v_name) AS r (tag text);
        PERFORM FROM ${dblink}.dblink_get_result(v_name) AS r (tag text);
    ELSE
        PERFORM ${dblink}.dblink_connect(v_name, v_server);
        PERFORM FROM ${dblink}.dblink(v_name, 'SELECT pg_catalog.set_config(s.name, ''0'', false) FROM pg_catalog.pg_settings s'
            ' WHERE s.name IN (''statement_timeout'', ''transaction_timeout'', ''lock_timeout'')') AS r (value text);
    END IF;
    -- To shorten a table it takes a lock for which workers would wait.
    PERFORM ${dblink}.dblink_send_query(v_name, format(
        'VACUUM (SKIP_LOCKED, INDEX_CLEANUP ON, PARALLEL 0, TRUNCATE %s) cron_engine.queue, cron_engine.due, cron_engine.ended_run, cron_engine.plain_end, cron_engine.event, cron_engine.changed_job', quiet::text));
    changes := CASE WHEN quiet THEN 0 ELSE 50 END;
EXCEPTION WHEN query_canceled OR OTHERS THEN
    PERFORM cron_engine.disconnect(v_name);
    RAISE LOG 'cronlink: the working set was not vacuumed: %', SQLERRM;
END;
$body$;
COMMENT ON FUNCTION cron_engine.vacuum_working_set(bigint, boolean) IS
    'Vacuums the tables that each run is written to and deleted from, in a session of its own, once there were 4,000 changes, or 20,000 where there is no pause; autovacuum comes once a minute, when the dead rows of 100,000 runs have piled up. quiet: nothing happens for some time, and what was long may be made short again. Returns the changes that count from now on. After none its session is closed.';
