CREATE OR REPLACE FUNCTION cron_engine.write_options(plan cron_engine.planned_job[])
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    -- Whatever options there are.
    v_columns text[] := ARRAY(SELECT a.attname::text FROM pg_attribute a
                               WHERE a.attrelid = 'cron.job_options'::regclass AND a.attnum > 0 AND NOT a.attisdropped AND a.attname <> 'jobid'
                               ORDER BY a.attnum);
BEGIN
    EXECUTE format(
        'INSERT INTO cron.job_options (jobid, %1$s) SELECT p.jobid, %2$s '
        '  FROM unnest($1) p CROSS JOIN LATERAL jsonb_populate_record(NULL::cron.job_options, p.wanted) o '
        ' WHERE p.action = ''add'' AND p.wanted ?| $2 OR p.action IN (''change'', ''adopt'') AND p.changes ?| $2 '
        'ON CONFLICT ON CONSTRAINT job_options_pkey DO UPDATE SET (%1$s) = ROW (%3$s)',
        (SELECT string_agg(quote_ident(c), ', ' ORDER BY ordinal) FROM unnest(v_columns) WITH ORDINALITY u (c, ordinal)),
        (SELECT string_agg('o.' || quote_ident(c), ', ' ORDER BY ordinal) FROM unnest(v_columns) WITH ORDINALITY u (c, ordinal)),
        (SELECT string_agg('EXCLUDED.' || quote_ident(c), ', ' ORDER BY ordinal) FROM unnest(v_columns) WITH ORDINALITY u (c, ordinal)))
        USING plan, v_columns;
END;
$body$;
COMMENT ON FUNCTION cron_engine.write_options(cron_engine.planned_job[]) IS 'Writes the options that a plan sets or clears.';
