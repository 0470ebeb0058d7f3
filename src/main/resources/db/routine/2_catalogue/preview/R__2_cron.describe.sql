CREATE OR REPLACE FUNCTION cron.describe(schedule text)
RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_schedule cron_engine.schedule := cron_engine.parse_schedule(schedule);
BEGIN
    RETURN CASE v_schedule.kind
        WHEN 'cron' THEN cron_engine.describe_times(v_schedule) || cron_engine.describe_days(v_schedule) || cron_engine.describe_months(v_schedule.months)
        WHEN 'interval' THEN cron_engine.describe_distance(v_schedule.every)
        WHEN 'at' THEN format('Once at %s', regexp_replace(to_char(v_schedule.at_local, 'YYYY-MM-DD HH24:MI:SS.US'), $re$(:00)?\.0+$|0+$$re$, ''))
            || coalesce(' in ' || nullif(v_schedule.at_zone, 'UTC'), ' ' || v_schedule.at_zone, '')
        WHEN 'after' THEN format('After job %s %s', v_schedule.after_job,
            CASE v_schedule.after_outcome WHEN 'success' THEN 'succeeds' WHEN 'failure' THEN 'fails' ELSE 'ends' END)
        WHEN 'reboot' THEN 'When the scheduler starts'
    END;
END;
$body$;
COMMENT ON FUNCTION cron.describe(text) IS 'A schedule in plain English; error 22023 if it is invalid.';
