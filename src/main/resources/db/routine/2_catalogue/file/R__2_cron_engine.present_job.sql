CREATE OR REPLACE FUNCTION cron_engine.present_job(job_id bigint)
RETURNS TABLE (jobid bigint, job jsonb, is_home boolean, address jsonb)
LANGUAGE sql STABLE
AS $body$
    -- No search_path is pinned, so that it can be inlined; it is that of its callers, who all pin theirs.
    SELECT j.jobid,
           -- What the scheduler has deactivated nobody has paused.
           jsonb_strip_nulls(to_jsonb(j) || coalesce(to_jsonb(o), '{}') || jsonb_build_object('active', j.active OR d.jobid IS NOT NULL)) - 'jobid',
           cron_engine.is_home(j.nodename, j.nodeport), jsonb_build_object('nodename', j.nodename, 'nodeport', j.nodeport)
      FROM cron.job j
      LEFT JOIN cron.job_options o USING (jobid)
      LEFT JOIN cron_engine.deactivation d USING (jobid)
     WHERE j.jobid = job_id
$body$;
COMMENT ON FUNCTION cron_engine.present_job(bigint) IS 'A job as a file would have it: the columns of cron.job and of cron.job_options that are set. Whose server is home is said beside.';
