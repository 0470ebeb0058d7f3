CREATE OR REPLACE FUNCTION cron_engine.lead()
RETURNS void
LANGUAGE plpgsql
AS $body$
-- No search_path is pinned: a SET clause would undo the settings made here.
BEGIN
    IF pg_catalog.pg_is_in_recovery() THEN
        RAISE EXCEPTION 'the server is a standby' USING ERRCODE = 'read_only_sql_transaction';
    END IF;
    IF cron_engine.leader_pid() OPERATOR(pg_catalog.=) pg_catalog.pg_backend_pid() THEN
        RETURN;
    END IF;
    -- Before this session counts as the leader of anything.
    PERFORM cron_engine.note_home();
    PERFORM cron_engine.require_home();
    PERFORM cron_engine.take_lead();
    -- Whatever the steps name is PostgreSQL's own, or is named with its schema.
    PERFORM pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', false);
    -- The last line: no step of the daemon waits for a lock, and if one did, then not for long.
    PERFORM pg_catalog.set_config('lock_timeout', '1s', false);
    -- What a crash takes back of the daemon's it does again: a run has no effect before its worker's own commit, which brings all earlier ones to disk.
    PERFORM pg_catalog.set_config('synchronous_commit', 'off', false);
    -- Compiling a plan takes longer than any of the daemon's.
    PERFORM pg_catalog.set_config('jit', 'off', false);
    -- Tables that are empty now are full in a second, and what is read of them has an index.
    PERFORM pg_catalog.set_config('enable_seqscan', 'off', false);
    -- Where there is none, the cost of what was switched off would call for parallel workers.
    PERFORM pg_catalog.set_config('max_parallel_workers_per_gather', '0', false);
    -- And so does planning a statement again at each execution, because the plan for these very values looks a little cheaper.
    PERFORM pg_catalog.set_config('plan_cache_mode', 'force_generic_plan', false);
    -- What may be set otherwise for the database or the owner, and would give the engine's own statements another meaning. Steps that are
    -- serializable would fail by each other's reading. Settings that this server does not have are not in pg_settings, and left out.
    PERFORM pg_catalog.set_config(s.name, w.setting, false)
       FROM pg_catalog.pg_settings s
       JOIN (VALUES ('default_transaction_isolation', 'read committed'), ('default_transaction_deferrable', 'off'), ('row_security', 'on'),
                    ('datestyle', 'ISO'), ('intervalstyle', 'postgres'), ('standard_conforming_strings', 'on'), ('array_nulls', 'on'),
                    ('transform_null_equals', 'off'), ('quote_all_identifiers', 'off'), ('exit_on_error', 'off'),
                    ('restrict_nonsystem_relation_kind', '')) w (name, setting)
         ON pg_catalog.lower(s.name) OPERATOR(pg_catalog.=) w.name;
    PERFORM pg_catalog.set_config('application_name', 'cronlink daemon', false);
    PERFORM cron_engine.begin_to_lead(pg_catalog.clock_timestamp());
END;
$body$;
COMMENT ON FUNCTION cron_engine.lead() IS 'Makes this session the one that leads, if it is not yet.';
