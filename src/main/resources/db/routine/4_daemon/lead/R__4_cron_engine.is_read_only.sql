CREATE OR REPLACE FUNCTION cron_engine.is_read_only()
RETURNS boolean
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    -- What a new session would begin with: this one may have overridden it, or be older than what is laid down now.
    SELECT coalesce((SELECT split_part(s, '=', 2)
                       FROM unnest(cron_engine.role_settings(CURRENT_USER::text, current_database()::text)) s
                      WHERE split_part(s, '=', 1) = 'default_transaction_read_only'),
                    (SELECT CASE WHEN g.source = 'session' THEN g.reset_val WHEN g.source NOT IN ('client', 'user', 'database', 'database user') THEN g.setting END
                       FROM pg_settings g WHERE g.name = 'default_transaction_read_only'), 'off')::boolean
$body$;
COMMENT ON FUNCTION cron_engine.is_read_only() IS
    'Whether new sessions of the engine''s owner cannot write, as managed servers have it when their disk is full. Jobs cannot then; the scheduler goes on and records it.';
