CREATE OR REPLACE FUNCTION cron_engine.carry_out(orders cron_engine.launcher_order[])
RETURNS SETOF cron_engine.launcher_event
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_launcher boolean := current_setting('application_name') LIKE 'cronlink launcher%';
    v_order    cron_engine.launcher_order;
    v_event    cron_engine.launcher_event;
    v_refused  boolean := false;
BEGIN
    FOREACH v_order IN ARRAY orders LOOP
        IF v_order.action = 'connect' AND v_refused THEN
            -- They are of one login, see pass_orders(): it would fare no better.
            v_event := (v_order.worker, 'left out', NULL, NULL, NULL, NULL, NULL, NULL)::cron_engine.launcher_event;
        ELSE
            IF v_launcher THEN
                -- For whoever asks at what it hangs, see abandon_launcher().
                PERFORM set_config('application_name', 'cronlink launcher ' || v_order.worker, false);
            END IF;
            v_event := cron_engine.carry_out_order(v_order.action, v_order.worker, v_order.server, v_order.call);
        END IF;
        IF v_event.event IS NOT NULL THEN
            v_refused := v_refused OR v_event.event = 'refused';
            RETURN NEXT v_event;
        END IF;
    END LOOP;
    IF v_launcher THEN
        -- Should it hang from now on, then at nobody's session.
        PERFORM set_config('application_name', 'cronlink launcher', false);
    END IF;
END;
$body$;
COMMENT ON FUNCTION cron_engine.carry_out(cron_engine.launcher_order[]) IS
    'Carries out orders one after the other, in the session that holds the connections: a launcher, or the daemon for the owner''s own workers. Returns what is to be told of them.';
