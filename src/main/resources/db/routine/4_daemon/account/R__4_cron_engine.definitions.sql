CREATE OR REPLACE FUNCTION cron_engine.definitions(job_id bigint, after timestamptz, now timestamptz)
RETURNS TABLE (
    since timestamptz, until timestamptz, present boolean, schedule text, timezone text, active boolean, paused boolean,
    valid_from timestamptz, valid_until timestamptz, jitter interval, log_level text, changed_by text)
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
-- The audit's texts.
SET TimeZone = 'UTC'
AS $body$
DECLARE
    v_job      jsonb := (SELECT to_jsonb(j) FROM cron.job j WHERE j.jobid = job_id);
    v_options  jsonb := (SELECT to_jsonb(o) FROM cron.job_options o WHERE o.jobid = job_id);
    v_settings jsonb := (SELECT to_jsonb(s) FROM cron.settings s);
    v_change   record;
BEGIN
    -- Backwards, from what holds now: the audit says what it was before.
    FOR v_change IN
        SELECT a.auditid, a.changed_at, a.object_type, a.action, a.before,
               -- Of the settings a job's owner is not told more, as cron.audit would not.
               CASE a.object_type WHEN 'settings' THEN 'an administrator, who changed cron.settings' ELSE coalesce(a.actor, a.role) || coalesce(': ' || a.note, '') END AS changed_by
          FROM cron.audit a
         WHERE (a.object_type IN ('job', 'options') AND a.object_id = job_id::text OR a.object_type = 'settings' AND a.object_id = '')
               AND a.changed_at > $2 AND a.changed_at <= now
               AND (a.action IN ('insert', 'delete')
                    OR a.action = 'update' AND a.before ?| '{schedule,active,username,timezone,paused,valid_from,valid_until,jitter,log_level}')
        UNION ALL
        SELECT 0, $2, NULL, NULL, NULL, NULL
         ORDER BY 1 DESC
    LOOP
        until := coalesce(definitions.since, now);
        definitions.since := v_change.changed_at;
        present := v_job IS NOT NULL;
        schedule := v_job ->> 'schedule';
        active := v_job ->> 'active';
        timezone := coalesce(v_options ->> 'timezone', v_settings ->> 'timezone');
        paused := v_settings ->> 'paused';
        valid_from := v_options ->> 'valid_from';
        valid_until := v_options ->> 'valid_until';
        jitter := cron_engine.jitter(job_id, (v_options ->> 'jitter')::interval);
        log_level := coalesce(v_options ->> 'log_level', v_settings ->> 'log_level');
        changed_by := v_change.changed_by;
        RETURN NEXT;
        IF v_change.object_type = 'job' THEN
            v_job := CASE v_change.action WHEN 'update' THEN v_job || v_change.before WHEN 'delete' THEN v_change.before END;
        ELSIF v_change.object_type = 'options' THEN
            v_options := CASE v_change.action WHEN 'update' THEN v_options || v_change.before WHEN 'delete' THEN v_change.before END;
        ELSE
            v_settings := v_settings || coalesce(v_change.before, '{}');
        END IF;
    END LOOP;
END;
$body$;
COMMENT ON FUNCTION cron_engine.definitions(bigint, timestamptz, timestamptz) IS
    'How a job was defined from after to now, the last period first: each begins with a change, of it, its options or the settings, and who made it. jitter: by how much its fires were late; present: it existed. What the audit no longer has was as it became later.';
