CREATE OR REPLACE FUNCTION cron_engine.fire_fact(
    job_id bigint, fire_time timestamptz, code text, runid bigint, reason text, note text, attempts integer, late interval, duration interval,
    period_start timestamptz, now timestamptz, OUT fact text, OUT hint text)
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_period record;
    v_first  text := left(split_part(regexp_replace(reason, '^ERROR: +', ''), E'\n', 1), 300);
    v_run    text := 'run ' || runid || CASE WHEN attempts > 1 THEN format(', attempt %s,', attempts) ELSE '' END;
BEGIN
    -- The period that it was in, and the next one that is defined otherwise.
    SELECT p.*, n.since AS changed_at, n.changed_by AS next_by INTO v_period
      FROM cron_engine.definitions(job_id, period_start, now) p
      LEFT JOIN cron_engine.definitions(job_id, period_start, now) n
             ON (n.present, n.schedule, n.timezone, n.active, n.valid_from, n.valid_until)
                IS DISTINCT FROM (p.present, p.schedule, p.timezone, p.active, p.valid_from, p.valid_until) AND n.since > p.since
     WHERE code IN ('not_made', 'other_schedule', 'inactive', 'not_valid') ORDER BY p.since, n.since LIMIT 1;
    fact := CASE code
        WHEN 'succeeded' THEN format('%s succeeded in %s', v_run, duration)
        WHEN 'failed' THEN format('%s failed: %s', v_run, v_first)
        WHEN 'running' THEN format('%s is under way', v_run)
        WHEN 'queued' THEN format('%s waits', v_run)
        WHEN 'skipped' THEN 'skipped: ' || reason
        WHEN 'not_made' THEN 'the job did not exist yet'
        WHEN 'other_schedule' THEN format('not a time of the schedule in force: it was %s, in time zone %s', quote_literal(v_period.schedule), v_period.timezone)
        WHEN 'inactive' THEN coalesce('the job was inactive: ' || cron_engine.who_changed(job_id, 'active', fire_time), 'the job was inactive')
        WHEN 'not_valid' THEN CASE WHEN fire_time < v_period.valid_from THEN format('before valid_from, which was %s', v_period.valid_from)
                                   ELSE format('not before valid_until, which was %s', v_period.valid_until) END
        WHEN 'owed' THEN 'owed: its time has come, and it has not been fired yet'
        WHEN 'merged' THEN format('made up for by run %s, which was fired when this time was over, too', runid)
        WHEN 'missed' THEN 'missed with the fire before it, and skipped like that: catch_up is skip'
        WHEN 'started_over' THEN 'not fired before the schedule was changed, and a new schedule starts over'
        WHEN 'beyond_limit' THEN 'missed: of the fires that were owed no more were made up for than catch_up_limit of cron.settings allows'
        WHEN 'removed' THEN 'no record: runs of that time were deleted by cron.delete_runs()'
        WHEN 'expired' THEN 'no record: older than the history keeps runs'
        WHEN 'not_kept' THEN 'no record: log_level of the job does not keep one of each run'
        ELSE 'no record, and nothing tells why: a row was deleted from the history, or the clock was set' END
        || CASE WHEN late > '1 s' AND code IN ('succeeded', 'failed', 'running') THEN format('; started %s late', date_trunc('milliseconds', late)) ELSE '' END
        || coalesce('; ' || CASE WHEN late > '10 s' OR code IN ('owed', 'merged', 'missed', 'beyond_limit') OR reason LIKE 'missed%' OR reason LIKE 'start deadline%'
                                 THEN cron_engine.why_late(fire_time, fire_time + greatest(late, '1 s')) END, '')
        || coalesce('; ' || CASE WHEN reason LIKE 'start deadline%' THEN cron_engine.why_waited(runid) END, '')
        || coalesce('; ' || note, '') || coalesce('; ' || cron_engine.clock_change_note(job_id, fire_time), '');
    hint := CASE WHEN code = 'skipped' AND reason ~ 'still running|was waiting' THEN 'See option overlap.'
                 WHEN code = 'skipped' AND reason LIKE 'start deadline%' THEN 'See option start_deadline.'
                 WHEN code IN ('missed', 'merged', 'beyond_limit') OR reason LIKE 'missed%' THEN 'See option catch_up.'
                 WHEN code = 'failed' THEN format('SELECT return_message FROM cron.job_run_details WHERE runid = %s; to run it again: SELECT cron.rerun(%1$s).', runid)
                 WHEN v_period.changed_at <= now THEN format('Changed at %s by %s.', date_trunc('second', v_period.changed_at), v_period.next_by) END;
END;
$body$;
COMMENT ON FUNCTION cron_engine.fire_fact(bigint, timestamptz, text, bigint, text, text, integer, interval, interval, timestamptz, timestamptz) IS
    'What became of a fire in words, and a hint: of one of cron_engine.accounted_fires().';
