CREATE OR REPLACE FUNCTION cron_engine.take_jobs_along(new_host text, new_port integer)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_jobid bigint;
BEGIN
    BEGIN
        PERFORM cron_engine.take_job_along(NULL, new_host, new_port);
        RETURN;
    EXCEPTION WHEN lock_not_available OR transaction_rollback THEN
        RAISE;
    WHEN OTHERS THEN
        RAISE LOG 'cronlink: taking the jobs along together failed, taking them one by one: %', SQLERRM;
    END;
    FOR v_jobid IN SELECT j.jobid FROM cron.job j WHERE cron_engine.is_home(j.nodename, j.nodeport) ORDER BY j.jobid LOOP
        BEGIN
            PERFORM cron_engine.take_job_along(v_jobid, new_host, new_port);
        EXCEPTION WHEN lock_not_available OR transaction_rollback THEN
            RAISE;
        WHEN OTHERS THEN
            PERFORM cron_engine.note_fault('take along job', v_jobid::text, v_jobid, SQLERRM, SQLSTATE, clock_timestamp());
        END;
    END LOOP;
END;
$body$;
COMMENT ON FUNCTION cron_engine.take_jobs_along(text, integer) IS
    'Gives the jobs that were at home until now the present name, address and port of the database; the new loop-back address is home, too. One that cannot be changed stays where it was.';
