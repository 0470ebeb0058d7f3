CREATE OR REPLACE FUNCTION cron_engine.audit_row(object_type text, key text, before jsonb, after jsonb)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_id text := CASE WHEN key <> '' THEN coalesce(after, before) ->> key ELSE '' END;
BEGIN
    IF before IS NULL OR after IS NULL THEN
        PERFORM cron_engine.audit_change(CASE WHEN before IS NULL THEN 'insert' ELSE 'delete' END, object_type, v_id,
                                         jsonb_strip_nulls(before), jsonb_strip_nulls(after));
    ELSIF before <> after THEN
        PERFORM cron_engine.audit_change('update', object_type, v_id,
                                         (SELECT jsonb_object_agg(b.key, b.value) FROM jsonb_each(before) b WHERE after -> b.key <> b.value),
                                         (SELECT jsonb_object_agg(a.key, a.value) FROM jsonb_each(after) a WHERE before -> a.key <> a.value));
    END IF;
END;
$body$;
COMMENT ON FUNCTION cron_engine.audit_row(text, text, jsonb, jsonb) IS
    'Notes what became of a row: all of it that is new or gone, or the columns that have changed. key: the column that names it; empty: there is one row.';
