CREATE OR REPLACE FUNCTION cron_engine.take_lead()
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    -- Held until the end of the transaction, in which all begins that a leader begins with.
    PERFORM FROM cron_engine.leader FOR UPDATE NOWAIT;
    -- The sessions as they are now, not as this transaction has seen them before.
    PERFORM pg_stat_clear_snapshot();
    IF cron_engine.leader_pid() IS NOT NULL THEN
        RAISE EXCEPTION 'another session leads' USING ERRCODE = 'object_in_use',
            DETAIL = format('Its process id is %s.', cron_engine.leader_pid());
    END IF;
    UPDATE cron_engine.leader l
       SET pid = a.pid, backend_start = a.backend_start
      FROM pg_stat_activity a WHERE a.pid = pg_backend_pid();
EXCEPTION WHEN lock_not_available THEN
    RAISE EXCEPTION 'another session leads' USING ERRCODE = 'object_in_use', DETAIL = 'It has just begun to.';
END;
$body$;
COMMENT ON FUNCTION cron_engine.take_lead() IS 'Makes this session the leader if none leads.';
