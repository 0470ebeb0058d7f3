CREATE OR REPLACE FUNCTION cron_engine.start_on_time(INOUT exact_at timestamptz, OUT next_at timestamptz)
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    -- What is left of a millisecond, in which pg_sleep counts, is waited away here, but not so often that it would cost much.
    v_until   timestamptz := clock_timestamp() + CASE WHEN cron_engine.may_wait(exact_at) THEN '1.1 ms' ELSE '0' END::interval;
    v_worker  record;
    v_started text[];
BEGIN
    FOR v_worker IN
        SELECT w.name, w.start_at, w.pid, w.reserved, 'CALL cron_engine.work(''1 s'', ' || w.seat || ', ' || w.reserved || ')' AS call
          FROM cron_engine.worker w
         WHERE w.start_at <= v_until
               -- The clock was set back.
               OR w.start_at > v_until + interval '100 ms'
         ORDER BY w.start_at
    LOOP
        WHILE v_worker.start_at BETWEEN clock_timestamp() AND v_until LOOP
            exact_at := v_worker.start_at;
        END LOOP;
        IF cron_engine.send(v_worker.name, v_worker.call) THEN
            v_started := v_started || v_worker.name;
        ELSE
            -- Its session may live on for as long as it likes, if it still had another run: this one has not begun.
            PERFORM cron_engine.give_back(v_worker.reserved, v_worker.pid);
            PERFORM cron_engine.close_worker(v_worker.name);
        END IF;
    END LOOP;
    UPDATE cron_engine.worker w SET since = clock_timestamp(), start_at = NULL WHERE w.name = ANY (v_started);
    next_at := (SELECT min(w.start_at) FROM cron_engine.worker w);
END;
$body$;
COMMENT ON FUNCTION cron_engine.start_on_time(timestamptz) IS
    'Sets those workers to work that were given a run ahead of its time and whose time has come. exact_at: for which time it last waited; next_at: when the next one''s is, NULL if there is none.';
