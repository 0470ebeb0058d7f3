CREATE OR REPLACE FUNCTION cron_engine.learn_top_level(ended cron_engine.ended_run[])
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    INSERT INTO cron_engine.job_state AS s (jobid, top_level_command)
    SELECT DISTINCT ON (d.jobid) d.jobid, md5(d.command)
      FROM unnest(ended) e
      JOIN cron.job_run_details d USING (runid)
      JOIN cron.job j ON j.jobid = d.jobid
      LEFT JOIN cron.job_options o ON o.jobid = d.jobid
     WHERE e.top_level AND o.transactional IS NULL
     ORDER BY d.jobid, d.runid DESC
    ON CONFLICT ON CONSTRAINT job_state_pkey DO UPDATE SET top_level_command = EXCLUDED.top_level_command
    WHERE s.top_level_command IS DISTINCT FROM EXCLUDED.top_level_command;
END;
$body$;
COMMENT ON FUNCTION cron_engine.learn_top_level(cron_engine.ended_run[]) IS 'Remembers which commands cannot run in a transaction.';
