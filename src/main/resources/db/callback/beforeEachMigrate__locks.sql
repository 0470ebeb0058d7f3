-- An upgrade takes all tables before it begins. All migrations are one transaction: only the first call finds something to do.
DO $body$
DECLARE
    v_timeout   text := current_setting('lock_timeout');
    v_end       timestamptz := clock_timestamp() + interval '${patience} s';
    v_relations text[];
    v_relation  text;
    v_attempts  integer := 0;
    v_give_way  timestamptz;
BEGIN
    IF current_setting('cronlink.locked', true) = 'on' THEN
        RETURN;
    END IF;
    SELECT coalesce(array_agg(format('%I.%I', n.nspname, c.relname) ORDER BY c.relkind, n.nspname, c.relname), '{}') INTO v_relations
      FROM pg_catalog.pg_class AS c
      JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
     WHERE n.nspname IN ('cron', 'cron_engine') AND c.relkind IN ('r', 'v') AND c.relname <> 'flyway_schema_history';
    -- VACUUM, which ends when it is done or, as autovacuum, when it is waited for; no run waits for this lock.
    FOREACH v_relation IN ARRAY v_relations LOOP
        EXECUTE 'LOCK TABLE ' || v_relation || ' IN SHARE UPDATE EXCLUSIVE MODE';
    END LOOP;
    LOOP
        BEGIN
            -- While it waits for one table it holds others that a run may need. It lets go of all before that run's deadlock_timeout is over.
            v_give_way := clock_timestamp() + (SELECT s.setting::integer FROM pg_catalog.pg_settings AS s WHERE s.name = 'deadlock_timeout') * interval '0.6 ms';
            FOREACH v_relation IN ARRAY v_relations LOOP
                PERFORM set_config('lock_timeout', (1 + greatest(1000 * extract(epoch FROM v_give_way - clock_timestamp()), 0))::integer::text, true);
                EXECUTE 'LOCK TABLE ' || v_relation || ' IN ACCESS EXCLUSIVE MODE';
            END LOOP;
            PERFORM set_config('lock_timeout', v_timeout, true), set_config('cronlink.locked', 'on', true);
            RETURN;
        EXCEPTION WHEN lock_not_available THEN
            -- The service tells whom it waits for, and stops waiting before. If the service is gone this does.
            IF clock_timestamp() > v_end + interval '5 s' THEN
                RAISE EXCEPTION 'tables of the scheduler have been in use for ${patience} s' USING ERRCODE = 'lock_not_available';
            END IF;
        END;
        v_attempts := v_attempts + 1;
        PERFORM pg_sleep(least(0.05 * v_attempts, 0.8));
    END LOOP;
END;
$body$;
