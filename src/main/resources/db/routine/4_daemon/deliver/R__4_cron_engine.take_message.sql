CREATE OR REPLACE FUNCTION cron_engine.take_message(
    channel text, lease interval, now timestamptz, OUT messageid uuid, OUT attempt integer, OUT content jsonb)
RETURNS SETOF record
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
SET jit = off
AS $body$
BEGIN
    SELECT m.messageid INTO take_message.messageid FROM cron_engine.alarm_message m
     WHERE m.channel = $1 AND m.ended_at IS NULL AND m.retry_at <= now
     ORDER BY m.retry_at LIMIT 1 FOR UPDATE SKIP LOCKED;
    IF take_message.messageid IS NULL THEN
        take_message.messageid := cron_engine.form_message($1, now);
    END IF;
    IF take_message.messageid IS NOT NULL THEN
        UPDATE cron_engine.alarm_message m SET attempts = m.attempts + 1, retry_at = now + lease
         WHERE m.messageid = take_message.messageid
        RETURNING m.attempts INTO attempt;
        content := cron_engine.message_content(take_message.messageid);
        RETURN NEXT;
    END IF;
END;
$body$;
COMMENT ON FUNCTION cron_engine.take_message(text, interval, timestamptz) IS
    'Gives a message of the channel to who is to send it, for as long as the lease; no row: there is none now. Then to be told how that went, by cron_engine.end_message(). Who never tells has it sent again: it is delivered at least once, and its id stays the same.';
