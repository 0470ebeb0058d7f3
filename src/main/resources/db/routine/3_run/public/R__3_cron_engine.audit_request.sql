CREATE OR REPLACE FUNCTION cron_engine.audit_request(request cron_engine.request)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
SET TimeZone = 'UTC'
AS $body$
DECLARE
    v_name text := split_part(request.routine::text, '(', 1);
BEGIN
    CASE v_name
        WHEN 'cron.run_job' THEN
            PERFORM cron_engine.audit_change('run', 'job', request.job_id::text, NULL, jsonb_build_object('runid', request.id));
        WHEN 'cron.run_once' THEN
            PERFORM cron_engine.audit_change('run once', 'run', request.id::text, NULL, jsonb_build_object('command', request.command));
        WHEN 'cron.rerun' THEN
            PERFORM cron_engine.audit_change('rerun', 'run', request.runid::text, NULL, jsonb_build_object('runid', request.id));
        WHEN 'cron.cancel' THEN
            PERFORM cron_engine.audit_change('cancel', 'run', request.runid::text, NULL, NULL) WHERE request.done;
        WHEN 'cron.delete_runs' THEN
            PERFORM cron_engine.audit_change('delete runs', 'job', coalesce(request.job_id::text, ''), NULL,
                                             jsonb_build_object('before', request.before, 'runs', request.id));
        WHEN 'cron.add_login' THEN
            PERFORM cron_engine.audit_change('add login', 'login', request.username, NULL, jsonb_strip_nulls(jsonb_build_object('via', request.via)));
        WHEN 'cron.drop_login' THEN
            PERFORM cron_engine.audit_change('drop login', 'login', request.username, NULL, NULL) WHERE request.done;
        ELSE
            -- What it has changed its rows tell.
            NULL;
    END CASE;
END;
$body$;
COMMENT ON FUNCTION cron_engine.audit_request(cron_engine.request) IS 'Notes in cron.audit what was done for a caller and shows in no row: runs asked for and canceled, logins. No password is told.';
