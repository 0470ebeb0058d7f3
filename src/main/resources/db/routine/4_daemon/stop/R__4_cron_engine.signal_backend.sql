CREATE OR REPLACE FUNCTION cron_engine.signal_backend(pid integer, terminate boolean)
RETURNS boolean
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    RETURN CASE WHEN terminate THEN pg_terminate_backend(pid) ELSE pg_cancel_backend(pid) END;
EXCEPTION WHEN insufficient_privilege THEN
    RETURN false;
END;
$body$;
COMMENT ON FUNCTION cron_engine.signal_backend(integer, boolean) IS
    'Cancels what another session does, or ends it, as far as the engine''s owner may: as a member of its role or of pg_signal_backend. False: he may not.';
