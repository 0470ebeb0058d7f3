-- No search_path is pinned: what is set here must last, and a SET clause would restore it.

CREATE OR REPLACE FUNCTION cron_engine.end_work()
RETURNS void
LANGUAGE plpgsql
AS $body$
BEGIN
    IF pg_catalog.current_setting('cronlink.top_level', true) OPERATOR(pg_catalog.<>) '' THEN
        -- Nobody else could have that session while this worker is idle.
        PERFORM cron_engine.close_connections(), pg_catalog.set_config('cronlink.top_level', '', false);
    END IF;
    -- The time of a statement is taken at its start, and a worker is to wait for the next one as long as it likes.
    PERFORM pg_catalog.set_config('statement_timeout', '0', false);
END;
$body$;
COMMENT ON FUNCTION cron_engine.end_work() IS 'What a worker does before it is idle.';
