-- No search_path is pinned: what is set here must last, and a SET clause would restore it.

CREATE OR REPLACE FUNCTION cron_engine.prepare_session(run cron_engine.claim)
RETURNS void
LANGUAGE plpgsql
AS $body$
DECLARE
    v_done text;
BEGIN
    -- The time in a form that is read alike under every DateStyle and TimeZone: the same abbreviation stands for several zones.
    v_done := pg_catalog.concat(
        -- A launcher may be lost, or the daemon: what was begun is ended all the same.
        pg_catalog.set_config('client_connection_check_interval', '0', false),
        pg_catalog.set_config('application_name', pg_catalog.concat('cronlink: ', coalesce(run.jobname, run.jobid::text)), false),
        pg_catalog.set_config('cronlink.jobid', coalesce(run.jobid::text, ''), false),
        pg_catalog.set_config('cronlink.runid', run.runid::text, false),
        pg_catalog.set_config('cronlink.attempt', run.attempt::text, false),
        pg_catalog.set_config('cronlink.scheduled_time', coalesce(pg_catalog.to_json(run.scheduled_time) OPERATOR(pg_catalog.#>>) '{}', ''), false));
    IF pg_catalog.current_setting('cronlink.top_level', true) OPERATOR(pg_catalog.<>) '' AND run.top_level IS NOT TRUE THEN
        -- What is executed here must not find that connection.
        v_done := pg_catalog.concat(cron_engine.close_connections(), pg_catalog.set_config('cronlink.top_level', '', false));
    END IF;
    -- A role that logs in itself may have been given another one as its setting.
    IF run.username OPERATOR(pg_catalog.<>) SESSION_USER::text THEN
        v_done := pg_catalog.concat(cron_engine.require_open_role(run.username, pg_catalog.current_database()::text),
                                    pg_catalog.set_config('role', run.username, false));
    END IF;
END;
$body$;
COMMENT ON FUNCTION cron_engine.prepare_session(cron_engine.claim) IS
    'Tells the session which run it is about to execute, and as whom.';
