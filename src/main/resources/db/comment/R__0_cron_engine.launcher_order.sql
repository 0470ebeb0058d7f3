COMMENT ON TYPE cron_engine.launcher_order IS 'What whoever holds the connections to workers is to do, see cron_engine.carry_out().';
COMMENT ON COLUMN cron_engine.launcher_order.action IS 'connect, send, look, cancel, close a worker; wait for a time; signal: execute something as its role.';
COMMENT ON COLUMN cron_engine.launcher_order.worker IS 'Name of the worker; of signal: the process id that is to be signalled.';
COMMENT ON COLUMN cron_engine.launcher_order.server IS 'Foreign server to connect through, for connect and signal.';
COMMENT ON COLUMN cron_engine.launcher_order.call IS 'The SQL, for connect, send and signal; of wait: the time, in seconds since 1970.';
