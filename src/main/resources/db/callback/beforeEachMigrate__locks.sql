-- An upgrade changes tables that are in use. It takes all of them before it begins, and gives way before anybody's deadlock_timeout is over:
-- it would wait for a run that waits for it, and that run would fail. All migrations are one transaction, of which the first comes by here with
-- something to do.
DO $body$
DECLARE
    v_timeout  text := current_setting('lock_timeout');
    v_deadline timestamptz;
    v_relation text;
BEGIN
    WHILE current_setting('cronlink.locked', true) IS DISTINCT FROM 'on' LOOP
        BEGIN
            v_deadline := clock_timestamp() + (SELECT s.setting::integer FROM pg_catalog.pg_settings AS s WHERE s.name = 'deadlock_timeout') * interval '0.6 ms';
            FOR v_relation IN
                SELECT pg_catalog.format('%I.%I', n.nspname, c.relname)
                  FROM pg_catalog.pg_class AS c
                  JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
                 WHERE n.nspname IN ('cron', 'cron_engine') AND c.relkind IN ('r', 'v') AND c.relname <> 'flyway_schema_history'
                 ORDER BY c.relkind, n.nspname, c.relname
            LOOP
                PERFORM set_config('lock_timeout', (1 + greatest(1000 * extract(epoch FROM v_deadline - clock_timestamp()), 0))::integer::text, true);
                EXECUTE 'LOCK TABLE ' || v_relation || ' IN ACCESS EXCLUSIVE MODE';
            END LOOP;
            PERFORM set_config('lock_timeout', v_timeout, true), set_config('cronlink.locked', 'on', true);
        EXCEPTION WHEN lock_not_available THEN
            -- Who waited for these locks has them now; then it is this one's turn again.
            NULL;
        END;
    END LOOP;
END;
$body$;
