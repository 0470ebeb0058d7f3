CREATE OR REPLACE FUNCTION cron_engine.busy_workers()
RETURNS text
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT 'busy with runs of ' || string_agg(format('role "%s" (%s)', r.username, r.runs), ', ' ORDER BY r.runs DESC, r.username)
           || CASE WHEN max(r.roles) > 10 THEN format(' and others: %s roles in all', max(r.roles)) ELSE '' END
      FROM (SELECT coalesce(q.username, w.login) AS username, count(*) AS runs, count(*) OVER () AS roles
              FROM cron_engine.worker w
              LEFT JOIN cron_engine.queue q ON q.pid = w.pid
             WHERE w.busy
             GROUP BY 1
             ORDER BY 2 DESC, 1
             LIMIT 10) r
$body$;
COMMENT ON FUNCTION cron_engine.busy_workers() IS 'With whose runs the workers are busy, the ten roles with the most of them first; NULL: with none.';
