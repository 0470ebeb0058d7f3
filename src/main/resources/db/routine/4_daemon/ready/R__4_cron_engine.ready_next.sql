CREATE OR REPLACE FUNCTION cron_engine.ready_next(jobids bigint[], usernames text[], job_groups text[], now timestamptz)
RETURNS integer
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_runs bigint[];
BEGIN
    IF NOT EXISTS (SELECT FROM cron_engine.queue q WHERE CASE WHEN NOT q.ready THEN q.jobid END IS NOT NULL) THEN
        RETURN 0;
    END IF;
    BEGIN
        v_runs := ARRAY(SELECT cron_engine.next_runs(jobids, usernames, job_groups, now));
        RETURN CASE WHEN v_runs = '{}' THEN 0 ELSE cron_engine.ready_runs(v_runs, now) END;
    EXCEPTION WHEN lock_not_available OR transaction_rollback THEN
        RAISE;
    WHEN OTHERS THEN
        RAISE LOG 'cronlink: making ready together failed, looking for the one to leave out: %', SQLERRM;
    END;
    RETURN cron_engine.do_each('ready run', v_runs::text[], now);
END;
$body$;
COMMENT ON FUNCTION cron_engine.ready_next(bigint[], text[], text[], timestamptz) IS
    'Lets the next ones start of the given jobs, and of the groups, each of which is given with the name of a role; one for which that fails keeps no other waiting. Returns for how many something was new.';
