CREATE OR REPLACE FUNCTION cron_engine.who_changed(job_id bigint, column_name text, before timestamptz)
RETURNS text
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT format('at %s by %s', date_trunc('second', a.changed_at), coalesce(a.actor, format('role "%s"', a.role))) || coalesce(': ' || a.note, '')
      FROM cron.audit a
     WHERE a.object_type = 'job' AND a.object_id = job_id::text AND a.after ? column_name AND a.changed_at <= $3
     ORDER BY a.auditid DESC LIMIT 1
$body$;
COMMENT ON FUNCTION cron_engine.who_changed(bigint, text, timestamptz) IS
    'When and by whom a column of a job was last set before that time, and why, if that was said; NULL: the audit does not know.';
