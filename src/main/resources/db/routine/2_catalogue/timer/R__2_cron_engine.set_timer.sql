CREATE OR REPLACE FUNCTION cron_engine.set_timer(job_id bigint, now timestamptz)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_job  record;
    v_old  cron_engine.timer;
    v_new  cron_engine.timer;
    v_from timestamptz;
    v_next timestamptz;
BEGIN
    -- Who writes a timer holds its job, by which the daemon knows that it would have to wait. Then the row of due, which is what the daemon
    -- locks when it fires: what it is firing now is known behind it.
    PERFORM FROM cron.job j WHERE j.jobid = job_id FOR NO KEY UPDATE;
    PERFORM FROM cron_engine.due d WHERE d.jobid = job_id FOR UPDATE;
    SELECT j.schedule, j.active, coalesce(o.timezone, s.timezone) AS timezone, o.valid_from, o.valid_until, o.jitter INTO v_job
      FROM cron.job j CROSS JOIN cron.settings s LEFT JOIN cron.job_options o USING (jobid)
     WHERE j.jobid = job_id;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    v_new.schedule := cron_engine.parse_schedule(v_job.schedule);
    SELECT t.* INTO v_old FROM cron_engine.timer t WHERE t.jobid = job_id AND t.schedule = v_new.schedule;
    IF v_old.scheduled_time <= now AND (v_job.valid_until IS NULL OR v_old.scheduled_time < v_job.valid_until) THEN
        -- What the schedule has named and has not run is owed, whatever else changes: it waits for its jitter, or for the end of a pause.
        v_new.scheduled_time := v_old.scheduled_time;
        v_new.anchor := v_old.anchor;
        v_new.idle := CASE WHEN NOT v_job.active THEN tstzrange(coalesce(lower(v_old.idle), now), NULL)
                           WHEN upper_inf(v_old.idle) THEN tstzrange(lower(v_old.idle), now) ELSE v_old.idle END;
    ELSE
        -- An edit does not shift the grid of an interval, or one edit after the other could keep it from firing.
        v_new.anchor := CASE WHEN v_job.valid_from > now THEN v_job.valid_from
                             WHEN v_old.next_fire IS NOT NULL AND v_old.anchor <= now THEN v_old.anchor ELSE now END;
        -- A fire that was queued ahead of its time is not named again.
        v_from := greatest(now, (SELECT max(d.scheduled_time)
                                   FROM cron_engine.queue q JOIN cron.job_run_details d USING (runid)
                                  WHERE q.jobid = job_id AND q.not_before > now AND d.trigger IN ('schedule', 'catch-up')));
        -- A microsecond less, because next_fire looks strictly later and a fire at valid_from itself is valid.
        v_next := cron_engine.next_fire(v_new.schedule, v_job.timezone, greatest(v_from, v_job.valid_from - interval '1 microsecond'), v_new.anchor);
        IF v_job.active THEN
            v_new.scheduled_time := CASE WHEN v_next >= v_job.valid_until THEN NULL ELSE v_next END;
            IF v_new.scheduled_time IS NULL
               AND cron_engine.end_job(job_id, v_new.schedule, v_next IS NOT NULL OR v_job.valid_until <= now,
                                       cron_engine.next_fire(v_new.schedule, v_job.timezone, v_from) IS NULL) THEN
                RETURN;
            END IF;
        END IF;
    END IF;
    v_new.jobid := job_id;
    v_new.timezone := v_job.timezone;
    v_new.next_fire := CASE WHEN v_job.active THEN v_new.scheduled_time + cron_engine.jitter(job_id, v_job.jitter) END;
    PERFORM cron_engine.store_timer(v_new);
END;
$body$;
COMMENT ON FUNCTION cron_engine.set_timer(bigint, timestamptz) IS
    'Computes a job''s timer from its schedule, for fires after the given time. A fire that the same schedule has named by then and that has not run stays. A job with nothing left to fire is deactivated, with a warning.';
