CREATE OR REPLACE FUNCTION cron_engine.start_on_time(INOUT exact_at timestamptz, OUT next_at timestamptz)
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    -- What is left of a millisecond, in which pg_sleep counts, is waited away here, but not so often that it would cost much.
    v_until   timestamptz := clock_timestamp() + CASE WHEN cron_engine.may_wait(exact_at) THEN '1.1 ms' ELSE '0' END::interval;
    v_start   record;
    v_started text[];
BEGIN
    FOR v_start IN
        SELECT w.launcher, w.start_at, array_agg(w.name) AS names,
               array_agg(('send', w.name, NULL, cron_engine.work_call(w.seat, w.reserved))::cron_engine.launcher_order) AS orders
          FROM cron_engine.worker w
         WHERE w.start_at <= v_until
               -- The clock was set back.
               OR w.start_at > v_until + interval '100 ms'
         GROUP BY w.launcher, w.start_at
         -- With a launcher it is one message, without a message for each.
         ORDER BY w.start_at, w.launcher DESC
    LOOP
        WHILE v_start.start_at BETWEEN clock_timestamp() AND v_until LOOP
            exact_at := v_start.start_at;
        END LOOP;
        PERFORM cron_engine.give_orders(v_start.launcher, v_start.orders, clock_timestamp());
        v_started := v_started || v_start.names;
    END LOOP;
    -- Not before that time were they sent their CALL: what is due later they do not claim, see demand().
    UPDATE cron_engine.worker w SET since = least(w.start_at, clock_timestamp()), start_at = NULL WHERE w.name = ANY (v_started);
    next_at := (SELECT min(w.start_at) FROM cron_engine.worker w);
END;
$body$;
COMMENT ON FUNCTION cron_engine.start_on_time(timestamptz) IS
    'Sets those workers to work that were given a run ahead of its time and whose time has come. exact_at: for which time it last waited; next_at: when the next one''s is, NULL if there is none.';
