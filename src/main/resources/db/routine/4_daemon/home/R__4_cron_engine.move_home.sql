CREATE OR REPLACE FUNCTION cron_engine.move_home()
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_old cron_engine.home;
    v_now record;
    v_own boolean;
BEGIN
    SELECT * INTO STRICT v_old FROM cron_engine.home;
    v_now := cron_engine.identity();
    v_own := cron_engine.is_own_server(v_old);
    -- Here, too, as people's calls may come before the daemon begins.
    PERFORM cron_engine.mend_sequences();
    PERFORM cron_engine.take_jobs_along(NULL, NULL);
    IF v_old.database <> current_database() THEN
        INSERT INTO cron_engine.former_home (database, last_runid)
        SELECT v_old.database, max(d.runid) FROM cron.job_run_details d HAVING max(d.runid) IS NOT NULL;
    END IF;
    UPDATE cron_engine.home
       SET system_identifier = v_now.system_identifier, database_oid = v_now.database_oid, database = current_database(),
           nodeport = current_setting('port')::integer, copy_of = NULL,
           host = CASE WHEN v_own THEN host END, port = CASE WHEN v_own THEN port END,
           sslmode = CASE WHEN v_own THEN sslmode END, sslrootcert = CASE WHEN v_own THEN sslrootcert END;
    IF v_old.database_oid <> v_now.database_oid OR v_old.system_identifier <> v_now.system_identifier THEN
        PERFORM cron_engine.settle_in(clock_timestamp());
    END IF;
    PERFORM cron_engine.lead_logins_home();
END;
$body$;
COMMENT ON FUNCTION cron_engine.move_home() IS 'Makes this database the home of the jobs that are in it.';
