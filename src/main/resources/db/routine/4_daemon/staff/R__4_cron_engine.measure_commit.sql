CREATE OR REPLACE PROCEDURE cron_engine.measure_commit()
LANGUAGE plpgsql
AS $body$
-- No search_path is pinned, or it could not COMMIT.
DECLARE
    v_pace  float8[] := ARRAY[nullif(pg_catalog.current_setting('cronlink.commit_time', true), '')];
    v_ended timestamptz;
BEGIN
    -- A daemon that does nothing writes nothing. And where others commit, too, it has to wait for a processor, or one flush serves all.
    IF pg_catalog.pg_current_xact_id_if_assigned() IS NULL OR v_pace[1] IS NOT NULL AND EXISTS (SELECT FROM cron_engine.queue q WHERE q.pid IS NOT NULL) THEN
        COMMIT;
        RETURN;
    END IF;
    -- For a standby it does not wait, which may be gone; how long the workers' commits wait for that is not known.
    SET LOCAL synchronous_commit = local;
    v_ended := pg_catalog.clock_timestamp();
    COMMIT;
    v_pace := CASE pg_catalog.current_setting('synchronous_standby_names')
                   WHEN '' THEN cron_engine.pace(v_pace, v_ended, pg_catalog.clock_timestamp(), NULL) END;
    PERFORM pg_catalog.set_config('cronlink.commit_time', v_pace[1]::text, false);
    COMMIT;
END;
$body$;
COMMENT ON PROCEDURE cron_engine.measure_commit() IS
    'Commits, and measures how long that takes, for enough_workers(): if something was written, no run is under way and no standby is waited for; the quickest of late counts.';
