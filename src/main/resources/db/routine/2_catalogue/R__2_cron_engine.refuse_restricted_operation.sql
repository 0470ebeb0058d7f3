CREATE OR REPLACE FUNCTION cron_engine.refuse_restricted_operation()
RETURNS void
LANGUAGE plpgsql
AS $body$
-- No search_path is pinned: a SET clause would cost more than the rest.
BEGIN
    -- While ANALYZE, CREATE INDEX or REFRESH MATERIALIZED VIEW call the functions of a table's owner, the role that logged in is somebody
    -- else, often a superuser, whose jobs they would make. PostgreSQL does not tell, but it refuses some commands then, such as this one.
    UNLISTEN cronlink_nothing;
END;
$body$;
COMMENT ON FUNCTION cron_engine.refuse_restricted_operation() IS 'Fails where another''s code is executed without the session''s role having called it.';
