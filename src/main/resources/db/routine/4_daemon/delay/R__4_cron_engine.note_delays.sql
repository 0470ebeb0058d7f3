CREATE OR REPLACE FUNCTION cron_engine.note_delays(login text, message text, now timestamptz)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
-- By the few runs that are named, never by reading the history.
SET enable_seqscan = off
SET enable_hashjoin = off
SET enable_mergejoin = off
SET jit = off
AS $body$
DECLARE
    v_runids bigint[] := ARRAY(SELECT q.runid FROM cron_engine.queue q
                                WHERE q.login = $1 AND q.ready AND q.pid IS NULL AND (q.not_before IS NULL OR q.not_before < now - interval '5 s')
                                ORDER BY q.login, -q.priority, q.runid LIMIT 100);
BEGIN
    SELECT array_agg(l.runid) INTO v_runids
      FROM (SELECT d.runid FROM cron.job_run_details d
             WHERE d.runid = ANY (v_runids) AND d.queued_time < now - interval '5 s' AND strpos(coalesce(d.note, ''), message) = 0
                   AND char_length(concat_ws('; ', d.note, 'delayed: ' || message)) <= 1000
               FOR UPDATE SKIP LOCKED) l;
    -- It stays when the run starts: then it says why that was late.
    UPDATE cron.job_run_details d SET note = concat_ws('; ', d.note, 'delayed: ' || message) WHERE d.runid = ANY (v_runids);
END;
$body$;
COMMENT ON FUNCTION cron_engine.note_delays(text, text, timestamptz) IS
    'Notes at the runs of a login that have waited for more than five seconds, the first hundred of them, why they do: once for each cause.';
