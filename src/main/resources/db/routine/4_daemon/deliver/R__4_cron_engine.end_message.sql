CREATE OR REPLACE FUNCTION cron_engine.end_message(message_id uuid, attempt integer, error text, retry_after interval, now timestamptz)
RETURNS boolean
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    -- That another one has taken it meanwhile, as the lease was over, changes nothing about a success.
    UPDATE cron_engine.alarm_message m
       SET error = left($3, 500), delivered_at = CASE WHEN $3 IS NULL THEN now END,
           ended_at = CASE WHEN $3 IS NULL OR retry_after IS NULL THEN now END, retry_at = coalesce(now + retry_after, m.retry_at)
     WHERE m.messageid = message_id AND m.ended_at IS NULL AND ($3 IS NULL OR m.attempts = $2);
    RETURN FOUND;
END;
$body$;
COMMENT ON FUNCTION cron_engine.end_message(uuid, integer, text, interval, timestamptz) IS
    'Notes how an attempt to send a message went. error NULL: it was delivered; otherwise it is sent again after retry_after, or if that is NULL never.';
