CREATE OR REPLACE FUNCTION cron_engine.fate_of_fire(
    job_id bigint, fire_time timestamptz, named boolean, present boolean, active boolean, valid_from timestamptz, valid_until timestamptz,
    log_level text, was_changed boolean, made_up_for boolean, missed boolean, caught_up boolean, now timestamptz)
RETURNS text
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_owed timestamptz;
BEGIN
    IF NOT present THEN
        RETURN 'not_made';
    ELSIF NOT named THEN
        RETURN 'other_schedule';
    END IF;
    v_owed := (SELECT t.scheduled_time FROM cron_engine.timer t WHERE t.jobid = job_id AND t.scheduled_time <= fate_of_fire.now);
    RETURN CASE WHEN fire_time = v_owed THEN 'owed'
                WHEN NOT active THEN 'inactive'
                WHEN fire_time < valid_from OR fire_time >= valid_until THEN 'not_valid'
                WHEN made_up_for AND missed THEN 'missed'
                WHEN made_up_for THEN 'merged'
                WHEN fire_time > v_owed THEN 'owed'
                WHEN caught_up THEN 'beyond_limit'
                WHEN EXISTS (SELECT FROM cron.audit a
                              WHERE a.object_type = 'job' AND a.object_id IN (job_id::text, '') AND a.action = 'delete runs'
                                    AND (a.after ->> 'before')::timestamptz > fire_time) THEN 'removed'
                WHEN EXISTS (SELECT FROM cron.settings s
                              WHERE fire_time < fate_of_fire.now - s.keep_runs
                                    OR s.keep_runs_per_job IS NOT NULL
                                       AND fire_time < (SELECT d.queued_time FROM cron.job_run_details d WHERE d.jobid BETWEEN job_id AND job_id
                                                         ORDER BY d.jobid, d.runid LIMIT 1)) THEN 'expired'
                WHEN log_level <> 'all' THEN 'not_kept'
                WHEN was_changed THEN 'started_over'
                ELSE 'unknown' END;
END;
$body$;
COMMENT ON FUNCTION cron_engine.fate_of_fire(bigint, timestamptz, boolean, boolean, boolean, timestamptz, timestamptz, text, boolean, boolean,
    boolean, boolean, timestamptz) IS
    'Why the history has nothing of a fire: not_made, other_schedule, inactive, not_valid, owed, merged, missed, started_over, beyond_limit, removed, expired, not_kept, unknown. was_changed: there was another schedule later; made_up_for: it was over when the one before it was fired, and missed: that one was skipped for it; caught_up: the next one is one that was made up for.';
