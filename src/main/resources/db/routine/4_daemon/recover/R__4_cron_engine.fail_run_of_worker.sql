-- The owner of a run may lock its row in the history for any length of time. Nothing here waits for that: such a run is left for the next time.

CREATE OR REPLACE FUNCTION cron_engine.fail_run_of_worker(
    worker_name text, error_code text, message text, detail text, hint text, now timestamptz)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_run record;
BEGIN
    SELECT q.runid, q.claims, q.top_level AND q.connect_before IS NULL AS top_level,
           coalesce(q.stop_reason, CASE WHEN q.timed_out_at IS NOT NULL THEN 'statement timeout' END) AS stop_reason INTO v_run
      FROM cron_engine.worker w
      JOIN cron_engine.queue q ON q.pid = w.pid AND q.login = w.login
      JOIN cron.job_run_details d USING (runid)
     WHERE w.name = worker_name
       FOR UPDATE OF q, d SKIP LOCKED;
    -- The end of its session is another matter: whether its run had an effect depends on the run, see recover_lost_runs.
    IF FOUND AND (error_code = '57014' OR error_code = '40001' AND v_run.stop_reason IS NOT NULL OR v_run.top_level) THEN
        -- A cancel that came while no command ran, or that the snapshot of a serializable run was too old to see: was it meant for this run?
        -- And what was done at top level is done, recorded or not.
        PERFORM cron_engine.recover_run(v_run.runid, v_run.claims, v_run.top_level, v_run.stop_reason, now);
    ELSIF FOUND AND error_code !~ '^(08|57P)' THEN
        PERFORM cron_engine.fail_run(v_run.runid, cron_engine.error_message('', error_code, message, detail, hint, NULL), error_code, now);
    ELSIF error_code !~ '^(08|40|53|55|57)' THEN
        -- It cannot even claim a run, nor will the next worker of its login: better failed runs than ones that wait for ever.
        PERFORM cron_engine.refuse_runs(w.login, 'the worker failed: ' || message, nullif(detail, ''), error_code)
           FROM cron_engine.worker w
          WHERE w.name = worker_name AND NOT EXISTS (SELECT FROM cron_engine.queue q WHERE q.pid = w.pid AND q.login = w.login);
    END IF;
END;
$body$;
COMMENT ON FUNCTION cron_engine.fail_run_of_worker(text, text, text, text, text, timestamptz) IS
    'Records the failure of the run at whose COMMIT a worker''s CALL failed, or of all that wait for a login whose workers cannot claim any.';
