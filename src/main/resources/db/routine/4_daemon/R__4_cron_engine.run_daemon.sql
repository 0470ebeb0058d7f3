CREATE OR REPLACE PROCEDURE cron_engine.run_daemon(lasting interval DEFAULT '1 min')
LANGUAGE plpgsql
AS $body$
-- No search_path is pinned, or it could not COMMIT. Each step is a transaction: nothing is held while it sleeps.
DECLARE
    v_until    timestamptz := pg_catalog.clock_timestamp() OPERATOR(pg_catalog.+) lasting;
    v_now      timestamptz;
    v_sweep    timestamptz := '-infinity';
    v_version  integer := cron_engine.version();
    v_activity integer;
    v_running  bigint[] := '{}';
    v_purge    timestamptz := pg_catalog.clock_timestamp();
    v_changes  bigint := 0;
    v_news     timestamptz := '-infinity';
    v_poll     double precision := 0.2;
    v_stop     timestamptz;
    v_start    timestamptz;
    v_exact    timestamptz := '-infinity';
BEGIN
    CALL cron_engine.begin_daemon();
    COMMIT;
    LOOP
        SELECT t.exact_at, t.next_at INTO v_exact, v_start FROM cron_engine.start_on_time(v_exact) t;
        COMMIT;
        -- What is this close waits for nothing else.
        IF v_start OPERATOR(pg_catalog.<) (pg_catalog.clock_timestamp() OPERATOR(pg_catalog.+) '2 ms'::interval) THEN
            PERFORM pg_catalog.pg_sleep(cron_engine.pause_before(v_start, v_exact));
            CONTINUE;
        END IF;
        v_now := pg_catalog.clock_timestamp();
        v_news := CASE WHEN v_activity OPERATOR(pg_catalog.<=) 0 THEN v_now OPERATOR(pg_catalog.+) '20 ms'::interval ELSE v_news END;
        v_activity := cron_engine.tick(v_now, cron_engine.head_start());
        COMMIT;
        v_activity := v_activity OPERATOR(pg_catalog.+) cron_engine.run_step('staff', pg_catalog.clock_timestamp());
        COMMIT;
        -- News of starts can wait for 20 ms, until the workers have what they need.
        IF v_activity OPERATOR(pg_catalog.<=) 0 OR v_now OPERATOR(pg_catalog.>=) v_news THEN
            v_running := cron_engine.notify_started(v_running);
            v_news := v_now OPERATOR(pg_catalog.+) '20 ms'::interval;
            COMMIT;
        END IF;
        v_changes := v_changes OPERATOR(pg_catalog.+) greatest(v_activity, 0);
        -- Rather when nothing else is to be done.
        IF v_now OPERATOR(pg_catalog.>=) v_sweep
           AND (v_activity OPERATOR(pg_catalog.<=) 0 AND (cron_engine.first_fire() OPERATOR(pg_catalog.>) (v_now OPERATOR(pg_catalog.+) '15 ms'::interval)) IS NOT FALSE
                OR v_now OPERATOR(pg_catalog.>=) (v_sweep OPERATOR(pg_catalog.+) '0.5 s'::interval)) THEN
            CALL cron_engine.care(v_now, v_activity OPERATOR(pg_catalog.<=) 0, v_changes, v_purge, v_stop);
            v_sweep := least(v_now OPERATOR(pg_catalog.+) '0.5 s'::interval, greatest(coalesce(v_stop, 'infinity'), v_now OPERATOR(pg_catalog.+) '10 ms'::interval));
            EXIT WHEN v_now OPERATOR(pg_catalog.>=) v_until OR cron_engine.version() OPERATOR(pg_catalog.<>) v_version;
        END IF;
        -- Where something happens more is likely to; where nothing does, the poll only has to notice what is new, or that a run makes room.
        v_poll := CASE WHEN v_activity OPERATOR(pg_catalog.>) 0 THEN 0.002 ELSE least(v_poll OPERATOR(pg_catalog.*) 1.5, CASE v_activity WHEN 0 THEN 0.2 ELSE 0.02 END) END;
        PERFORM pg_catalog.pg_sleep(cron_engine.pause(pg_catalog.clock_timestamp(), v_poll, v_activity, v_stop));
        COMMIT;
    END LOOP;
    PERFORM cron_engine.note_recovery_point(), cron_engine.run_step('revoke', v_now);
    COMMIT;
    PERFORM cron_engine.vacuum_working_set(0);
END;
$body$;
COMMENT ON PROCEDURE cron_engine.run_daemon(interval) IS
    'The scheduler: fires timers and staffs workers for the given time, then returns; call it again at once, on the same session. CALL it alone, outside a transaction, as the engine''s owner. Errors: 55006 another session leads, 25006 the server is a standby, 55000 the database is a copy that was not adopted.';
