CREATE OR REPLACE FUNCTION cron_engine.note_delays(login text, message text, now timestamptz)
RETURNS void
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $body$
    -- It stays when the run starts: then it says why that was late.
    UPDATE cron.job_run_details d SET note = concat_ws('; ', d.note, 'delayed: ' || message)
      FROM (SELECT d.runid
              FROM (SELECT q.runid, q.not_before FROM cron_engine.queue q
                     WHERE q.login = $1 AND q.ready AND q.pid IS NULL
                     ORDER BY q.login, q.priority DESC, q.runid LIMIT 100) q
              JOIN cron.job_run_details d USING (runid)
             WHERE coalesce(q.not_before, d.queued_time) < now - interval '5 s' AND strpos(coalesce(d.note, ''), message) = 0
                   AND char_length(concat_ws('; ', d.note, 'delayed: ' || message)) <= 1000
               FOR UPDATE OF d SKIP LOCKED) late
     WHERE d.runid = late.runid
$body$;
COMMENT ON FUNCTION cron_engine.note_delays(text, text, timestamptz) IS
    'Notes at the runs of a login that have waited for more than five seconds, the first hundred of them, why they do: once for each cause.';
