-- No SET search_path, which would keep it from being inlined: there is neither a function nor an operator in it.
CREATE OR REPLACE FUNCTION cron_engine.condition(is_failing boolean, is_blocked boolean, is_late boolean, is_running boolean, is_waiting boolean, is_paused boolean, active boolean)
RETURNS text
LANGUAGE sql IMMUTABLE
AS $body$
    SELECT CASE WHEN is_failing THEN 'failing' WHEN is_blocked THEN 'blocked' WHEN is_late THEN 'late' WHEN is_running THEN 'running'
                WHEN is_waiting THEN 'waiting' WHEN active THEN 'healthy' WHEN is_paused THEN 'paused' ELSE 'inactive' END
$body$;
COMMENT ON FUNCTION cron_engine.condition(boolean, boolean, boolean, boolean, boolean, boolean, boolean) IS
    'The condition of a job in a word: of all that is true the worst, see cron.job_details.condition.';
