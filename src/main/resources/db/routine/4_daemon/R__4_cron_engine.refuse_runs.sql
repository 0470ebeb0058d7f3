-- Who owns a run may lock its row in the history as long as he likes. Nothing here waits for that: such a run is left for the next time.

CREATE OR REPLACE FUNCTION cron_engine.refuse_runs(login text, message text, detail text, state text)
RETURNS void
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT cron_engine.fail_run(q.runid, concat_ws(E'\nDETAIL:  ', message, detail), state, clock_timestamp())
      FROM (SELECT q.runid
              FROM cron_engine.queue q
              JOIN cron.job_run_details d USING (runid)
             WHERE q.login = $1 AND q.ready AND q.pid IS NULL
               FOR UPDATE SKIP LOCKED) q
$body$;
COMMENT ON FUNCTION cron_engine.refuse_runs(text, text, text, text) IS 'Fails the waiting runs of a login that no session can be had for.';
