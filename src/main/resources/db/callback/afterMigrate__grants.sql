-- Who may do what, on one page. Functions not named here are the engine's own.

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA cron_engine FROM PUBLIC;
REVOKE ALL ON ALL PROCEDURES IN SCHEMA cron_engine FROM PUBLIC;
-- Nor what ALTER DEFAULT PRIVILEGES may have given away of the engine's own tables: who can write to its queue can run anything as anybody.
SELECT cron_engine.revoke_engine_privileges();

-- A cron user is who has USAGE on schema cron, as in pg_cron. Whose job it is, is decided by row security and cron_engine.request.
GRANT SELECT ON cron.job TO PUBLIC;
-- What could be locked by who has it on a whole table is granted on its columns, and DELETE on none: nothing would run meanwhile.
GRANT SELECT ON cron.job_options, cron.job_alarms, cron.job_run_details, cron.alarm TO PUBLIC;
DO $body$
BEGIN
    EXECUTE (SELECT pg_catalog.string_agg(pg_catalog.format('GRANT INSERT (%1$s), UPDATE (%1$s) ON %2$s TO PUBLIC', t.columns, t.name), '; ')
               FROM (SELECT a.attrelid::pg_catalog.regclass AS name, pg_catalog.string_agg(a.attname, ', ') AS columns
                       FROM pg_catalog.pg_attribute AS a
                      WHERE a.attrelid IN ('cron.job_options'::pg_catalog.regclass, 'cron.job_alarms'::pg_catalog.regclass)
                            AND a.attnum > 0 AND NOT a.attisdropped
                      GROUP BY a.attrelid) AS t);
END;
$body$;
GRANT SELECT ON SEQUENCE cron.jobid_seq, cron.runid_seq TO PUBLIC;
GRANT SELECT ON cron.settings, cron.alarm_settings, cron.job_group, cron.job_statistics, cron.job_details, cron.alarm_rules, cron.alarm_details,
    cron.audit TO PUBLIC;
REVOKE ALL ON FUNCTION cron.alter_job FROM PUBLIC;
REVOKE ALL ON FUNCTION cron.schedule_in_database FROM PUBLIC;
REVOKE ALL ON FUNCTION cron.apply_jobs FROM PUBLIC;

-- Column by column, as who may update the whole may lock it. The caller is not among them.
GRANT SELECT, UPDATE (routine, job_id, job_name, schedule, command, database, username, active, runid, note, timeout, transactional, password, via,
                      commands, max_sessions, id, done, runs, before, jobs, manager, prune, adopt, dry_run, plan) ON cron_engine.request TO PUBLIC;
GRANT SELECT, UPDATE (job_id, since, facts) ON cron_engine.question TO PUBLIC;
GRANT EXECUTE ON FUNCTION cron_engine.session_waits(integer, boolean) TO PUBLIC;
GRANT EXECUTE ON FUNCTION cron_engine.is_administrator(text), cron_engine.is_home(text, integer), cron_engine.is_timezone(text),
    cron_engine.rule_hint(text), cron_engine.condition(boolean, boolean, boolean, boolean, boolean, boolean, boolean) TO PUBLIC;
SELECT cron_engine.revoke_trigger_privileges();

-- A worker is logged in as the role whose jobs it runs, and calls these; they serve it only runs of its own login, which it holds itself.
GRANT USAGE ON SCHEMA cron_engine TO PUBLIC;
GRANT EXECUTE ON PROCEDURE
    cron_engine.work(interval, integer, bigint, text),
    cron_engine.begin_work(bigint, integer, cron_engine.claim),
    cron_engine.put_in_force(cron_engine.claim),
    cron_engine.work_at_top_level(cron_engine.claim, cron_engine.outcome)
    TO PUBLIC;
GRANT EXECUTE ON FUNCTION
    cron_engine.claim_run(boolean, cron_engine.claim, integer, text, float8),
    cron_engine.begin_run(bigint),
    cron_engine.end_run(bigint, integer, text, text, text, text, boolean, timestamptz),
    cron_engine.end_run(bigint, integer, text, text, text, text, boolean, timestamptz, cron_engine.run_cost),
    cron_engine.measure(text, boolean),
    cron_engine.execute_aside(text, boolean),
    cron_engine.record_start(bigint),
    cron_engine.end_work(),
    cron_engine.clear_top_level(),
    cron_engine.commit_share(float8, timestamptz, timestamptz, timestamptz),
    cron_engine.commit_share(float8[]),
    cron_engine.pace(float8[], timestamptz, timestamptz, timestamptz),
    cron_engine.rehearse_run(),
    cron_engine.rehearse_end(bigint),
    cron_engine.begin_top_level(bigint),
    cron_engine.open_top_level(bigint),
    cron_engine.open_remote(name, interval),
    cron_engine.end_connecting(bigint),
    cron_engine.connection_failed(text, text, text),
    cron_engine.login_conninfo(name, text[]),
    cron_engine.conninfo(text[]),
    cron_engine.send_command(text, text),
    cron_engine.poll_top_level(bigint, text, cron_engine.outcome, double precision),
    cron_engine.close_connections(text),
    cron_engine.close_foreign_connections(),
    cron_engine.apply_settings(text[]),
    cron_engine.limit_run(bigint),
    cron_engine.may_have_foreign_connections(),
    cron_engine.require_open_role(text, text),
    cron_engine.defaults_need_top_level(text, boolean),
    cron_engine.execute(text, boolean),
    cron_engine.run_command(text, boolean),
    cron_engine.returns_rows(text),
    cron_engine.returns_one_row(text),
    cron_engine.row_message(bigint),
    cron_engine.completion_message(text, boolean, bigint),
    cron_engine.command_tag(text),
    cron_engine.creation_message(text, bigint),
    cron_engine.row_columns(text),
    cron_engine.verb(text),
    cron_engine.after_with(text),
    cron_engine.statements(text, boolean),
    cron_engine.lex(text, boolean),
    cron_engine.lexical_rules(boolean),
    cron_engine.comment_length(text),
    cron_engine.may_leave_transaction(text),
    cron_engine.leaves_transaction(text, boolean),
    cron_engine.statements_leave(text[], text),
    cron_engine.called_procedure(text),
    cron_engine.done_body(text),
    cron_engine.blank_rule(),
    cron_engine.procedure_commits(text[], integer),
    cron_engine.body_commits(text, integer),
    cron_engine.error_message(text, text, text, text, text, text),
    cron_engine.needs_top_level(text, text),
    cron_engine.reset_session(text),
    cron_engine.prepare_session(cron_engine.claim)
TO PUBLIC;
