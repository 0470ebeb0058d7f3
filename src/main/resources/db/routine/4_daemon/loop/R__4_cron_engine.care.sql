CREATE OR REPLACE PROCEDURE cron_engine.care(
    now timestamptz, idle boolean, INOUT changes bigint, INOUT purge_at timestamptz, OUT next_at timestamptz)
LANGUAGE plpgsql
AS $body$
-- No search_path is pinned, or it could not COMMIT.
DECLARE
    v_quiet double precision;
BEGIN
    PERFORM cron_engine.run_step('mark stops', now);
    COMMIT;
    PERFORM cron_engine.sweep(now);
    COMMIT;
    -- Where all is quiet, and no worker is to be connected soon, see connect_ahead(), it is not needed as often.
    v_quiet := cron_engine.quiet_time(now);
    next_at := CASE WHEN v_quiet OPERATOR(pg_catalog.>) 8 THEN now OPERATOR(pg_catalog.+) '2 s'::interval
                    ELSE least(now OPERATOR(pg_catalog.+) '0.5 s'::interval,
                               greatest(coalesce(cron_engine.next_stop(), 'infinity'), now OPERATOR(pg_catalog.+) '10 ms'::interval)) END;
    changes := cron_engine.vacuum_working_set(changes, v_quiet OPERATOR(pg_catalog.>) 0.15);
    COMMIT;
    -- One batch of the old history at a time, when nothing else is to be done.
    IF idle AND now OPERATOR(pg_catalog.>=) purge_at THEN
        purge_at := now OPERATOR(pg_catalog.+) CASE WHEN cron_engine.run_step('purge', now) OPERATOR(pg_catalog.>) 0 THEN '0' ELSE '1 min' END::interval;
        PERFORM cron_engine.run_step('forget lasting', now);
        COMMIT;
    END IF;
END;
$body$;
COMMENT ON PROCEDURE cron_engine.care(timestamptz, boolean, bigint, timestamptz) IS
    'What the daemon does now and then. idle: nothing else is to be done. changes: how much has happened since the working set was vacuumed; purge_at: when the history is looked at again; next_at: when to come by again.';
