CREATE OR REPLACE FUNCTION cron_engine.become(connection text, role_name text, database text)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_setting text;
BEGIN
    PERFORM cron_engine.require_open_role(role_name, database);
    PERFORM ${dblink}.dblink_exec(connection, format('SET ROLE %I', role_name));
    FOREACH v_setting IN ARRAY coalesce(cron_engine.role_settings(role_name, database), '{}') LOOP
        BEGIN
            -- Not by apply_settings(): the connection may lead to another database.
            PERFORM FROM ${dblink}.dblink(connection, format('SELECT pg_catalog.set_config(%L, %L, false)',
                split_part(v_setting, '=', 1), substr(v_setting, strpos(v_setting, '=') + 1))) AS r (value text);
        EXCEPTION WHEN OTHERS THEN
            -- As at a login, what cannot be set is left alone.
            NULL;
        END;
    END LOOP;
END;
$body$;
COMMENT ON FUNCTION cron_engine.become(text, text, text) IS 'Makes a connection of this session that of a role, with its settings in a database, as its login would.';
