-- No SET search_path, which costs more than the routine itself: it is reached only through routines that pin it.
CREATE OR REPLACE FUNCTION cron_engine.parse_macro(macro text)
RETURNS cron_engine.schedule
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
AS $body$
DECLARE
    v_name text := substring(macro FROM $re$^@([^ \t\n]*)$re$);
    v_rest text := btrim(substr(macro, length(v_name) + 2), E' \t\n\v\f\r');
    v_fields text;
    v_schedule cron_engine.schedule;
BEGIN
    CASE v_name
        WHEN 'yearly', 'annually' THEN v_fields := '0 0 1 1 *';
        WHEN 'monthly' THEN v_fields := '0 0 1 * *';
        WHEN 'weekly' THEN v_fields := '0 0 * * 0';
        WHEN 'daily', 'midnight' THEN v_fields := '0 0 * * *';
        WHEN 'hourly' THEN v_fields := '0 * * * *';
        WHEN 'reboot', 'restart' THEN v_schedule.kind := 'reboot';
        WHEN 'every' THEN
            v_schedule.every := cron_engine.parse_every(v_rest);
            v_schedule.kind := CASE WHEN v_schedule.every IS NOT NULL THEN 'interval' END;
        WHEN 'at' THEN v_schedule := cron_engine.parse_at(v_rest);
        WHEN 'after', 'after-failure', 'after-any' THEN
            v_schedule.kind := CASE WHEN v_rest <> '' THEN 'after' END;
            v_schedule.after_job := v_rest;
            v_schedule.after_outcome := coalesce(substring(v_name FROM '-(.*)'), 'success');
        ELSE NULL;
    END CASE;
    IF v_fields IS NOT NULL THEN
        v_schedule := cron_engine.parse_fields(string_to_array(v_fields, ' '));
    END IF;
    RETURN v_schedule;
END;
$body$;
COMMENT ON FUNCTION cron_engine.parse_macro(text) IS 'A schedule that begins with @; its kind is NULL if it is invalid.';
