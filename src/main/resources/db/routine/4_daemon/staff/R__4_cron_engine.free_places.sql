CREATE OR REPLACE FUNCTION cron_engine.free_places(for_login text)
RETURNS integer
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
SET enable_seqscan = off
SET jit = off
AS $body$
DECLARE
    v_settings record;
    v_all      integer;
    v_own      integer;
    v_free     integer;
    v_kept     integer;
BEGIN
    SELECT s.max_running_jobs AS most, least(s.reserved_running_jobs, s.max_running_jobs / 4) AS reserved,
           coalesce(s.max_running_jobs_per_role, s.max_running_jobs - CASE WHEN l.others THEN s.max_running_jobs / 4 ELSE 0 END) AS most_of_one
      INTO v_settings
      FROM cron.settings s
     CROSS JOIN (SELECT EXISTS (SELECT FROM cron_engine.login l WHERE l.server IS NOT NULL AND l.username <> for_login) AS others) l;
    -- More than the limit may be busy since it was lowered.
    SELECT count(*), count(*) FILTER (WHERE w.login = for_login) INTO v_all, v_own FROM cron_engine.worker w WHERE w.busy;
    v_free := v_settings.most - v_all;
    v_kept := (SELECT count(*) FROM (SELECT FROM cron_engine.login l
                                      WHERE l.server IS NOT NULL AND l.username <> for_login
                                            AND NOT EXISTS (SELECT FROM cron_engine.worker w WHERE w.busy AND w.login = l.username)
                                      LIMIT v_settings.reserved) l);
    -- A first one may come from the places that are kept, a second one may not.
    RETURN greatest(0, least(v_settings.most_of_one - v_own,
                             greatest(v_free - v_kept, CASE WHEN v_own = 0 THEN least(1, v_free) END)));
END;
$body$;
COMMENT ON FUNCTION cron_engine.free_places(text) IS
    'How many more workers of a login may be busy now, by max_running_jobs, max_running_jobs_per_role and reserved_running_jobs.';
