CREATE OR REPLACE FUNCTION cron_engine.settle_ended_runs(now timestamptz, held bigint[] DEFAULT '{}', only_runid bigint DEFAULT NULL)
RETURNS integer
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_runids bigint[];
    v_jobids bigint[];
    v_status text[];
    v_names  text[];
    v_groups text[];
    v_plain  bigint[];
    v_ended  cron_engine.ended_run[];
    -- A job may have got followers since its run was queued.
    v_chains boolean := EXISTS (SELECT FROM cron_engine.timer t WHERE (t.schedule).after_job IS NOT NULL);
BEGIN
    WITH gone AS (
        DELETE FROM cron_engine.ended_run e WHERE e.runid <> ALL (held) AND (only_runid IS NULL OR e.runid = only_runid)
        RETURNING e.runid, e.jobid, e.status, e.tableoid <> 'cron_engine.plain_end'::regclass AS follow,
                  e.username, e.job_group,
                  (e.runid, e.jobid, e.status, e.top_level, e.canceled, e.username, e.job_group)::cron_engine.ended_run AS ended
    )
    SELECT array_agg(g.runid), array_agg(g.jobid), array_agg(g.status), array_agg(g.username), array_agg(g.job_group),
           array_agg(g.jobid) FILTER (WHERE NOT g.follow),
           array_agg(g.ended) FILTER (WHERE g.follow
                                            OR v_chains AND EXISTS (SELECT FROM cron_engine.effective_job j WHERE j.jobid = g.jobid AND NOT j.plain))
      INTO v_runids, v_jobids, v_status, v_names, v_groups, v_plain, v_ended
      FROM gone g;
    IF v_runids IS NULL THEN
        RETURN 0;
    END IF;
    DELETE FROM cron_engine.saved_run k WHERE k.runid = ANY (v_runids);
    PERFORM cron_engine.ready_next(v_jobids, v_names, v_groups, now);
    PERFORM cron_engine.log_event('runs', v_runids, v_jobids, v_status);
    PERFORM cron_engine.notify_runs(v_runids, v_jobids, v_status);
    UPDATE cron_engine.job_state s SET failures = 0 WHERE s.failures > 0 AND s.jobid = ANY (v_plain);
    IF v_ended IS NOT NULL THEN
        PERFORM cron_engine.apply_policies(v_ended, now);
    END IF;
    -- Nothing but this look, unless something has failed or is watched.
    IF EXISTS (SELECT FROM cron.alarm a WHERE a.kind = 'failed' AND a.ended_at IS NULL) OR EXISTS (SELECT FROM cron_engine.success_watch) THEN
        PERFORM cron_engine.note_successes(v_runids, v_jobids, v_status, now);
    END IF;
    PERFORM cron_engine.prune_jobs(v_jobids, now);
    RETURN cardinality(v_runids);
END;
$body$;
COMMENT ON FUNCTION cron_engine.settle_ended_runs(timestamptz, bigint[], bigint) IS
    'Does what follows from runs that ended, from all but those held or of only one: what waited for them, news of them, retries, failures in a row, jobs that wait for them, what of them is kept. Returns how many ended.';
