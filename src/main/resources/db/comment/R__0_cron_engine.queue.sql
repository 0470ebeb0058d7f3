COMMENT ON TABLE cron_engine.queue IS 'Runs that wait or run. The daemon puts them in and says which are ready; workers claim the ready ones and take theirs out when they end.';
COMMENT ON COLUMN cron_engine.queue.runid IS 'The run in cron.job_run_details.';
COMMENT ON COLUMN cron_engine.queue.jobid IS 'Its job; NULL for cron.run_once().';
COMMENT ON COLUMN cron_engine.queue.login IS 'Role as which its worker is logged in.';
COMMENT ON COLUMN cron_engine.queue.username IS 'Role as which it runs: the login, or one it may SET ROLE to.';
COMMENT ON COLUMN cron_engine.queue.priority IS 'Higher ones are claimed first.';
COMMENT ON COLUMN cron_engine.queue.ready IS 'May be claimed: its time has come or is about to, its job and group are free. Only the daemon says so.';
COMMENT ON COLUMN cron_engine.queue.waits_for IS 'What the daemon found to keep it although its time had come, and until when it does not look at it again: job, another run of its job, that is ready or comes before it; group, those of its group that are ready, as many as the limit allows; last try, another one that has its last try, see cron_engine.recover_run(). NULL: nothing.';
COMMENT ON COLUMN cron_engine.queue.may_overlap IS 'May run beside other runs of its job.';
COMMENT ON COLUMN cron_engine.queue.top_level IS 'True: at top level; false: in a transaction, never at top level; NULL: in a transaction, at top level if it must.';
COMMENT ON COLUMN cron_engine.queue.not_before IS 'When it may start, for retries and for fires that are queued ahead of their time; NULL: at once.';
COMMENT ON COLUMN cron_engine.queue.start_before IS 'Skipped when it has not started by then.';
COMMENT ON COLUMN cron_engine.queue.timeout IS 'How long it may run.';
COMMENT ON COLUMN cron_engine.queue.statement_timeout IS 'The statement_timeout of its role, which the daemon sees to while it runs in a transaction.';
COMMENT ON COLUMN cron_engine.queue.job_group IS 'Its group: a common one if cron.job_group names it, else that of its username.';
COMMENT ON COLUMN cron_engine.queue.plain IS 'Should it succeed, nothing follows from it: no job runs after its job, and its log_level is all.';
COMMENT ON COLUMN cron_engine.queue.retry IS 'A further attempt. While it waits it gives way to the job''s next fire, unless overlap is allow or catch_up all.';
COMMENT ON COLUMN cron_engine.queue.nodename IS 'Host, when not the own server.';
COMMENT ON COLUMN cron_engine.queue.nodeport IS 'Port, when not the own server.';
COMMENT ON COLUMN cron_engine.queue.database IS 'Database, when not the own one.';
COMMENT ON COLUMN cron_engine.queue.careful IS 'The server crashed while it waited or ran. That it is claimed is in the history before it begins: should it be what crashes the server, then that is known.';
COMMENT ON COLUMN cron_engine.queue.claims IS 'How often it was claimed: the fence. An outcome counts only if it names the present number.';
COMMENT ON COLUMN cron_engine.queue.pid IS 'Process id of the worker that runs it; NULL: it waits.';
COMMENT ON COLUMN cron_engine.queue.started_at IS 'When it was claimed.';
COMMENT ON COLUMN cron_engine.queue.commit_share IS 'What part of its worker''s time its commits take, 0 to 1, when neither they nor runs have to wait for a processor; NULL: not known.';
COMMENT ON COLUMN cron_engine.queue.stop_reason IS 'Why it is to stop: cancel, timeout; NULL: it is not.';
COMMENT ON COLUMN cron_engine.queue.stop_asked_at IS 'When that was asked for.';
COMMENT ON COLUMN cron_engine.queue.stop_asked_by IS 'Who asked; NULL: the daemon.';
COMMENT ON COLUMN cron_engine.queue.stop_sent_at IS 'When the cancel was sent to its worker.';
COMMENT ON COLUMN cron_engine.queue.timed_out_at IS 'When it was marked for its statement_timeout. The cancel is sent once, after which statement_timeout is NULL: what the command makes of it is up to the command.';
COMMENT ON COLUMN cron_engine.queue.connect_before IS 'Its worker is connecting for the top level, and must have succeeded by then; infinity: it has not begun to; NULL: it is not. Until then nothing was sent.';
COMMENT ON COLUMN cron_engine.queue.stray_stop IS 'The worker''s run before this one was sent a cancel, which may hit this one.';
COMMENT ON COLUMN cron_engine.queue.measured IS 'What it costs is to be measured.';

DO $body$
BEGIN
    EXECUTE (SELECT pg_catalog.string_agg(pg_catalog.format('COMMENT ON COLUMN cron_engine.saved_run.%I IS %L', a.attname, pg_catalog.col_description(a.attrelid, a.attnum)), ';')
               FROM pg_catalog.pg_attribute AS a
              WHERE a.attrelid = 'cron_engine.queue'::pg_catalog.regclass AND a.attnum > 0 AND NOT a.attisdropped);
END;
$body$;
