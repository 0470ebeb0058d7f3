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
    v_purge    timestamptz := pg_catalog.clock_timestamp();
    v_changes  bigint := 0;
    v_news     timestamptz := '-infinity';
    v_poll     double precision := 0.2;
    v_quiet    double precision;
    v_start    timestamptz;
    v_exact    timestamptz := '-infinity';
    v_planned  timestamptz := '-infinity';
BEGIN
    CALL cron_engine.begin_daemon();
    COMMIT;
    LOOP
        v_now := pg_catalog.clock_timestamp();
        v_quiet := CASE WHEN v_activity OPERATOR(pg_catalog.>) 0 THEN 0 ELSE cron_engine.quiet_time(v_now) END;
        v_activity := 0;
        IF v_quiet OPERATOR(pg_catalog.=) 0 THEN
            SELECT t.exact_at, t.next_at INTO v_exact, v_start FROM cron_engine.start_on_time(v_exact) t;
            COMMIT;
            -- What is this close waits for nothing else.
            IF v_start OPERATOR(pg_catalog.<) (pg_catalog.clock_timestamp() OPERATOR(pg_catalog.+) '2 ms'::interval) THEN
                PERFORM pg_catalog.pg_sleep(cron_engine.sleep_before(v_start, v_exact));
                CONTINUE;
            END IF;
            v_activity := cron_engine.tick(v_now, cron_engine.time_to_fire(v_now));
            COMMIT;
            v_activity := v_activity OPERATOR(pg_catalog.+) cron_engine.run_step('staff', pg_catalog.clock_timestamp());
            COMMIT;
            IF v_activity OPERATOR(pg_catalog.<=) 0 OR v_now OPERATOR(pg_catalog.>=) v_news THEN
                PERFORM cron_engine.run_step('notify of starts', v_now);
                v_news := v_now OPERATOR(pg_catalog.+) '50 ms'::interval;
                COMMIT;
            END IF;
            v_changes := v_changes OPERATOR(pg_catalog.+) greatest(v_activity, 0);
            -- What has begun may have to be stopped long before a quiet daemon would come by.
            v_sweep := least(v_sweep, v_now OPERATOR(pg_catalog.+) '0.5 s'::interval);
        END IF;
        IF cron_engine.may_care(v_now, v_sweep, v_activity) THEN
            CALL cron_engine.care(v_now, v_activity OPERATOR(pg_catalog.<=) 0, v_changes, v_purge, v_sweep);
            EXIT WHEN v_now OPERATOR(pg_catalog.>=) v_until OR cron_engine.version() OPERATOR(pg_catalog.<>) v_version;
        END IF;
        v_planned := cron_engine.rehearse(v_now, v_planned, v_activity, v_quiet);
        COMMIT;
        v_poll := cron_engine.next_poll(v_poll, v_activity);
        PERFORM pg_catalog.pg_sleep(cron_engine.sleep_time(pg_catalog.clock_timestamp(), v_poll, v_activity, v_sweep, v_now, v_quiet));
        COMMIT;
    END LOOP;
    PERFORM cron_engine.note_recovery_point();
    CALL cron_engine.measure_commit();
    PERFORM cron_engine.vacuum_working_set(0), cron_engine.run_step('revoke', v_now);
END;
$body$;
COMMENT ON PROCEDURE cron_engine.run_daemon(interval) IS
    'The scheduler: fires timers and staffs workers for the given time, then returns; call it again at once, on the same session. CALL it alone, outside a transaction, as the engine''s owner. Errors: 55006 another session leads, 25006 the server is a standby, 55000 the database is a copy that was not adopted.';
