CREATE OR REPLACE PROCEDURE cron_engine.measure_commit()
LANGUAGE plpgsql
AS $body$
-- No search_path is pinned, or it could not COMMIT.
DECLARE
    v_pace  float8[] := ARRAY[nullif(pg_catalog.current_setting('cronlink.commit_time', true), '')];
    v_ended timestamptz;
BEGIN
    -- A daemon that does nothing writes nothing.
    IF pg_catalog.pg_current_xact_id_if_assigned() IS NULL THEN
        COMMIT;
        RETURN;
    END IF;
    -- As a worker's, which waits for the disk, and for a synchronous standby.
    SET LOCAL synchronous_commit = on;
    v_ended := pg_catalog.clock_timestamp();
    COMMIT;
    v_pace := cron_engine.pace(v_pace, v_ended, pg_catalog.clock_timestamp(), NULL);
    PERFORM pg_catalog.set_config('cronlink.commit_time', v_pace[1]::text, false);
    COMMIT;
END;
$body$;
COMMENT ON PROCEDURE cron_engine.measure_commit() IS
    'Commits, and measures how long that takes, if something was written: the quickest of late counts, for enough_workers().';
