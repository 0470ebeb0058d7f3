-- Neither routine pins search_path: what they set must last, and a SET clause would restore it.

CREATE OR REPLACE FUNCTION cron_engine.reset_session()
RETURNS void
LANGUAGE plpgsql
AS $body$
BEGIN
    -- All of DISCARD ALL that may run in a transaction, but for the cached plans, which are the worker's own.
    -- Without EXECUTE it would be PL/pgSQL's own CLOSE.
    EXECUTE 'CLOSE ALL';
    RESET SESSION AUTHORIZATION;
    RESET ROLE;
    RESET ALL;
    DEALLOCATE ALL;
    UNLISTEN *;
    DISCARD TEMP;
    DISCARD SEQUENCES;
    -- Several calls in one statement, here and below: each statement costs every run some microseconds.
    -- The last one takes the lock by which others see that this worker lives, see is_worker_alive: shared, so that nobody who holds
    -- the same lock can keep a worker from it; 1129467470 is 'CRON' in ASCII.
    PERFORM pg_catalog.pg_advisory_unlock_all(), cron_engine.close_connections(),
            pg_catalog.pg_try_advisory_lock_shared(1129467470, pg_catalog.pg_backend_pid());
END;
$body$;
COMMENT ON FUNCTION cron_engine.reset_session() IS 'Removes what a run left in its session, so that no run sees another''s leavings.';

CREATE OR REPLACE FUNCTION cron_engine.prepare_session(
    runid bigint, jobid bigint, jobname text, username text, attempt integer, scheduled_time timestamptz)
RETURNS void
LANGUAGE plpgsql
AS $body$
BEGIN
    PERFORM pg_catalog.set_config('application_name', pg_catalog.concat('cronlink: ', coalesce(jobname, jobid::text)), false),
            pg_catalog.set_config('cronlink.jobid', coalesce(jobid::text, ''), false),
            pg_catalog.set_config('cronlink.runid', runid::text, false),
            pg_catalog.set_config('cronlink.attempt', attempt::text, false),
            pg_catalog.set_config('cronlink.scheduled_time', coalesce(scheduled_time::text, ''), false);
    IF username OPERATOR(pg_catalog.<>) CURRENT_USER::text THEN
        PERFORM pg_catalog.set_config('role', username, false);
    END IF;
END;
$body$;
COMMENT ON FUNCTION cron_engine.prepare_session(bigint, bigint, text, text, integer, timestamptz) IS
    'Tells the session which run it is about to execute, and as whom.';
