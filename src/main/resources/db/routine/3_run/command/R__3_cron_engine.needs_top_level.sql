CREATE OR REPLACE FUNCTION cron_engine.needs_top_level(error_code text, message text)
RETURNS boolean
LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    -- 25001: VACUUM and the like; 2D000: a procedure that commits; 0A000: BEGIN, COMMIT, SELECT INTO as text, of which in any language only
    -- the keyword is in the message.
    SELECT error_code IN ('25001', '2D000') OR error_code = '0A000' AND message LIKE '%EXECUTE%'
$body$;
COMMENT ON FUNCTION cron_engine.needs_top_level(text, text) IS 'Whether an error says that the command must not be inside a transaction.';
