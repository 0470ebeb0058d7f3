CREATE SCHEMA cron;

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
