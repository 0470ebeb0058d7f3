CREATE OR REPLACE FUNCTION cron_engine.write_jobs(plan cron_engine.planned_job[], manager text)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    -- A time is read in the job's zone, and is perhaps over in another: such a job begins to fire when it has its options.
    v_first text[] := '{timezone,valid_from,valid_until,jitter}';
BEGIN
    DELETE FROM cron.job j WHERE j.jobid = ANY (ARRAY(SELECT p.jobid FROM unnest(plan) p WHERE p.action = 'remove'));
    INSERT INTO cron.job (jobid, schedule, command, nodename, nodeport, database, username, active, jobname)
    SELECT p.jobid, w.schedule, w.command, w.nodename, w.nodeport, w.database, w.username, w.active AND NOT p.wanted ?| v_first, w.jobname
      FROM unnest(plan) p CROSS JOIN LATERAL jsonb_populate_record(NULL::cron.job, p.wanted) w
     WHERE p.action = 'add';
    PERFORM cron_engine.write_options(plan);
    UPDATE cron.job j
       SET schedule = w.schedule, command = w.command, nodename = w.nodename, nodeport = w.nodeport, database = w.database, active = w.active
      FROM unnest(plan) p CROSS JOIN LATERAL jsonb_populate_record(NULL::cron.job, p.wanted) w
     WHERE j.jobid = p.jobid AND p.changes IS NOT NULL AND p.action IN ('change', 'adopt');
    UPDATE cron.job j SET active = true
      FROM unnest(plan) p
     WHERE j.jobid = p.jobid AND p.action = 'add' AND p.wanted ?| v_first AND p.wanted @> '{"active": true}';
    INSERT INTO cron_engine.managed_job AS g (jobid, manager, applied)
    SELECT p.jobid, $2, p.wanted
      FROM unnest(plan) p LEFT JOIN cron_engine.managed_job m ON m.jobid = p.jobid
     WHERE $2 IS NOT NULL AND p.action IN ('add', 'change', 'adopt', 'unchanged') AND (m.manager, m.applied) IS DISTINCT FROM ($2, p.wanted)
    ON CONFLICT ON CONSTRAINT managed_job_pkey DO UPDATE SET manager = EXCLUDED.manager, applied = EXCLUDED.applied;
END;
$body$;
COMMENT ON FUNCTION cron_engine.write_jobs(cron_engine.planned_job[], text) IS
    'Does what is planned, each table at one go, so that jobs may run after each other whatever their order.';
