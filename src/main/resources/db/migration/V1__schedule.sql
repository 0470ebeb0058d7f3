CREATE SCHEMA cron;
COMMENT ON SCHEMA cron IS 'Cronlink: jobs, their history and the functions people call. Drop-in for pg_cron''s schema of the same name.';

-- As it is anyway, unless ALTER DEFAULT PRIVILEGES has taken that from whatever the owner makes: who may use the schema may use what is in it.
ALTER DEFAULT PRIVILEGES IN SCHEMA cron GRANT EXECUTE ON FUNCTIONS TO PUBLIC;
ALTER DEFAULT PRIVILEGES IN SCHEMA cron_engine GRANT USAGE ON TYPES TO PUBLIC;

-- Stored in every timer row, so it is kept small: sets are bit strings, whose first bit is the least value of the field,
-- and what a kind does not need is NULL, which costs one bit.
CREATE TYPE cron_engine.schedule AS (
    kind            text,
    minutes         bit(60),
    hours           bit(24),
    days            bit(31),
    months          bit(12),
    weekdays        bit(7),
    last_day        boolean,
    match_both      boolean,
    follows_clock   boolean,
    every           interval,
    at_local        timestamp,
    at_zone         text,
    after_job       text,
    after_outcome   text
);

COMMENT ON TYPE cron_engine.schedule IS 'A schedule as cron_engine.parse_schedule understood it. Read it with cron_engine.next_fire.';
COMMENT ON COLUMN cron_engine.schedule.kind IS 'cron (five fields), interval (a fixed grid), at (once), after (when another job ends) or reboot (when the scheduler starts).';
COMMENT ON COLUMN cron_engine.schedule.minutes IS 'Minutes 0 to 59. Kind cron only, like all sets and flags.';
COMMENT ON COLUMN cron_engine.schedule.hours IS 'Hours 0 to 23.';
COMMENT ON COLUMN cron_engine.schedule.days IS 'Days of the month 1 to 31, without the last day that $ stands for.';
COMMENT ON COLUMN cron_engine.schedule.months IS 'Months January to December.';
COMMENT ON COLUMN cron_engine.schedule.weekdays IS 'Weekdays Sunday to Saturday.';
COMMENT ON COLUMN cron_engine.schedule.last_day IS 'The day of the month was given as $: the last one.';
COMMENT ON COLUMN cron_engine.schedule.match_both IS 'A day must be in both days and weekdays; false: being in one of them is enough.';
COMMENT ON COLUMN cron_engine.schedule.follows_clock IS 'The minute or the hour field starts with *: the schedule follows real time through a change of the clock. False: fixed local times, each of which is met once a day whatever the clock does.';
COMMENT ON COLUMN cron_engine.schedule.every IS 'Distance of the grid, as a pure time without days or months. Kind interval only.';
COMMENT ON COLUMN cron_engine.schedule.at_local IS 'The one local time. Kind at only.';
COMMENT ON COLUMN cron_engine.schedule.at_zone IS 'The time zone in which at_local is meant; NULL: the job''s own.';
COMMENT ON COLUMN cron_engine.schedule.after_job IS 'Name of the job to wait for. Kind after only.';
COMMENT ON COLUMN cron_engine.schedule.after_outcome IS 'Which end of that job counts: success, failure or any.';
