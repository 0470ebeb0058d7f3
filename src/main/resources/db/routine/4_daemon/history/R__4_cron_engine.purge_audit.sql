CREATE OR REPLACE FUNCTION cron_engine.purge_audit(now timestamptz)
RETURNS integer
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $body$
    WITH entry AS (
        DELETE FROM cron.audit a
         -- The first ones are the oldest: no more are looked at.
         WHERE a.auditid IN (SELECT f.auditid
                               FROM (SELECT a.auditid, a.changed_at FROM cron.audit a ORDER BY a.auditid LIMIT 1000) f
                              CROSS JOIN cron.settings s
                              WHERE f.changed_at < $1 - s.keep_audit)
        RETURNING 1
    ), key AS (
        DELETE FROM cron_engine.idempotency_key k WHERE k.created_at < $1 - interval '1 day' RETURNING 1
    )
    SELECT (SELECT count(*) FROM entry)::integer + (SELECT count(*) FROM key)::integer
$body$;
COMMENT ON FUNCTION cron_engine.purge_audit(timestamptz) IS
    'Removes up to 1,000 entries of the audit that are older than cron.settings keeps them, and Idempotency-Keys of a day ago. Returns how many.';
