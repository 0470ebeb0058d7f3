CREATE OR REPLACE FUNCTION cron_engine.start_on_time(INOUT exact_at timestamptz, OUT next_at timestamptz)
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_now     timestamptz := clock_timestamp();
    -- What is left of a millisecond, in which pg_sleep counts, is waited away here, but not so often that it would cost much.
    v_until   timestamptz := v_now + CASE WHEN cron_engine.may_wait(exact_at) THEN '1.1 ms' ELSE '0' END::interval;
    v_start   record;
    v_started text[];
BEGIN
    next_at := (SELECT min(w.start_at) FROM cron_engine.worker w);
    -- Mostly there is nothing to do, or not yet.
    IF next_at IS NULL OR next_at > v_now + interval '4.5 ms' AND next_at <= v_now + interval '100 ms' THEN
        RETURN;
    END IF;
    FOR v_start IN
        WITH due AS MATERIALIZED (
            SELECT w.* FROM cron_engine.worker w
             -- A launcher waits by itself, and has read what it is sent when the time comes.
             WHERE w.start_at <= CASE w.launcher WHEN '' THEN v_until ELSE v_now + interval '4.5 ms' END
                   -- The clock was set back.
                   OR w.start_at > v_now + interval '100 ms'
        ), step AS (
            SELECT d.launcher, d.start_at, NULL AS name, ('wait', min(d.name), NULL, extract(epoch FROM d.start_at))::cron_engine.launcher_order AS step
              FROM due d WHERE d.launcher <> '' GROUP BY d.launcher, d.start_at
            UNION ALL
            SELECT d.launcher, d.start_at, d.name, ('send', d.name, NULL, cron_engine.work_call(d.seat, d.reserved))::cron_engine.launcher_order
              FROM due d
        )
        SELECT s.launcher, min(s.start_at) AS start_at, array_agg(s.name) AS names, array_agg(s.step ORDER BY s.start_at, s.name NULLS FIRST) AS orders
          FROM step s GROUP BY s.launcher, CASE s.launcher WHEN '' THEN s.start_at END
         ORDER BY s.launcher DESC, min(s.start_at)
    LOOP
        WHILE v_start.launcher = '' AND v_start.start_at BETWEEN clock_timestamp() AND v_until LOOP
            exact_at := v_start.start_at;
        END LOOP;
        PERFORM cron_engine.give_orders(v_start.launcher, v_start.orders, clock_timestamp());
        v_started := v_started || v_start.names;
    END LOOP;
    -- Not before that time are they sent their CALL: what is due later they do not claim, see worker_demand().
    UPDATE cron_engine.worker w SET since = least(w.start_at, clock_timestamp() + interval '10 ms'), start_at = NULL WHERE w.name = ANY (v_started);
    next_at := (SELECT min(w.start_at) FROM cron_engine.worker w);
END;
$body$;
COMMENT ON FUNCTION cron_engine.start_on_time(timestamptz) IS
    'Sets those workers to work that were given a run ahead of its time and whose time has come, or is about to for those of a launcher. exact_at: for which time it last waited; next_at: when the next one''s is, NULL if there is none.';
