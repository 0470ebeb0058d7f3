CREATE OR REPLACE PROCEDURE cron_engine.measure_commit()
LANGUAGE plpgsql
AS $body$
-- No search_path is pinned, or it could not COMMIT.
DECLARE
    v_pace      float8[] := ARRAY[nullif(pg_catalog.current_setting('cronlink.commit_time', true), '')];
    v_ended     timestamptz;
    v_committed timestamptz;
BEGIN
    IF pg_catalog.current_setting('synchronous_standby_names') OPERATOR(pg_catalog.<>) '' THEN
        -- How long the workers wait for a standby is not known: the daemon waits for none, which may be gone.
        PERFORM pg_catalog.set_config('cronlink.commit_time', '', false);
    -- A daemon that does nothing writes nothing. Where others commit, too, it has to wait for a processor, or one flush serves all.
    ELSIF pg_catalog.pg_current_xact_id_if_assigned() IS NOT NULL
          AND (v_pace[1] IS NULL
               OR NOT EXISTS (SELECT FROM cron_engine.worker w WHERE w.busy)
                  AND (cron_engine.first_fire() OPERATOR(pg_catalog.<) (pg_catalog.clock_timestamp() OPERATOR(pg_catalog.+) cron_engine.fire_is_near())) IS NOT TRUE) THEN
        SET LOCAL synchronous_commit = local;
        v_ended := pg_catalog.clock_timestamp();
        COMMIT;
        v_committed := pg_catalog.clock_timestamp();
        v_pace := cron_engine.pace(v_pace, v_ended, v_committed, NULL);
        PERFORM pg_catalog.set_config('cronlink.commit_time', v_pace[1]::text, false);
    END IF;
    COMMIT;
END;
$body$;
COMMENT ON PROCEDURE cron_engine.measure_commit() IS
    'Commits, and measures how long that takes, for enough_workers(): if something was written, nothing runs or fires, and no standby is waited for. The quickest of late counts.';
