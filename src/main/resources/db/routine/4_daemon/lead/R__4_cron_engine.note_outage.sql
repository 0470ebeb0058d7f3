CREATE OR REPLACE FUNCTION cron_engine.note_outage(now timestamptz)
RETURNS void
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $body$
    DELETE FROM cron_engine.outage o USING cron.settings s WHERE o.until < now - greatest(s.keep_runs, s.keep_failed_runs);
    -- What people have asked for may have been queued while nobody led.
    INSERT INTO cron_engine.outage (since, until)
    SELECT l.since, now
      FROM (SELECT greatest((SELECT max(d.queued_time)
                               FROM (SELECT d.queued_time, d.trigger FROM cron.job_run_details d ORDER BY d.runid DESC LIMIT 1000) d
                              WHERE d.trigger <> 'manual'),
                            (SELECT max(o.until) FROM cron_engine.outage o)) AS since) l
     WHERE l.since < now - interval '10 s'
    ON CONFLICT ON CONSTRAINT outage_pkey DO NOTHING
$body$;
COMMENT ON FUNCTION cron_engine.note_outage(timestamptz) IS
    'Notes since when nobody has led, for a daemon that begins to: since the last sign of the one before.';
