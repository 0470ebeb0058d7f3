CREATE OR REPLACE FUNCTION cron_engine.session_limit(login text, refusal text, OUT login_concerned text, OUT message text)
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    -- What the server said when a session was last refused; where that is not English, or nobody tried, what can be counted.
    WITH session AS MATERIALIZED (
        -- Of which kind the sessions of other roles are is not shown. Those of background processes have no role.
        SELECT a.datid, a.usesysid FROM pg_stat_activity a WHERE a.datid IS NOT NULL AND a.usesysid IS NOT NULL
    ), limits (rank, login_concerned, said, reached, message) AS (
        SELECT 1, r.rolname::text, refusal ~ 'too many connections for role',
               r.rolconnlimit >= 0 AND r.rolconnlimit <= (SELECT count(*) FROM session s WHERE s.usesysid = r.oid),
               format('role "%s" has as many sessions as its CONNECTION LIMIT allows: %s', r.rolname, r.rolconnlimit)
          FROM pg_roles r WHERE r.rolname = login
        UNION ALL
        SELECT 2, '', refusal ~ 'too many connections for database',
               d.datconnlimit >= 0 AND d.datconnlimit <= (SELECT count(*) FROM session s WHERE s.datid = d.oid),
               format('database "%s" has as many sessions as its CONNECTION LIMIT allows: %s', d.datname, d.datconnlimit)
          FROM pg_database d WHERE d.datname = current_database()
        UNION ALL
        -- One that is logging in is not counted yet.
        SELECT 3, '', refusal ~ 'too many clients|connection slots',
               (SELECT count(*) FROM session) >= l.usable - 1,
               format('the server has no connection left: of max_connections, %s, ordinary roles may use %s', l.maximum, l.usable)
          FROM (SELECT m.maximum, m.maximum - current_setting('superuser_reserved_connections')::integer
                                  - coalesce(current_setting('reserved_connections', true)::integer, 0) AS usable
                  FROM (SELECT current_setting('max_connections')::integer AS maximum) m) l
    )
    SELECT l.login_concerned, l.message FROM limits l WHERE l.said OR l.reached ORDER BY l.said DESC NULLS LAST, l.rank LIMIT 1
$body$;
COMMENT ON FUNCTION cron_engine.session_limit(text, text) IS
    'Which limit keeps a role from another session, in words, given what the server said when it refused one or NULL, and the role if it is its own limit, else empty; NULL: none.';
