CREATE OR REPLACE FUNCTION cron_engine.why_timer(
    job_id bigint, schedule text, parsed cron_engine.schedule, timezone text, scheduled_time timestamptz, next_fire timestamptz, valid_from timestamptz,
    valid_until timestamptz, now timestamptz,
    OUT "time" timestamptz, OUT until timestamptz, OUT code text, OUT fires bigint, OUT runid bigint, OUT fact text, OUT hint text, OUT detail jsonb)
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_before record;
BEGIN
    "time" := next_fire;
    CASE
        WHEN next_fire <= now THEN
            code := 'due';
            fact := format('its time has come: the fire of %s is to be made', scheduled_time);
        WHEN next_fire IS NOT NULL THEN
            code := 'time';
            fact := format('waits for its time: fires next at %s in %s', to_char(scheduled_time AT TIME ZONE timezone, 'FMDay YYYY-MM-DD HH24:MI:SS'), timezone)
                    || CASE WHEN next_fire > scheduled_time THEN format(', and %s later by its jitter', next_fire - scheduled_time) ELSE '' END
                    || CASE WHEN valid_from > now THEN format('; valid_from is %s', valid_from) ELSE '' END;
            detail := jsonb_build_object('scheduled_time', scheduled_time, 'in_seconds', round(extract(epoch FROM next_fire - now), 3));
        WHEN parsed.kind = 'reboot' THEN
            code := 'start';
            fact := 'fires when the scheduler starts';
        WHEN parsed.kind = 'after' THEN
            code := 'after';
            SELECT j.jobid, j.active, r.status, r.end_time, r.runid AS run INTO v_before
              FROM cron.job own
              JOIN cron.job j ON j.username = own.username AND j.jobname = parsed.after_job
              LEFT JOIN LATERAL (SELECT d.status, d.end_time, d.runid FROM cron.job_run_details d
                                  WHERE d.jobid BETWEEN j.jobid AND j.jobid AND d.end_time IS NOT NULL ORDER BY d.jobid DESC, d.runid DESC LIMIT 1) r ON true
             WHERE own.jobid = job_id;
            runid := v_before.run;
            "time" := v_before.end_time;
            fact := CASE WHEN v_before.jobid IS NULL THEN format('waits for job "%s", which its role does not have', parsed.after_job)
                         ELSE format('waits for an end of job "%s" (%s)%s', parsed.after_job,
                                     CASE parsed.after_outcome WHEN 'success' THEN 'when it succeeds' WHEN 'failure' THEN 'when it fails' ELSE 'whatever its outcome' END,
                                     CASE WHEN NOT v_before.active THEN ', which is inactive' ELSE '' END)
                              || CASE WHEN v_before.run IS NULL THEN '; it has not run yet' ELSE format('; its last run %s %s', v_before.run, v_before.status) END END;
            hint := CASE WHEN v_before.jobid IS NOT NULL THEN format('SELECT * FROM cron.why(%s).', v_before.jobid) END;
        ELSE
            code := 'never';
            fact := format('has nothing to fire: schedule %s names no time%s', quote_literal(schedule), CASE WHEN valid_until IS NOT NULL THEN ' before valid_until' ELSE '' END);
            hint := 'SELECT * FROM cron.check_schedule(…) says what may be wrong with a schedule.';
    END CASE;
END;
$body$;
COMMENT ON FUNCTION cron_engine.why_timer(bigint, text, cron_engine.schedule, text, timestamptz, timestamptz, timestamptz, timestamptz, timestamptz) IS
    'What an active job waits for in order to fire: due, time, start (of the scheduler), after (another job), never.';
