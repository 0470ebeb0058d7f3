CREATE OR REPLACE FUNCTION cron_engine.audit_change(action text, object_type text, object_id text, before jsonb, after jsonb)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    INSERT INTO cron.audit (role, actor, action, object_type, object_id, username, note, before, after)
    VALUES (cron_engine.acting_role(), cron_engine.actor(), $1, $2, $3,
            CASE WHEN $2 IN ('job', 'options', 'alarms')
                 THEN coalesce(after ->> 'username', before ->> 'username', (SELECT j.username FROM cron.job j WHERE j.jobid = nullif($3, '')::bigint))
                 WHEN $2 = 'run' THEN (SELECT d.username FROM cron.job_run_details d WHERE d.runid = $3::bigint)
                 WHEN $2 = 'login' THEN $3 END,
            nullif(current_setting('cronlink.note', true), ''), $4, $5);
END;
$body$;
COMMENT ON FUNCTION cron_engine.audit_change(text, text, text, jsonb, jsonb) IS 'Writes an entry of cron.audit.';
