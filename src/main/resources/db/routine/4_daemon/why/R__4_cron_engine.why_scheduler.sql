CREATE OR REPLACE FUNCTION cron_engine.why_scheduler(administrator boolean, now timestamptz)
RETURNS SETOF cron_engine.fact
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT 'now', NULL::timestamptz, NULL::timestamptz, 'copy', NULL::bigint, NULL::bigint, c.notice, 'SELECT cron.adopt() if its jobs are to run here.', NULL::jsonb
      FROM cron_engine.copy_notice() AS c (notice) WHERE c.notice IS NOT NULL
    UNION ALL
    SELECT 'now', l.since, NULL, 'nobody_leads', NULL, NULL, 'nobody leads the scheduler: nothing fires and nothing starts',
           'Start the service, and see its log and its health.', NULL
      FROM (SELECT greatest((SELECT max(d.queued_time) FROM (SELECT d.queued_time, d.trigger FROM cron.job_run_details d ORDER BY d.runid DESC LIMIT 1000) d
                              WHERE d.trigger <> 'manual'),
                            (SELECT max(o.until) FROM cron_engine.outage o)) AS since) l
     WHERE cron_engine.leader_pid() IS NULL
    UNION ALL
    SELECT 'now', s.last_tick, NULL, 'no_sign', NULL, NULL, 'the session that leads the scheduler has not come round since',
           CASE WHEN cron_engine.blockers() IS NOT NULL THEN 'Another session has locked tables of the scheduler.' ELSE 'See the health of the service.' END, NULL
      FROM cron_engine.daemon_status() s WHERE s.last_tick < now - interval '5 s'
    UNION ALL
    SELECT 'now', p.changed_at, NULL, 'paused', NULL, NULL,
           'the scheduler is paused: nothing fires and nothing starts'
               || CASE WHEN p.auditid IS NOT NULL THEN format('; by %s', coalesce(p.actor, format('role "%s"', p.role))) || coalesce(': ' || p.note, '') ELSE '' END,
           'UPDATE cron.settings SET paused = false ends it, which administrators may.', NULL
      FROM cron.settings s
      LEFT JOIN LATERAL (SELECT a.* FROM cron.audit a WHERE a.object_type = 'settings' AND a.object_id = '' AND a.after ? 'paused'
                          ORDER BY a.auditid DESC LIMIT 1) p ON administrator
     WHERE s.paused
$body$;
COMMENT ON FUNCTION cron_engine.why_scheduler(boolean, timestamptz) IS 'What keeps the scheduler as a whole from firing anything; no row: nothing. Who paused it administrators are told.';
