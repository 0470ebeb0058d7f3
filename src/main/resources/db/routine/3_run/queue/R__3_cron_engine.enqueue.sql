CREATE OR REPLACE FUNCTION cron_engine.enqueue(
    job_id bigint, trigger text, attempt integer, origin_runid bigint, note text, not_before timestamptz, now timestamptz)
RETURNS bigint
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT cron_engine.queue_run(
               jobid => e.jobid, username => e.username, database => e.database, command => e.command, login => e.login, priority => e.priority,
               may_overlap => e.overlap = 'allow', top_level => e.top_level, timeout => e.timeout, job_group => e.job_group, plain => e.plain,
               remote_nodename => e.remote_nodename, remote_nodeport => e.remote_nodeport, remote_database => e.remote_database,
               trigger => $2, attempt => $3, origin_runid => $4, note => $5, not_before => $6, now => $7)
      FROM cron_engine.effective_job e
     WHERE e.jobid = job_id
$body$;
COMMENT ON FUNCTION cron_engine.enqueue(bigint, text, integer, bigint, text, timestamptz, timestamptz) IS
    'Queues one run of a job outside its schedule: by hand, as a retry, after another job. Returns its runid.';
