CREATE OR REPLACE FUNCTION cron_engine.notify_started(now timestamptz)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
-- By the index of the ready ones: the table itself stays as long as its longest queue was.
SET enable_seqscan = off
SET enable_bitmapscan = off
SET enable_sort = off
SET jit = off
AS $body$
DECLARE
    -- Kept by the session, with the number of the claim: one that was lost begins again.
    v_known   text[] := coalesce(nullif(current_setting('cronlink.started', true), ''), '{}');
    v_running text[] := ARRAY(SELECT concat_ws(' ', q.runid, q.claims) FROM cron_engine.queue q
                               WHERE q.ready AND q.pid IS NOT NULL AND q.started_at <= now - cron_engine.lasting_run()
                               ORDER BY q.login, -q.priority, q.runid);
    v_started text[] := (SELECT array_agg(split_part(r, ' ', 1)) FROM unnest(v_running) r WHERE r <> ALL (v_known));
BEGIN
    IF v_started IS NOT NULL THEN
        PERFORM cron_engine.do_each('mark run', v_started, now);
        v_running := ARRAY(SELECT r FROM unnest(v_running) r
                            WHERE r = ANY (v_known)
                               OR EXISTS (SELECT FROM cron.job_run_details d WHERE d.runid = split_part(r, ' ', 1)::bigint AND d.status <> 'queued'));
    END IF;
    IF v_running <> v_known THEN
        PERFORM set_config('cronlink.started', v_running::text, false);
    END IF;
END;
$body$;
COMMENT ON FUNCTION cron_engine.notify_started(timestamptz) IS
    'Records in the history, and notifies of, those runs that have been under way for a while (lasting_run) and were not before.';
