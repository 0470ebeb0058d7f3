CREATE OR REPLACE FUNCTION cron_engine.set_timer(job cron.job, now timestamptz)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_schedule  cron_engine.schedule := cron_engine.parse_schedule(job.schedule);
    v_timezone  text := coalesce(job.timezone, (SELECT s.timezone FROM cron.settings s));
    v_anchor    timestamptz := greatest(now, job.valid_from);
    v_scheduled timestamptz;
    v_next_fire timestamptz;
BEGIN
    IF job.active THEN
        -- A microsecond less, because next_fire looks strictly later and a fire at valid_from itself is valid.
        v_scheduled := cron_engine.next_fire(v_schedule, v_timezone,
                                             greatest(now, job.valid_from - interval '1 microsecond'), v_anchor);
        IF v_scheduled >= job.valid_until THEN
            v_scheduled := NULL;
        END IF;
    END IF;
    v_next_fire := v_scheduled + cron_engine.jitter(job.jobid, job.jitter);
    -- First here, where the daemon locks what it fires.
    IF v_next_fire IS NULL THEN
        DELETE FROM cron_engine.due d WHERE d.jobid = job.jobid;
    ELSE
        INSERT INTO cron_engine.due (jobid, next_fire) VALUES (job.jobid, v_next_fire)
        ON CONFLICT ON CONSTRAINT due_pkey DO UPDATE SET next_fire = EXCLUDED.next_fire;
    END IF;
    INSERT INTO cron_engine.timer AS t (jobid, schedule, timezone, anchor, scheduled_time, next_fire)
    VALUES (job.jobid, v_schedule, v_timezone, v_anchor, v_scheduled, v_next_fire)
    ON CONFLICT (jobid) DO UPDATE
    SET schedule = EXCLUDED.schedule, timezone = EXCLUDED.timezone, anchor = EXCLUDED.anchor,
        scheduled_time = EXCLUDED.scheduled_time, next_fire = EXCLUDED.next_fire;
END;
$body$;
COMMENT ON FUNCTION cron_engine.set_timer(cron.job, timestamptz) IS 'Sets a job''s timer anew, for fires after the given time.';
