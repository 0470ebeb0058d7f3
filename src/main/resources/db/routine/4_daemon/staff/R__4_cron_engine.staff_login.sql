CREATE OR REPLACE FUNCTION cron_engine.staff_login(for_login text, short integer, started_now integer, due_since timestamptz, now timestamptz)
RETURNS integer
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_places integer := cron_engine.free_places(for_login);
    -- Workers that get on with the queue need no help.
    v_short  integer := (SELECT least(short, b.enough - greatest(started_now, b.brisk), v_places) FROM cron_engine.brisk_workers(for_login, due_since, now) b);
    v_idle   text[];
    v_served integer := 0;
BEGIN
    IF v_places = 0 THEN
        RETURN 0;
    END IF;
    IF v_short > 0 THEN
        v_idle := cron_engine.idle_workers(for_login, v_short, now);
        v_served := cron_engine.start_workers(v_idle, now);
    END IF;
    IF v_short > v_served AND NOT EXISTS (SELECT FROM cron_engine.fault f WHERE f.step IN ('staff', 'connect') AND f.item = for_login AND f.retry_at > now) THEN
        v_served := v_served + cron_engine.open_workers(for_login, v_short - v_served, now);
    END IF;
    RETURN CASE WHEN v_short > 0 AND v_served = 0 THEN 0 ELSE short END;
EXCEPTION WHEN lock_not_available OR transaction_rollback THEN
    RAISE;
WHEN OTHERS THEN
    PERFORM cron_engine.note_fault('staff', for_login, NULL, SQLERRM, SQLSTATE, now);
    RETURN 0;
END;
$body$;
COMMENT ON FUNCTION cron_engine.staff_login(text, integer, integer, timestamptz, timestamptz) IS 'Gives the waiting runs of one login workers; that this fails keeps no other login from its own. Returns how many waited, 0 if nothing can be done for them now.';
