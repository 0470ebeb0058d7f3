CREATE OR REPLACE FUNCTION cron_engine.apply_policies(ended cron_engine.ended_run[], now timestamptz)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_final cron_engine.ended_run[];
BEGIN
    PERFORM cron_engine.learn_top_level(ended);
    -- What is tried again has not ended yet for anybody who counts or waits.
    v_final := cron_engine.retry_runs(ended, now);
    PERFORM cron_engine.raise_failures(v_final, now);
    PERFORM cron_engine.count_failures(v_final, now);
    PERFORM cron_engine.follow_runs(v_final, now);
    PERFORM cron_engine.tell_failures(ended, now);
    PERFORM cron_engine.prune_runs(ended, now);
END;
$body$;
COMMENT ON FUNCTION cron_engine.apply_policies(cron_engine.ended_run[], timestamptz) IS
    'Applies the policies of their jobs to ended runs that are not plain: retries, alarms, failures in a row, jobs that wait for them, what their log_level keeps.';
