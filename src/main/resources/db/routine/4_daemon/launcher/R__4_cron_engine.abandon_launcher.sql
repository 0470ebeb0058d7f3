CREATE OR REPLACE FUNCTION cron_engine.abandon_launcher(launcher_name text, now timestamptz)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_launcher cron_engine.launcher := (SELECT l FROM cron_engine.launcher l WHERE l.name = launcher_name);
    v_login    text;
    v_reason   text;
BEGIN
    PERFORM pg_stat_clear_snapshot();
    -- At one of its workers, whose messages may be without end, or as it connects; at nobody's session if it has not begun, see carry_out().
    v_login := (SELECT coalesce(w.login, v_launcher.asked_for)
                  FROM pg_stat_activity a
                  LEFT JOIN cron_engine.worker w ON a.application_name = 'cronlink launcher ' || w.name AND w.launcher = launcher_name
                 WHERE a.pid = v_launcher.pid AND a.application_name LIKE 'cronlink launcher %');
    v_reason := format('a session of role "%s" did not answer within %s s', v_login,
                       trim_scale(round(extract(epoch FROM now - v_launcher.asked_at)::numeric, 1)));
    PERFORM cron_engine.lose_launcher(launcher_name);
    -- While libpq computes, nothing reaches it; but it is over when that is over.
    PERFORM cron_engine.signal_backend(v_launcher.pid, true);
    IF v_login IS NULL THEN
        RAISE LOG 'cronlink: a launcher did not answer any more, and was given up';
        RETURN;
    END IF;
    INSERT INTO cron_engine.quarantine AS q (login, launcher_pid, until) VALUES (v_login, v_launcher.pid, now + interval '1 day')
    ON CONFLICT ON CONSTRAINT quarantine_pkey DO UPDATE SET launcher_pid = EXCLUDED.launcher_pid, until = EXCLUDED.until;
    PERFORM cron_engine.note_hanging(v_login, v_reason, now);
END;
$body$;
COMMENT ON FUNCTION cron_engine.abandon_launcher(text, timestamptz) IS
    'Gives up a launcher that hangs. The login at whose session it hangs has to wait, and has its own one from now on.';
