CREATE OR REPLACE FUNCTION cron.import_pg_cron(server name)
RETURNS integer
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_job   record;
    v_count integer := 0;
BEGIN
    -- With the caller's rights throughout: its user mapping leads there, and INSERT on cron.job is the engine's owner's.
    FOR v_job IN
        SELECT r.*
          FROM ${dblink}.dblink(coalesce(cron_engine.login_conninfo(server), server),
                   'SELECT schedule, command, CASE WHEN nodeport = inet_server_port() THEN nodename ELSE nodename || '':'' || nodeport END,
                           database, username, active, jobname FROM cron.job ORDER BY jobid')
               AS r (schedule text, command text, node text, database text, username text, active boolean, jobname text)
    LOOP
        v_count := v_count + cron_engine.import_job(v_job.schedule, v_job.command, v_job.node, v_job.database, v_job.username,
                                                    v_job.active, v_job.jobname)::integer;
    END LOOP;
    RETURN v_count;
END;
$body$;
COMMENT ON FUNCTION cron.import_pg_cron(name) IS
    'Takes over the jobs of a database with the extension pg_cron, which the given foreign server (of dblink_fdw or postgres_fdw) leads to, with owner and activity, and returns how many are new. A job that is here already is left as it is, so a second call changes nothing; one that cannot be taken over is named in a WARNING. For the engine''s owner, whose user mapping needs to see all jobs there.';

CREATE OR REPLACE FUNCTION cron_engine.import_job(
    schedule text, command text, node text, database text, username text, active boolean, jobname text)
RETURNS boolean
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    -- The server's own address there is the own address here.
    v_home text := split_part(node, ':', 1);
BEGIN
    IF EXISTS (SELECT FROM cron.job j
                WHERE j.username = $5
                      AND CASE WHEN $7 IS NOT NULL THEN j.jobname = $7
                               ELSE j.jobname IS NULL AND (j.schedule, j.command, j.database) = ($1, $2, $4) END) THEN
        RETURN false;
    END IF;
    IF v_home = node THEN
        INSERT INTO cron.job (schedule, command, database, username, active, jobname) VALUES ($1, $2, $4, $5, $6, $7);
    ELSE
        INSERT INTO cron.job (schedule, command, nodename, nodeport, database, username, active, jobname)
        VALUES ($1, $2, v_home, split_part(node, ':', 2)::integer, $4, $5, $6, $7);
    END IF;
    RETURN true;
EXCEPTION WHEN undefined_object OR invalid_catalog_name OR insufficient_privilege OR invalid_parameter_value OR invalid_authorization_specification THEN
    RAISE WARNING 'job % of role "%" was not taken over: %', coalesce(quote_literal(jobname), quote_literal(command)), username, SQLERRM;
    RETURN false;
END;
$body$;
COMMENT ON FUNCTION cron_engine.import_job(text, text, text, text, text, boolean, text) IS 'Makes one job of pg_cron''s, unless it is here already; whether it did.';
