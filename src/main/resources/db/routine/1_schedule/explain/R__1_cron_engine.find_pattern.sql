CREATE OR REPLACE FUNCTION cron_engine.find_pattern(
    members bit varying, low integer,
    OUT pattern text, OUT first integer, OUT last integer, OUT step integer, OUT items integer[])
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_size integer := length(members);
    v_count integer;
    v_starts integer[];
BEGIN
    items := array(SELECT i FROM generate_series(0, v_size - 1) AS i WHERE get_bit(members, i) = 1 ORDER BY i);
    v_count := cardinality(items);
    first := items[1];
    last := items[v_count];
    step := items[2] - items[1];
    -- Where a row of neighbours begins, the set being a circle: after December comes January.
    v_starts := array(SELECT i FROM unnest(items) AS i WHERE get_bit(members, (i + v_size - 1) % v_size) = 0);
    pattern := CASE
        WHEN v_count = 0 THEN 'none'
        WHEN v_count = v_size THEN 'all'
        WHEN v_count = 1 THEN 'one'
        WHEN cardinality(v_starts) = 1 AND v_count > 2 THEN 'run'
        WHEN step > 1 AND items = array(SELECT generate_series(first, v_size - 1, step)) AND first < step
            AND (v_count > 2 OR first = 0 AND v_size % step = 0) THEN 'step'
        ELSE 'list'
    END;
    IF pattern = 'run' THEN
        first := v_starts[1];
        last := (first + v_count - 1) % v_size;
    END IF;
    first := first + low;
    last := last + low;
    items := array(SELECT i + low FROM unnest(items) AS i);
END;
$body$;
COMMENT ON FUNCTION cron_engine.find_pattern(bit varying, integer) IS 'What a set of a schedule looks like to a reader: all, none, one, run (neighbours from first to last, perhaps around the end), step (every step-th from first) or list.';
