CREATE OR REPLACE FUNCTION cron_engine.why(caller text, job_id bigint, since interval, now timestamptz)
RETURNS cron_engine.fact[]
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
SET jit = off
AS $body$
DECLARE
    v_admin boolean := cron_engine.is_administrator(caller);
    v_since timestamptz := now - since;
    v_every interval;
    v_facts cron_engine.fact[];
BEGIN
    PERFORM cron_engine.require_own(caller, (SELECT j.username FROM cron.job j WHERE j.jobid = job_id), format('Job %s', job_id));
    IF (since > '0' AND since <= '35 days') IS NOT TRUE THEN
        RAISE EXCEPTION 'since must be more than zero, and at most 35 days' USING ERRCODE = 'invalid_parameter_value', COLUMN = 'since',
            HINT = 'cron.job_run_details has what is older.';
    END IF;
    -- As many fires as can be gone through in about a second.
    SELECT (t.schedule).every INTO v_every FROM cron_engine.timer t WHERE t.jobid = job_id;
    v_since := greatest(v_since, now - 100000 * v_every);
    SELECT array_agg(f::cron_engine.fact) INTO v_facts
      FROM (SELECT * FROM cron_engine.why_scheduler(v_admin, now)
            UNION ALL SELECT * FROM cron_engine.why_job(job_id, now)
            UNION ALL SELECT * FROM cron_engine.why_runs(job_id, v_admin, now)
            UNION ALL SELECT * FROM cron_engine.why_fires(job_id, v_since, now)
            UNION ALL
            SELECT 'fires', v_since, NULL, 'shortened', NULL, NULL, format('fires before %s are left out, as there are more than 100,000 of them', v_since), NULL, NULL
             WHERE v_since > now - since AND (SELECT d.present FROM cron_engine.definitions(job_id, v_since, now) d ORDER BY d.since LIMIT 1)
            UNION ALL SELECT * FROM cron_engine.why_costs(job_id, now)) f;
    RETURN v_facts;
END;
$body$;
COMMENT ON FUNCTION cron_engine.why(text, bigint, interval, timestamptz) IS 'What cron.why() answers a caller.';
