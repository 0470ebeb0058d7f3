-- No search_path is pinned: what is set here must last, and a SET clause would restore it.

CREATE OR REPLACE FUNCTION cron_engine.prepare_session(
    runid bigint, jobid bigint, jobname text, username text, attempt integer, scheduled_time timestamptz)
RETURNS void
LANGUAGE plpgsql
AS $body$
DECLARE
    v_done text;
BEGIN
    v_done := pg_catalog.concat(
        pg_catalog.set_config('application_name', pg_catalog.concat('cronlink: ', coalesce(jobname, jobid::text)), false),
        pg_catalog.set_config('cronlink.jobid', coalesce(jobid::text, ''), false),
        pg_catalog.set_config('cronlink.runid', runid::text, false),
        pg_catalog.set_config('cronlink.attempt', attempt::text, false),
        pg_catalog.set_config('cronlink.scheduled_time', coalesce(pg_catalog.to_json(scheduled_time) OPERATOR(pg_catalog.#>>) '{}', ''), false));
    -- A role that logs in itself may have been given another one as its setting.
    IF username OPERATOR(pg_catalog.<>) SESSION_USER::text THEN
        v_done := pg_catalog.concat(cron_engine.require_open_role(username, pg_catalog.current_database()::text), pg_catalog.set_config('role', username, false));
    END IF;
END;
$body$;
COMMENT ON FUNCTION cron_engine.prepare_session(bigint, bigint, text, text, integer, timestamptz) IS
    'Tells the session which run it is about to execute, and as whom.';
