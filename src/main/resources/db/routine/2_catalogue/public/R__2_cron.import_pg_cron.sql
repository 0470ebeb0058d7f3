CREATE OR REPLACE FUNCTION cron.import_pg_cron(server name)
RETURNS integer
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_job   record;
    v_count integer := 0;
BEGIN
    -- dblink would take it for a connection string, and ask for a password.
    IF NOT EXISTS (SELECT FROM pg_foreign_server s WHERE s.srvname = server) THEN
        RAISE EXCEPTION 'server "%" does not exist', server USING ERRCODE = 'undefined_object';
    END IF;
    -- With the caller's rights throughout: its user mapping leads there, and INSERT on cron.job is the engine's owner's.
    -- What ran on the server itself there, runs on the server itself here, so its address is not taken along.
    FOR v_job IN
        SELECT r.*
          -- As text, the type of dblink's parameter: where dblink is in a schema that others may write to, a function for a name would be taken.
          FROM ${dblink}.dblink(server::text,
                   'SELECT schedule, command,
                           CASE WHEN nodeport IN (inet_server_port(), current_setting(''port'')::integer)
                                     AND (lower(nodename) IN ('''', ''localhost'', ''127.0.0.1'', ''::1'', host(inet_server_addr())) OR nodename LIKE ''/%'')
                                THEN NULL ELSE nodename END,
                           nodeport, database, username, active, jobname,
                           row_number() OVER (PARTITION BY schedule, command, database, username, jobname ORDER BY jobid)
                      FROM cron.job ORDER BY jobid')
               AS r (schedule text, command text, nodename text, nodeport integer, database text, username text, active boolean, jobname text,
                     ordinal bigint)
    LOOP
        v_count := v_count + cron_engine.import_job(v_job.schedule, v_job.command, v_job.nodename, v_job.nodeport, v_job.database,
                                                    v_job.username, v_job.active, v_job.jobname, v_job.ordinal)::integer;
    END LOOP;
    RETURN v_count;
END;
$body$;
COMMENT ON FUNCTION cron.import_pg_cron(name) IS
    'Takes over the jobs of a database with the extension pg_cron, which the given foreign server (of dblink_fdw or postgres_fdw) leads to, with owner and activity, and returns how many are new. A job that is here already is left as it is, so a second call changes nothing; one that cannot be taken over is named in a WARNING. For the engine''s owner, whose user mapping needs to see all jobs there.';
