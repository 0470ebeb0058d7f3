CREATE OR REPLACE FUNCTION cron_engine.job_of_command(username text, database text, command text)
RETURNS cron_engine.effective_job
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_job cron_engine.effective_job;
BEGIN
    v_job.username        := username;
    v_job.login           := coalesce((SELECT l.via FROM cron_engine.login l WHERE l.username = $1), username);
    v_job.command         := command;
    v_job.database        := database;
    v_job.remote_database := nullif(database, current_database());
    v_job.top_level       := CASE WHEN v_job.remote_database IS NOT NULL THEN true END;
    SELECT s.timeout, CASE WHEN s.measure_runs <> 'none' THEN true END INTO v_job.timeout, v_job.measured FROM cron.settings s;
    v_job.priority        := 0;
    v_job.overlap         := 'allow';
    v_job.plain           := true;
    RETURN v_job;
END;
$body$;
COMMENT ON FUNCTION cron_engine.job_of_command(text, text, text) IS
    'How a command without a job is to run: as a job without options and without a jobid.';
