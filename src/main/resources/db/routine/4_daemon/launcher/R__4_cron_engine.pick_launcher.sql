CREATE OR REPLACE FUNCTION cron_engine.pick_launcher(for_login text, ahead boolean, now timestamptz)
RETURNS text
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_only text := (SELECT q.login FROM cron_engine.quarantine q WHERE q.login = for_login AND q.until > now);
    v_name text;
BEGIN
    IF for_login = CURRENT_USER THEN
        RETURN '';
    END IF;
    SELECT l.name INTO v_name
      FROM cron_engine.launcher l WHERE l.login IS NOT DISTINCT FROM v_only AND (l.asked_for IS NULL OR ahead)
     ORDER BY l.asked_for IS NOT NULL, cardinality(l.orders), l.name LIMIT 1;
    IF FOUND THEN
        RETURN v_name;
    ELSIF v_only IS NOT NULL THEN
        IF EXISTS (SELECT FROM cron_engine.launcher l WHERE l.login = v_only) OR cron_engine.hanging_launcher(v_only) IS NOT NULL THEN
            RETURN NULL;
        END IF;
    -- A second one when the first is busy, and further ones when those that there are take their time; but of one login no more than one is to hang.
    ELSIF (SELECT count(*) >= 4 OR count(*) >= 2 AND bool_or(l.asked_at > now - interval '20 ms') OR bool_or(l.asked_for = for_login)
             FROM cron_engine.launcher l WHERE l.login IS NULL) THEN
        RETURN (SELECT l.name FROM cron_engine.launcher l
                 WHERE l.login IS NULL AND l.asked_at > now - interval '20 ms' AND cardinality(l.orders) < 4
                 ORDER BY l.asked_for <> for_login, cardinality(l.orders), l.name LIMIT 1);
    END IF;
    RETURN cron_engine.open_launcher(v_only, now);
END;
$body$;
COMMENT ON FUNCTION cron_engine.pick_launcher(text, boolean, timestamptz) IS
    'The launcher that is to connect as a login; empty: this session itself, as it is the owner''s; NULL: none has time now. ahead: it may take its time.';
