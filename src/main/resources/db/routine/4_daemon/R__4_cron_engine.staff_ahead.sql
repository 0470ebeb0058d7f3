CREATE OR REPLACE FUNCTION cron_engine.staff_ahead(now timestamptz)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_worker record;
BEGIN
    -- To connect takes most of that time. One, for those that have none: with more the time would be over.
    PERFORM cron_engine.open_worker(d.login, now)
       FROM cron_engine.demand(now) d CROSS JOIN cron.settings s
      WHERE d.ahead IS NOT NULL AND (SELECT count(*) FROM cron_engine.worker) < s.max_running_jobs
            AND NOT EXISTS (SELECT FROM cron_engine.worker w WHERE w.login = d.login AND NOT w.busy);
    -- A worker that begins before the time would show it: statement_timestamp() is that of its CALL. So all is made ready by then, and no
    -- more is left to do than to send it. Each run gets an idle worker as long as there are any: the next loop finds them idle again.
    FOR v_worker IN
        SELECT w.name, d.ahead[w.nth] AS start_at
          FROM cron_engine.demand(now) d
         CROSS JOIN LATERAL (SELECT i.name, row_number() OVER (ORDER BY i.since DESC) AS nth
                               FROM (SELECT w.name, w.since FROM cron_engine.worker w WHERE w.login = d.login AND NOT w.busy
                                      ORDER BY w.since DESC LIMIT least(cardinality(d.ahead), 6 - d.started_now)) i) w
         WHERE d.ahead IS NOT NULL
         ORDER BY start_at
    LOOP
        -- What is further away is so because the clock was set back.
        EXIT WHEN v_worker.start_at > now + 2 * cron_engine.head_start();
        PERFORM cron_engine.sleep_until(v_worker.start_at);
        PERFORM cron_engine.start_worker(v_worker.name, clock_timestamp());
    END LOOP;
END;
$body$;
COMMENT ON FUNCTION cron_engine.staff_ahead(timestamptz) IS 'Waits, some milliseconds at most, for the times of runs that were queued ahead of them, and sets idle workers to work at those very moments.';
