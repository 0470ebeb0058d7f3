CREATE OR REPLACE FUNCTION cron_engine.entry_of(
    job cron_engine.effective_job, runid bigint, ready boolean DEFAULT false, retry boolean DEFAULT false,
    not_before timestamptz DEFAULT NULL, start_before timestamptz DEFAULT NULL)
RETURNS SETOF cron_engine.queue
LANGUAGE sql STABLE
AS $body$
    -- No search_path is pinned, so that it can be inlined; it is that of its callers, who pin it.
    SELECT entry_of.runid,
           job.jobid,
           job.login,
           job.username,
           job.priority,
           entry_of.ready,
           NULL                    AS waits_for,
           job.overlap = 'allow'   AS may_overlap,
           job.top_level,
           entry_of.not_before,
           entry_of.start_before,
           job.timeout,
           NULL::interval          AS statement_timeout,
           job.job_group,
           job.plain,
           entry_of.retry,
           job.remote_nodename     AS nodename,
           job.remote_nodeport     AS nodeport,
           job.remote_database     AS database,
           false                   AS careful,
           0                       AS claims,
           NULL::integer           AS pid,
           NULL::timestamptz       AS started_at,
           NULL::real              AS commit_share,
           NULL                    AS stop_reason,
           NULL::timestamptz       AS stop_asked_at,
           NULL                    AS stop_asked_by,
           NULL::timestamptz       AS stop_sent_at,
           NULL::timestamptz       AS timed_out_at,
           false                   AS stray_stop,
           NULL::timestamptz       AS connect_before,
           -- NULL: none is. A number's hash, as those of a job that fires with others may all be even.
           coalesce(job.measured OR hashint8(entry_of.runid) % 32 = 0 AND job.measured IS NOT NULL, false) AS measured
$body$;
COMMENT ON FUNCTION cron_engine.entry_of(cron_engine.effective_job, bigint, boolean, boolean, timestamptz, timestamptz) IS
    'The row of the queue for one run of a job, as the job is to run now. The one place that says so.';
