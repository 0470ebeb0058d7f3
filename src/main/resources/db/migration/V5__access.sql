-- Who may come in over REST besides the configured users. What lets anybody in is kept as a hash of 256 random bits: who reads the
-- table, or a dump of it, cannot log in with it.

CREATE TABLE cron_engine.api_token (
    tokenid      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name         text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 100),
    role         text NOT NULL CHECK (role IN ('metrics', 'reader', 'operator', 'admin')),
    hash         bytea NOT NULL UNIQUE CHECK (octet_length(hash) = 32),
    created_at   timestamptz NOT NULL DEFAULT now(),
    created_by   text NOT NULL,
    expires_at   timestamptz NOT NULL,
    last_used_at timestamptz,
    revoked_at   timestamptz,
    revoked_by   text,
    CONSTRAINT api_token_valid_period CHECK (expires_at > created_at),
    CONSTRAINT api_token_revoked_by_somebody CHECK ((revoked_at IS NULL) = (revoked_by IS NULL))
);
-- The name of one that was revoked is free for its successor.
CREATE UNIQUE INDEX api_token_name_uniq ON cron_engine.api_token (name) WHERE revoked_at IS NULL;

CREATE TABLE cron_engine.session (
    hash       bytea PRIMARY KEY CHECK (octet_length(hash) = 32),
    username   text NOT NULL,
    role       text CHECK (role IN ('metrics', 'reader', 'operator', 'admin')),
    credential bytea,
    created_at timestamptz NOT NULL DEFAULT now(),
    used_at    timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT session_is_of_one_kind CHECK ((role IS NULL) <> (credential IS NULL))
);
CREATE INDEX session_username_idx ON cron_engine.session (username, created_at);
