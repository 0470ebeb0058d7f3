-- No search_path is pinned: what is set here must last, and a SET clause would restore it.

CREATE OR REPLACE FUNCTION cron_engine.reset_session(but text DEFAULT NULL)
RETURNS void
LANGUAGE plpgsql
AS $body$
DECLARE
    v_done text;
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
    -- One assignment instead of several queries: each costs every run some microseconds.
    -- The last call takes the lock by which others see that this worker lives, see is_worker_alive: shared, so that nobody who holds
    -- the same lock can keep a worker from it; 1129467470 is 'CRON' in ASCII.
    -- The seed of random() goes too, to one that nobody knows.
    v_done := pg_catalog.concat(pg_catalog.pg_advisory_unlock_all(), cron_engine.close_connections(but),
                                pg_catalog.setseed(pg_catalog.uuid_hash(pg_catalog.gen_random_uuid()) OPERATOR(pg_catalog./) 2147483648::pg_catalog.float8),
                                pg_catalog.pg_try_advisory_lock_shared(1129467470, pg_catalog.pg_backend_pid()));
    -- Only a superuser's job can have set one, with functions that nobody else may even call.
    IF pg_catalog.current_setting('is_superuser') OPERATOR(pg_catalog.=) 'on' THEN
        IF pg_catalog.pg_replication_origin_session_is_setup() THEN
            PERFORM pg_catalog.pg_replication_origin_session_reset();
        END IF;
    END IF;
END;
$body$;
COMMENT ON FUNCTION cron_engine.reset_session(text) IS 'Removes what a run left in its session, so that no run sees another''s leavings.';
