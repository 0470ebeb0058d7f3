CREATE OR REPLACE FUNCTION cron_engine.signal_as_login(login text, worker_pid integer, call text, now timestamptz)
RETURNS boolean
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    -- The worker may be one of an earlier daemon, to which this one has no connection.
    v_launcher text := coalesce(cron_engine.pick_launcher(login, false, now),
                                -- Behind what another role has it do: who is first among those to be stopped would always be the first again.
                                (SELECT l.name FROM cron_engine.launcher l
                                  WHERE l.login IS NULL AND l.asked_for <> signal_as_login.login
                                        AND NOT EXISTS (SELECT FROM cron_engine.quarantine q WHERE q.login = signal_as_login.login)
                                  ORDER BY cardinality(l.orders), l.name LIMIT 1));
BEGIN
    IF v_launcher IS NULL THEN
        PERFORM cron_engine.note_unstoppable(worker_pid, f.message) FROM cron_engine.fault f WHERE f.step = 'connect' AND f.item = login;
        RETURN false;
    END IF;
    PERFORM cron_engine.give_orders(v_launcher, ARRAY[('signal', worker_pid, l.server, call)::cron_engine.launcher_order], now)
       FROM cron_engine.login l WHERE l.username = login AND l.server IS NOT NULL;
    RETURN FOUND;
END;
$body$;
COMMENT ON FUNCTION cron_engine.signal_as_login(text, integer, text, timestamptz) IS
    'Lets a launcher log in as the role of a worker, which may signal it, and do so by the given call; false: there is no way to now.';
