CREATE OR REPLACE FUNCTION cron_engine.queue_alarm()
RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    INSERT INTO cron_engine.alarm_delivery (alarmid, channel) SELECT NEW.alarmid, c.name FROM cron_engine.alarm_channel c WHERE NEW.kind <> 'test';
    RETURN NULL;
END;
$body$;
COMMENT ON FUNCTION cron_engine.queue_alarm() IS 'Puts an alarm into the outbox, for each channel, in the transaction in which it is raised. A test is sent by who asks for it.';

CREATE OR REPLACE TRIGGER queue_alarm AFTER INSERT ON cron.alarm
    FOR EACH ROW EXECUTE FUNCTION cron_engine.queue_alarm();
