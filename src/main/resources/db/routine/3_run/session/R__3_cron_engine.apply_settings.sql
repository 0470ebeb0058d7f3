-- No search_path is pinned: what is set here must last, and a SET clause would restore it.

CREATE OR REPLACE FUNCTION cron_engine.apply_settings(settings text[])
RETURNS void
LANGUAGE plpgsql
AS $body$
DECLARE
    v_setting text;
BEGIN
    FOREACH v_setting IN ARRAY settings LOOP
        BEGIN
            PERFORM pg_catalog.set_config(pg_catalog.split_part(v_setting, '=', 1),
                                          pg_catalog.substr(v_setting, pg_catalog.strpos(v_setting, '=') OPERATOR(pg_catalog.+) 1), false);
        EXCEPTION WHEN OTHERS THEN
            -- As at a login, what cannot be set is left alone.
            NULL;
        END;
    END LOOP;
END;
$body$;
COMMENT ON FUNCTION cron_engine.apply_settings(text[]) IS 'Puts settings in force for this session, each name=value, as the login of their role would.';
