CREATE OR REPLACE FUNCTION cron_engine.run_step(step text, now timestamptz, head_start interval DEFAULT '0')
RETURNS integer
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_failed   integer;
    v_retry_at timestamptz := (SELECT f.retry_at FROM cron_engine.fault f WHERE f.step = $1 AND f.item = '');
    v_activity integer := 0;
BEGIN
    IF v_retry_at > now THEN
        RETURN 0;
    END IF;
    CASE step
        -- The steps of a tick.
        WHEN 'bring timers forward' THEN
            v_activity := cron_engine.bring_timers_forward(now, current_setting('cronlink.last_tick')::timestamptz - now);
            PERFORM set_config('cronlink.last_tick', now::text, false);
        WHEN 'settle' THEN v_activity := cron_engine.settle_due(now);
        WHEN 'fire' THEN v_activity := cron_engine.fire_due(now, head_start);
        WHEN 'make ready' THEN v_activity := cron_engine.make_ready_due(now);
        WHEN 'staff' THEN v_activity := cron_engine.staff(now);
        WHEN 'notify of starts' THEN PERFORM cron_engine.notify_started(now), cron_engine.tell_changes();
        -- What is done now and then.
        WHEN 'mark stops' THEN v_activity := cron_engine.mark_stops(now);
        WHEN 'send stops' THEN PERFORM cron_engine.send_stops(now);
        WHEN 'recover' THEN v_activity := cron_engine.recover_lost_runs(now);
        WHEN 'look again' THEN v_activity := cron_engine.look_again(now);
        WHEN 'expire' THEN PERFORM cron_engine.expire_waiting_runs(now);
        WHEN 'count' THEN PERFORM cron_engine.count_runs(now);
        WHEN 'retire' THEN PERFORM cron_engine.retire_workers(now);
        WHEN 'connect ahead' THEN PERFORM cron_engine.connect_ahead(now);
        WHEN 'tell' THEN PERFORM cron_engine.tell_failures('{}', now);
        WHEN 'explain delays' THEN PERFORM cron_engine.explain_delays(now);
        WHEN 'mend' THEN PERFORM cron_engine.mend(now);
        WHEN 'revoke' THEN PERFORM cron_engine.revoke_trigger_privileges();
        WHEN 'forget lasting' THEN PERFORM cron_engine.forget_lasting();
        WHEN 'purge' THEN v_activity := cron_engine.purge_history(now) + cron_engine.purge_audit(now);
    END CASE;
    IF v_retry_at IS NOT NULL THEN
        DELETE FROM cron_engine.fault f WHERE f.step = $1 AND f.item = '' RETURNING f.count INTO v_failed;
        -- Less often it was not told, see note_given_up().
        IF v_failed >= 3 THEN
            RAISE INFO 'Done again, after it failed % times: %', v_failed, step;
        END IF;
    END IF;
    RETURN v_activity;
EXCEPTION
    WHEN lock_not_available OR transaction_rollback THEN
        -- Nothing in a step should wait for a lock; should something, then the step is undone and comes again.
        PERFORM cron_engine.note_given_up(step, SQLERRM, SQLSTATE, now);
        RETURN 0;
    WHEN OTHERS THEN
        PERFORM cron_engine.note_fault(step, '', NULL, SQLERRM, SQLSTATE, now);
        RETURN 0;
END;
$body$;
COMMENT ON FUNCTION cron_engine.run_step(text, timestamptz, interval) IS
    'Takes one step of the daemon, on which no other depends: if it fails it is undone, and tried again after a pause. Returns how much happened.';
