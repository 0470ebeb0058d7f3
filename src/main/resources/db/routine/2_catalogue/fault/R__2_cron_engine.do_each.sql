-- Where one statement serves many, one row that it cannot bear must not keep it from all the others.

CREATE OR REPLACE FUNCTION cron_engine.do_each(step text, items text[], now timestamptz)
RETURNS integer
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    -- "restore run" is done by cron_engine.restore_runs(). Of which type the items are is the routine's business.
    v_call  text := format('SELECT cron_engine.%I(%%L, $1)', replace(step, ' ', '_') || 's');
    v_items text[] := items;
    v_half  integer;
    v_count integer;
BEGIN
    IF EXISTS (SELECT FROM cron_engine.fault f WHERE f.step = $1 AND f.retry_at > now) THEN
        v_items := ARRAY(SELECT u.item FROM unnest(items) WITH ORDINALITY u (item, i)
                          WHERE NOT EXISTS (SELECT FROM cron_engine.fault f WHERE f.step = $1 AND f.item = u.item AND f.retry_at > now)
                          ORDER BY u.i);
    END IF;
    IF coalesce(cardinality(v_items), 0) = 0 THEN
        RETURN 0;
    END IF;
    BEGIN
        EXECUTE format(v_call, v_items) INTO v_count USING now;
        DELETE FROM cron_engine.fault f WHERE f.step = $1 AND f.item = ANY (v_items);
        RETURN v_count;
    EXCEPTION WHEN lock_not_available OR transaction_rollback THEN
        RAISE;
    WHEN OTHERS THEN
        IF cardinality(v_items) = 1 OR SQLSTATE ~ '^(25|53|57|58)' THEN
            PERFORM cron_engine.note_fault(step, v_items[1], cron_engine.job_of(step, v_items[1]), SQLERRM, SQLSTATE, now);
            RETURN 0;
        END IF;
        RAISE LOG 'cronlink: could not % for all % at once: %', step, cardinality(v_items), SQLERRM;
    END;
    -- By halves: to find one among thousands takes a dozen attempts.
    v_half := cardinality(v_items) / 2;
    RETURN cron_engine.do_each(step, v_items[: v_half], now) + cron_engine.do_each(step, v_items[v_half + 1 :], now);
END;
$body$;
COMMENT ON FUNCTION cron_engine.do_each(text, text[], timestamptz) IS
    'Does something for many items at once, by the routine whose name is the step''s in plural and which takes them as an array, and the time. An item for which it fails is put aside, with the fault noted, and left out until it is to be tried again. Returns what the routine returned, its count.';
