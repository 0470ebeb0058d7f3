CREATE OR REPLACE FUNCTION cron_engine.mend(now timestamptz)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    PERFORM cron_engine.mend_sequences();
    -- Connections whose row was undone with a step that failed.
    PERFORM cron_engine.disconnect(c.name)
       FROM unnest(${dblink}.dblink_get_connections()) c (name)
      WHERE c.name ~ '^cronlink (launcher )?[0-9]+$'
            AND NOT EXISTS (SELECT FROM cron_engine.worker w WHERE w.name = c.name AND w.launcher = '')
            AND NOT EXISTS (SELECT FROM cron_engine.launcher l WHERE l.name = c.name);
    DELETE FROM cron_engine.quarantine q WHERE q.until < now;
    IF EXISTS (SELECT FROM cron_engine.fault) THEN
        PERFORM cron_engine.start_reboot_jobs(now, true);
        -- What was put aside where it does not come by again.
        PERFORM cron_engine.do_each(f.step, f.items, now)
           FROM (SELECT f.step, array_agg(f.item ORDER BY f.since, f.item) AS items
                   FROM cron_engine.fault f
                  WHERE f.step IN ('restore run', 'set timer', 'move timer', 'deactivate job', 'lead login') AND f.retry_at <= now
                  GROUP BY f.step) f;
        -- What was fired, altered, settled or taken away since.
        DELETE FROM cron_engine.fault f
         WHERE f.step = 'fire' AND f.item <> ''
               AND NOT EXISTS (SELECT FROM cron_engine.due d WHERE d.jobid = f.jobid AND d.next_fire = f.retry_at)
            OR f.step = 'settle' AND f.item <> '' AND NOT EXISTS (SELECT FROM cron_engine.ended_run e WHERE e.runid::text = f.item)
            OR f.step = 'recover' AND f.item <> '' AND NOT EXISTS (SELECT FROM cron_engine.queue q WHERE q.runid::text = f.item AND q.pid IS NOT NULL)
            OR f.step = 'take along job'
               AND NOT EXISTS (SELECT FROM cron.job j
                                WHERE j.jobid = f.jobid AND NOT (cron_engine.is_home(j.nodename, j.nodeport) AND j.database = current_database()))
            OR f.step = 'purge run' AND NOT EXISTS (SELECT FROM cron.job_run_details d WHERE d.runid::text = f.item)
            -- That it went well, or is not to be done any more, is noted nowhere.
            OR f.step IN ('staff', 'connect', 'notify', 'ready run', 'mark run', 'stop run', 'expire run', 'refuse run') AND f.item <> '' AND f.retry_at < now - interval '10 s';
    END IF;
END;
$body$;
COMMENT ON FUNCTION cron_engine.mend(timestamptz) IS 'Puts right what no other step would: sequences, lost connections, faults that are none any more.';
