CREATE OR REPLACE FUNCTION cron_engine.explain_delays(now timestamptz)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_delay record;
    v_told  text;
    v_over  cron_engine.standstill;
BEGIN
    FOR v_delay IN
        SELECT w.*, l.login AS for_login, l.since
          FROM (SELECT d.login, d.since FROM cron_engine.delayed_logins(now) d
                -- What holds up more than these is not about one of them.
                ORDER BY d.since, d.login LIMIT 20) l
         CROSS JOIN LATERAL cron_engine.why_waiting(l.login, now) w
    LOOP
        INSERT INTO cron_engine.standstill AS s (cause, login, message, detail, nobody, since, seen_at)
        VALUES (v_delay.cause, v_delay.login, v_delay.message, v_delay.detail, v_delay.nobody, v_delay.since, now)
        ON CONFLICT ON CONSTRAINT standstill_pkey DO UPDATE
        SET message = EXCLUDED.message, detail = EXCLUDED.detail, nobody = EXCLUDED.nobody, since = least(s.since, EXCLUDED.since), seen_at = now
        RETURNING s.told INTO v_told;
        IF v_told IS NULL THEN
            v_told := v_delay.message;
            UPDATE cron_engine.standstill s SET told = v_told WHERE s.cause = v_delay.cause AND s.login = v_delay.login;
            RAISE LOG 'cronlink: runs wait since %: %', v_delay.since, concat_ws('; ', v_delay.message, v_delay.detail);
            -- To whoever called the daemon, the service.
            RAISE INFO 'Runs wait: %', concat_ws('; ', v_delay.message, v_delay.detail);
        END IF;
        PERFORM cron_engine.note_delays(v_delay.for_login, v_told, now);
    END LOOP;
    -- A minute, as what comes and goes is not to be told each time. The clock may have been set back.
    FOR v_over IN DELETE FROM cron_engine.standstill s WHERE s.seen_at NOT BETWEEN now - interval '1 min' AND now RETURNING s.* LOOP
        RAISE LOG 'cronlink: no run has waited since % for what was told at %: %', v_over.seen_at, v_over.since, v_over.told;
        RAISE INFO 'Runs no longer wait, after %: %', date_trunc('second', greatest(v_over.seen_at - v_over.since, '0')), v_over.told;
    END LOOP;
END;
$body$;
COMMENT ON FUNCTION cron_engine.explain_delays(timestamptz) IS
    'Finds out why runs wait that could have started, keeps that in cron_engine.standstill, and tells it when it begins and a minute after it is over: in the log, and at the runs.';
