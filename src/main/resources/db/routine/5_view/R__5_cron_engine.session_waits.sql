CREATE OR REPLACE FUNCTION cron_engine.session_waits(pid integer, top_level boolean, OUT fact text, OUT detail jsonb)
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    -- At top level the command is in a session of its own, which has the same name and began later.
    WITH session AS (
        SELECT w.pid, w.usename, w.state, w.wait_event_type, w.wait_event
          FROM pg_stat_activity o
          JOIN pg_stat_activity w ON CASE WHEN top_level THEN w.application_name = o.application_name AND w.datid IS NOT NULL AND w.usesysid = o.usesysid AND w.pid <> o.pid
                                          ELSE w.pid = o.pid END
         WHERE o.pid = $1 LIMIT 1
    ), blocker AS (
        SELECT format('session %s of role "%s"%s', a.pid, a.usename,
                      coalesce(format(' (%s)', concat_ws(', ', nullif(a.application_name, ''), a.state, 'in a transaction since ' || a.xact_start)), '')) AS who, a.pid
          FROM session s
         CROSS JOIN LATERAL unnest(pg_blocking_pids(s.pid)) b (pid)
          JOIN pg_stat_activity a ON a.pid = b.pid
    )
    SELECT concat_ws('; ', CASE WHEN b.pids IS NOT NULL THEN 'it is blocked by ' || b.who END,
                     CASE WHEN s.wait_event IS NOT NULL THEN format('it waits for %s: %s', s.wait_event_type, s.wait_event)
                          WHEN s.state IS NULL THEN format('what it waits for is shown to members of role "%s" and of pg_read_all_stats', s.usename)
                          ELSE 'it is busy' END),
           jsonb_strip_nulls(jsonb_build_object('session', s.pid, 'wait_event_type', s.wait_event_type, 'wait_event', s.wait_event, 'blocked_by', b.pids))
      FROM session s
     CROSS JOIN (SELECT string_agg(b.who, ', ' ORDER BY b.pid) AS who, jsonb_agg(b.pid ORDER BY b.pid) AS pids FROM blocker b) b
$body$;
COMMENT ON FUNCTION cron_engine.session_waits(integer, boolean) IS
    'What the session of a run waits for at this moment and which sessions block it, as far as the caller may see; NULL: it is gone. It reads pg_stat_activity only.';
