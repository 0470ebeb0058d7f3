CREATE OR REPLACE FUNCTION cron_engine.note_unstoppable(worker_pid integer, reason text)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    UPDATE cron.job_run_details d
       SET note = left(concat_ws('; ', d.note, 'cannot be stopped: ' || reason), 1000)
      -- Who owns the run may have locked its row in the history: nobody else's is to wait for that.
      FROM (SELECT d.runid FROM cron_engine.queue q JOIN cron.job_run_details d USING (runid)
             WHERE q.pid = worker_pid AND strpos(coalesce(d.note, ''), 'cannot be stopped: ') = 0
               FOR UPDATE OF d SKIP LOCKED) r
     WHERE d.runid = r.runid;
    IF FOUND THEN
        RAISE LOG 'cronlink: worker % could not be signalled: %', worker_pid, reason;
    END IF;
END;
$body$;
COMMENT ON FUNCTION cron_engine.note_unstoppable(integer, text) IS 'Notes, once for each run, that there is no way to stop it, and why.';
