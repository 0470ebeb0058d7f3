CREATE OR REPLACE FUNCTION cron_engine.error_message(command text, state text, message text, detail text, hint text, context text)
RETURNS text
LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    -- The engine's own frames are the outermost ones of the context; the text is that of libpq, as pg_cron records it.
    SELECT CASE WHEN state = '0A000' AND message LIKE 'cannot COPY to/from client%' THEN 'COPY not supported'
                ELSE left(concat_ws(E'\n', 'ERROR:  ' || message, 'DETAIL:  ' || nullif(detail, ''), 'HINT:  ' || nullif(hint, ''),
                               'CONTEXT:  ' || nullif(rtrim(regexp_replace(replace(
                                    split_part(split_part(context, 'PL/pgSQL function cron_engine.run_command(', 1),
                                               'PL/pgSQL function cron_engine.execute(', 1),
                                    'SQL statement "' || command || '"', ''), $re$(^|\n)SQL statement "SET CONSTRAINTS ALL IMMEDIATE"\s*$$re$, ''), E'\n'), '')), 100000) END
$body$;
COMMENT ON FUNCTION cron_engine.error_message(text, text, text, text, text, text) IS 'An error as libpq would show it, without the engine''s own frames.';
