CREATE OR REPLACE FUNCTION cron_engine.why_job(job_id bigint, now timestamptz)
RETURNS SETOF cron_engine.fact
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    WITH job AS MATERIALIZED (
        SELECT j.jobid, j.jobname, j.username, j.active, j.schedule, t.schedule AS parsed, t.timezone, t.scheduled_time, t.next_fire,
               o.valid_from, o.valid_until, d.reason, p.paused_at, p.paused_by, p.note, e.login, e.catch_up
          FROM cron.job j
          JOIN cron_engine.effective_job e USING (jobid)
          LEFT JOIN cron_engine.timer t USING (jobid)
          LEFT JOIN cron.job_options o USING (jobid)
          LEFT JOIN cron_engine.deactivation d USING (jobid)
          LEFT JOIN cron_engine.pause p USING (jobid)
         WHERE j.jobid = $1
    )
    SELECT 'now', j.paused_at, NULL::timestamptz, 'inactive', NULL::bigint, NULL::bigint,
           'the job is inactive' || coalesce('; the scheduler has deactivated it: ' || j.reason, '; by ' || j.paused_by || coalesce(': ' || j.note, ''),
                                             '; ' || cron_engine.who_changed($1, 'active', now), ''),
           CASE WHEN j.reason LIKE '%valid_until' THEN 'A later valid_until activates it again.' ELSE format('SELECT cron.resume_job(%s) activates it.', $1) END, NULL::jsonb
      FROM job j WHERE NOT j.active
    UNION ALL
    SELECT 'now', f.since, f.retry_at, 'fault', f.count::bigint, NULL, format('the scheduler fails to %s: %s', f.step, left(f.message, 500)), 'It is tried again at the second time.',
           jsonb_build_object('step', f.step, 'sqlstate', f.sqlstate)
      FROM cron_engine.fault f WHERE f.jobid = $1
    UNION ALL
    SELECT 'now', NULL, NULL, 'login', NULL, NULL, l.obstacle, format('SELECT cron.add_login(%L, …) says with which password it logs in.', j.login), NULL
      FROM job j
     CROSS JOIN LATERAL cron_engine.login_obstacle(j.login, (SELECT f.message FROM cron_engine.fault f WHERE f.step IN ('connect', 'staff') AND f.item = j.login
                                                              ORDER BY f.step LIMIT 1)) AS l (obstacle)
     WHERE l.obstacle IS NOT NULL
    UNION ALL
    SELECT 'now', w.* FROM job j CROSS JOIN LATERAL cron_engine.why_timer(j.jobid, j.schedule, j.parsed, j.timezone, j.scheduled_time, j.next_fire, j.valid_from,
                                                                          j.valid_until, now) w WHERE j.active
$body$;
COMMENT ON FUNCTION cron_engine.why_job(bigint, timestamptz) IS 'What a job itself waits for: its time, its activation, its login; and what the scheduler fails to do for it.';
