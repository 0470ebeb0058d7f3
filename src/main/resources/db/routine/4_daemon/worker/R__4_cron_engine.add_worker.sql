CREATE OR REPLACE FUNCTION cron_engine.add_worker(launcher_name text, for_login text, now timestamptz)
RETURNS cron_engine.worker
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $body$
    INSERT INTO cron_engine.worker (name, launcher, login, terms, seat, busy, opened_at, since)
    -- Without the login: dblink cuts a name after 63 bytes.
    SELECT 'cronlink ' || nextval('cron_engine.worker_seq'), launcher_name, for_login,
           -- As it is before it connects: what changes meanwhile shows as a difference.
           cron_engine.login_terms(for_login),
           (SELECT min(n) FROM generate_series(1, (SELECT count(*) + 1 FROM cron_engine.worker)) n
             WHERE NOT EXISTS (SELECT FROM cron_engine.worker w WHERE w.seat = n)),
           true, now, now
    RETURNING *
$body$;
COMMENT ON FUNCTION cron_engine.add_worker(text, text, timestamptz) IS 'Notes a worker that is about to be connected by a launcher, or if that is empty by this session.';
