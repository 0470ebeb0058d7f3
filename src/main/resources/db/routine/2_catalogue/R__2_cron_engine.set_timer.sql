CREATE OR REPLACE FUNCTION cron_engine.set_timer(job_id bigint, now timestamptz)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_job       record;
    v_old       cron_engine.timer;
    v_schedule  cron_engine.schedule;
    v_anchor    timestamptz;
    v_scheduled timestamptz;
    v_next_fire timestamptz;
BEGIN
    -- The row of due is what the daemon locks when it fires: what it is firing now is known behind it.
    PERFORM FROM cron_engine.due d WHERE d.jobid = job_id FOR UPDATE;
    SELECT j.schedule, j.active, coalesce(o.timezone, s.timezone) AS timezone, o.valid_from, o.valid_until, o.jitter INTO v_job
      FROM cron.job j CROSS JOIN cron.settings s LEFT JOIN cron.job_options o USING (jobid)
     WHERE j.jobid = job_id;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    v_schedule := cron_engine.parse_schedule(v_job.schedule);
    SELECT t.* INTO v_old FROM cron_engine.timer t WHERE t.jobid = job_id AND t.schedule = v_schedule;
    IF v_old.scheduled_time <= now AND (v_job.valid_until IS NULL OR v_old.scheduled_time < v_job.valid_until) THEN
        -- What the schedule has named and has not run is owed, whatever else changes: it waits for its jitter, or for the end of a pause.
        v_scheduled := v_old.scheduled_time;
        v_anchor := v_old.anchor;
    ELSE
        v_anchor := greatest(now, v_job.valid_from);
        IF v_job.active THEN
            -- A microsecond less, because next_fire looks strictly later and a fire at valid_from itself is valid.
            v_scheduled := cron_engine.next_fire(v_schedule, v_job.timezone,
                                                 greatest(now, v_job.valid_from - interval '1 microsecond'), v_anchor);
            IF v_scheduled >= v_job.valid_until THEN
                v_scheduled := NULL;
            END IF;
        END IF;
    END IF;
    IF v_job.active THEN
        v_next_fire := v_scheduled + cron_engine.jitter(job_id, v_job.jitter);
    END IF;
    IF v_next_fire IS NULL THEN
        DELETE FROM cron_engine.due d WHERE d.jobid = job_id;
    ELSE
        INSERT INTO cron_engine.due (jobid, next_fire) VALUES (job_id, v_next_fire)
        ON CONFLICT ON CONSTRAINT due_pkey DO UPDATE SET next_fire = EXCLUDED.next_fire;
    END IF;
    INSERT INTO cron_engine.timer AS t (jobid, schedule, timezone, anchor, scheduled_time, next_fire)
    VALUES (job_id, v_schedule, v_job.timezone, v_anchor, v_scheduled, v_next_fire)
    ON CONFLICT (jobid) DO UPDATE
    SET schedule = EXCLUDED.schedule, timezone = EXCLUDED.timezone, anchor = EXCLUDED.anchor,
        scheduled_time = EXCLUDED.scheduled_time, next_fire = EXCLUDED.next_fire;
END;
$body$;
COMMENT ON FUNCTION cron_engine.set_timer(bigint, timestamptz) IS
    'Sets a job''s timer anew, for fires after the given time. A fire that the same schedule has named by then and that has not run stays.';
