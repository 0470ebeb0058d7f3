CREATE OR REPLACE FUNCTION cron_engine.audit_rows()
RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET TimeZone = 'UTC'
SET IntervalStyle = iso_8601
AS $body$
DECLARE
    v_type text := TG_ARGV[0];
    v_key  text := TG_ARGV[1];
BEGIN
    IF TG_TABLE_SCHEMA <> 'cron' THEN
        -- Anybody may put it on a table of his own.
        RAISE EXCEPTION 'cron_engine.audit_rows() is for tables of schema cron only' USING ERRCODE = 'insufficient_privilege';
    END IF;
    CASE TG_OP
        WHEN 'INSERT' THEN
            PERFORM cron_engine.audit_row(v_type, v_key, NULL, to_jsonb(a)) FROM after_rows a;
        WHEN 'DELETE' THEN
            PERFORM cron_engine.audit_row(v_type, v_key, to_jsonb(b), NULL) FROM before_rows b;
        WHEN 'UPDATE' THEN
            -- A row whose key has changed is one that is gone and one that is new.
            PERFORM cron_engine.audit_row(v_type, v_key, b.r, a.r)
               FROM (SELECT to_jsonb(b) AS r FROM before_rows b) b
               FULL JOIN (SELECT to_jsonb(a) AS r FROM after_rows a) a ON coalesce(a.r ->> v_key, '') = coalesce(b.r ->> v_key, '');
        WHEN 'TRUNCATE' THEN
            PERFORM cron_engine.audit_change('truncate', v_type, '', NULL, NULL);
    END CASE;
    RETURN NULL;
END;
$body$;
COMMENT ON FUNCTION cron_engine.audit_rows() IS 'Keeps cron.audit. Arguments: what a row is called there, and the column that names it. Times are UTC, durations ISO 8601.';

DO $body$
DECLARE
    v_table text;
    v_type  text;
    v_key   text;
BEGIN
    FOR v_table, v_type, v_key IN VALUES ('job', 'job', 'jobid'), ('job_options', 'options', 'jobid'), ('job_group', 'group', 'name'), ('settings', 'settings', ''),
                                         ('job_alarms', 'alarms', 'jobid'), ('alarm_settings', 'alarm settings', '') LOOP
        EXECUTE pg_catalog.format('CREATE OR REPLACE TRIGGER audit_insert AFTER INSERT ON cron.%I REFERENCING NEW TABLE AS after_rows '
                                  'FOR EACH STATEMENT EXECUTE FUNCTION cron_engine.audit_rows(%L, %L)', v_table, v_type, v_key);
        EXECUTE pg_catalog.format('CREATE OR REPLACE TRIGGER audit_update AFTER UPDATE ON cron.%I REFERENCING OLD TABLE AS before_rows NEW TABLE AS after_rows '
                                  'FOR EACH STATEMENT EXECUTE FUNCTION cron_engine.audit_rows(%L, %L)', v_table, v_type, v_key);
        EXECUTE pg_catalog.format('CREATE OR REPLACE TRIGGER audit_delete AFTER DELETE ON cron.%I REFERENCING OLD TABLE AS before_rows '
                                  'FOR EACH STATEMENT EXECUTE FUNCTION cron_engine.audit_rows(%L, %L)', v_table, v_type, v_key);
        EXECUTE pg_catalog.format('CREATE OR REPLACE TRIGGER audit_truncate AFTER TRUNCATE ON cron.%I '
                                  'FOR EACH STATEMENT EXECUTE FUNCTION cron_engine.audit_rows(%L, %L)', v_table, v_type, v_key);
    END LOOP;
END;
$body$;
