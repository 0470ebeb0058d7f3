CREATE OR REPLACE FUNCTION cron_engine.staff_ahead(for_login text, ahead bigint[], now timestamptz)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_idle text[];
BEGIN
    IF EXISTS (SELECT FROM cron_engine.fault f WHERE f.step IN ('staff', 'connect') AND f.item = for_login AND f.retry_at > now) THEN
        RETURN;
    ELSIF NOT EXISTS (SELECT FROM cron_engine.worker w WHERE w.login = for_login) THEN
        -- To connect takes most of that time: with more than one it would be over.
        PERFORM cron_engine.open_workers(for_login, 1, now);
        RETURN;
    END IF;
    -- A worker that begins before the time would show it: statement_timestamp() is that of its CALL. So the run is claimed for it now, and
    -- nothing is left to do at the time but to send the CALL.
    v_idle := cron_engine.idle_workers(for_login, least(
                  cron_engine.reserved_ahead(cardinality(ahead)) - (SELECT count(*)::integer FROM cron_engine.worker w WHERE w.login = for_login AND cron_engine.is_yet_to_start(w, clock_timestamp())),
                  cron_engine.free_places(for_login)), now);
    WITH idle AS (
        SELECT i.name, w.pid, i.nth FROM unnest(v_idle) WITH ORDINALITY i (name, nth) JOIN cron_engine.worker w USING (name)
    ), run AS (
        SELECT l.runid, l.not_before, row_number() OVER (ORDER BY array_position(ahead, l.runid)) AS nth
          FROM (SELECT q.runid, q.not_before FROM cron_engine.queue q
                 WHERE q.runid = ANY (ahead[: cardinality(v_idle)]) AND q.ready AND q.pid IS NULL AND q.not_before <= now + 2 * cron_engine.head_start()
                       AND NOT q.careful
                   FOR UPDATE SKIP LOCKED) l
    ), claimed AS (
        UPDATE cron_engine.queue q
           SET pid = i.pid, claims = q.claims + 1, started_at = q.not_before, stray_stop = false,
               -- As in claim_run().
               connect_before = CASE WHEN q.top_level THEN 'infinity'::timestamptz END
          FROM run r JOIN idle i ON i.nth = r.nth
         WHERE q.runid = r.runid
        RETURNING q.runid, q.not_before, i.name
    )
    UPDATE cron_engine.worker w
       SET busy = true, since = now, start_at = c.not_before, reserved = c.runid
      FROM claimed c
     WHERE w.name = c.name;
EXCEPTION WHEN lock_not_available OR transaction_rollback THEN
    RAISE;
WHEN OTHERS THEN
    -- As in staff_login(): no other login waits for it.
    PERFORM cron_engine.note_fault('staff', for_login, NULL, SQLERRM, SQLSTATE, now);
END;
$body$;
COMMENT ON FUNCTION cron_engine.staff_ahead(text, bigint[], timestamptz) IS
    'Claims runs of a login that were queued ahead of their time, in the order given, for idle workers, which are set to work at those very times; opens a worker where there is none.';
