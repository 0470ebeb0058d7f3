CREATE OR REPLACE FUNCTION cron_engine.why_runs(job_id bigint, administrator boolean, now timestamptz)
RETURNS SETOF cron_engine.fact
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_run  record;
    v_fact cron_engine.fact;
BEGIN
    FOR v_run IN
        SELECT q.*, d.scheduled_time, d.trigger, d.attempt FROM cron_engine.queue q JOIN cron.job_run_details d USING (runid)
         WHERE q.jobid = job_id ORDER BY q.pid IS NULL, q.runid LIMIT 20
    LOOP
        v_fact := ROW('now', v_run.started_at, NULL, NULL, NULL, v_run.runid, NULL, NULL, NULL);
        IF v_run.pid IS NOT NULL THEN
            v_fact.code := CASE WHEN v_run.stop_reason IS NOT NULL THEN 'stopping' ELSE 'running' END;
            v_fact.fact := format('run %s, attempt %s, is under way in session %s for %s%s', v_run.runid, v_run.attempt, v_run.pid,
                                  date_trunc('milliseconds', now - v_run.started_at),
                                  CASE v_run.stop_reason WHEN 'timeout' THEN ', and is to stop: its timeout is over'
                                                         WHEN 'cancel' THEN ', and is to stop: canceled by ' || coalesce(v_run.stop_asked_by, '?') ELSE '' END);
            v_fact.detail := jsonb_strip_nulls(jsonb_build_object('pid', v_run.pid, 'top_level', v_run.top_level IS TRUE,
                                                                 'timeout_at', v_run.started_at + v_run.timeout));
        ELSIF v_run.not_before > now THEN
            v_fact.code := CASE WHEN v_run.retry THEN 'retry' ELSE 'jitter' END;
            v_fact."time" := v_run.not_before;
            v_fact.fact := format(CASE WHEN v_run.retry THEN 'run %s, attempt %s, waits until its retry delay is over' ELSE 'run %s waits for its time' END,
                                  v_run.runid, v_run.attempt);
        ELSE
            SELECT w.code, w.fact, w.hint, w.detail INTO v_fact.code, v_fact.fact, v_fact.hint, v_fact.detail
              FROM cron_engine.why_run(v_run.runid, administrator, now) w;
            v_fact.fact := format('run %s waits: ', v_run.runid) || v_fact.fact;
            v_fact."time" := v_run.not_before;
        END IF;
        v_fact.until := CASE WHEN v_run.pid IS NULL THEN v_run.start_before END;
        v_fact.hint := concat_ws(' ', v_fact.hint, CASE WHEN v_fact.until IS NOT NULL THEN 'It is skipped if it has not started by the second time: start_deadline.' END);
        v_fact.hint := nullif(v_fact.hint, '');
        RETURN NEXT v_fact;
    END LOOP;
END;
$body$;
COMMENT ON FUNCTION cron_engine.why_runs(bigint, boolean, timestamptz) IS
    'What the runs of a job are doing that have not ended, up to twenty: running, stopping, retry, jitter, else as cron_engine.why_run().';
