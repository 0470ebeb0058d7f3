CREATE OR REPLACE FUNCTION cron_engine.open_workers(for_login text, wanted integer, now timestamptz, ahead boolean DEFAULT false)
RETURNS integer
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    -- Of type text, as dblink's parameters: where dblink is in a schema that others may write to, a function for another type would be taken.
    v_server   text := (SELECT l.server FROM cron_engine.login l WHERE l.username = for_login);
    v_launcher text;
    v_detail   text;
    v_orders   cron_engine.launcher_order[] := '{}';
    v_worker   cron_engine.worker;
BEGIN
    IF v_server IS NULL THEN
        PERFORM cron_engine.refuse_runs(for_login, format('no login is registered for role "%s"', for_login), cron_engine.login_hint(for_login), '28000');
        RETURN 0;
    END IF;
    BEGIN
        v_launcher := cron_engine.pick_launcher(for_login, ahead, now);
    EXCEPTION WHEN OTHERS THEN
        GET STACKED DIAGNOSTICS v_detail = PG_EXCEPTION_DETAIL;
        PERFORM cron_engine.note_refusal(for_login, SQLSTATE, SQLERRM, v_detail, now);
        RETURN 0;
    END;
    IF v_launcher IS NULL THEN
        PERFORM cron_engine.note_hanging(for_login, format('session %s still waits for the one of role "%s"', p.pid, for_login), now)
           FROM cron_engine.hanging_launcher(for_login) AS p (pid) WHERE p.pid IS NOT NULL;
        RETURN 0;
    END IF;
    -- Few at a time: each takes some milliseconds, in which those that exist get on with the queue; and more where to log in is slow, while
    -- a launcher that takes long is given up, see watch_launchers().
    FOR i IN 1 .. least(wanted, CASE v_launcher WHEN '' THEN 4 ELSE 2 END, 4 - (SELECT count(*) FROM cron_engine.worker w WHERE w.login = for_login AND w.pid IS NULL)) LOOP
        EXIT WHEN NOT cron_engine.make_room(for_login);
        v_worker := cron_engine.add_worker(v_launcher, for_login, now);
        v_orders := v_orders || ('connect', v_worker.name, v_server, cron_engine.work_call(v_worker.seat))::cron_engine.launcher_order;
    END LOOP;
    IF cardinality(v_orders) > 0 THEN
        PERFORM cron_engine.give_orders(v_launcher, v_orders, now);
    END IF;
    RETURN (SELECT count(*) FROM unnest(v_orders) o JOIN cron_engine.worker w ON w.name = o.worker);
END;
$body$;
COMMENT ON FUNCTION cron_engine.open_workers(text, integer, timestamptz, boolean) IS
    'Has more workers connected for a login and set to work, as far as max_running_jobs allows; idle ones of other logins make room. Returns how many are there now, or are being connected. Where none ever can be, the login''s waiting runs fail with the reason. ahead: there is some time yet.';
