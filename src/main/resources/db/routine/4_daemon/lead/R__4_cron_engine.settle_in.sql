CREATE OR REPLACE FUNCTION cron_engine.settle_in(now timestamptz)
RETURNS void
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $body$
    -- A backup or a replication may have left behind the passwords, which not every role can take along. Who has none is told to
    -- register, not that a server is missing.
    DELETE FROM cron_engine.login l
     WHERE l.server IS NOT NULL
           AND NOT EXISTS (SELECT FROM pg_user_mappings m
                            WHERE m.srvname = l.server
                                  AND m.umuser = (SELECT c.relowner FROM pg_class c WHERE c.oid = 'cron_engine.login'::regclass));
    -- And what the triggers of cron.job do, if they were switched off meanwhile.
    SELECT cron_engine.do_each('set timer', ARRAY(SELECT j.jobid::text
                                                    FROM cron.job j WHERE NOT EXISTS (SELECT FROM cron_engine.timer t WHERE t.jobid = j.jobid)
                                                   ORDER BY j.jobid), now);
    DELETE FROM cron_engine.timer t WHERE NOT EXISTS (SELECT FROM cron.job j WHERE j.jobid = t.jobid);
    -- And the unlogged tables, or have brought them as they were at another time.
    DELETE FROM cron_engine.due;
    DELETE FROM cron_engine.working_set_complete;
    SELECT cron_engine.restore_working_set(now)
$body$;
COMMENT ON FUNCTION cron_engine.settle_in(timestamptz) IS 'What is to be done once where a database was restored: what may not have come along with it is rebuilt.';
