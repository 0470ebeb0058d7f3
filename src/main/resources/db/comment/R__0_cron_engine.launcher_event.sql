COMMENT ON TYPE cron_engine.launcher_event IS 'What became of an order, or what a worker did, see cron_engine.note_event().';
COMMENT ON COLUMN cron_engine.launcher_event.worker IS 'As in the order.';
COMMENT ON COLUMN cron_engine.launcher_event.event IS 'connected, refused, left out (as another was refused just before), broken (nothing could be sent), done, failed (its CALL, and its connection is closed), not signalled; NULL: nothing to tell.';
COMMENT ON COLUMN cron_engine.launcher_event.pid IS 'Process id of a worker that was connected.';
COMMENT ON COLUMN cron_engine.launcher_event.served IS 'What a CALL that is done returned: the role whose runs it executed.';
COMMENT ON COLUMN cron_engine.launcher_event.sqlstate IS 'The error''s SQLSTATE.';
COMMENT ON COLUMN cron_engine.launcher_event.message IS 'The error, cut after 100,000 characters.';
COMMENT ON COLUMN cron_engine.launcher_event.detail IS 'Its detail, cut likewise.';
COMMENT ON COLUMN cron_engine.launcher_event.hint IS 'Its hint, cut likewise.';
