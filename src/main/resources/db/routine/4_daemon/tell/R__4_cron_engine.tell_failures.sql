CREATE OR REPLACE FUNCTION cron_engine.tell_failures(ended cron_engine.ended_run[], now timestamptz)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_limit  integer := coalesce(nullif(current_setting('cronlink.log_failed_runs', true), ''), '0');
    v_state  text := coalesce(nullif(current_setting('cronlink.failed_runs_told', true), ''), '{0,0,0}');
    -- The minute, and how many were told and not told in it.
    v_told   integer[] := v_state;
    v_minute integer := floor(extract(epoch FROM now) / 60);
    v_failed integer;
    v_line   record;
BEGIN
    IF v_limit = 0 THEN
        RETURN;
    END IF;
    -- INFO reaches whoever called the daemon, whatever client_min_messages is, and stays out of the server's log.
    IF v_told[1] <> v_minute THEN
        IF v_told[3] > 0 THEN
            RAISE INFO '% more % failed in the last minute, see cron.job_run_details', v_told[3], CASE v_told[3] WHEN 1 THEN 'run' ELSE 'runs' END;
        END IF;
        v_told := ARRAY[CASE WHEN cardinality(ended) = 0 THEN 0 ELSE v_minute END, 0, 0];
    END IF;
    IF cardinality(ended) > 0 THEN
        v_failed := (SELECT count(*) FROM unnest(ended) e WHERE e.status = 'failed');
        -- With nothing left to tell, a flood costs no more than its count.
        IF v_told[2] < v_limit THEN
            FOR v_line IN
                SELECT concat('Run ', e.runid, ' of job ' || e.jobid, ' "' || left(j.jobname, 100) || '"', ' failed, attempt ', d.attempt, ' (', d.sqlstate, '): ',
                              left(split_part(regexp_replace(d.return_message, '^ERROR: +', ''), E'\n', 1), 300),
                              '; the job is inactive now: ' || left(a.reason, 100)) AS text,
                       json_build_object('runid', e.runid, 'jobid', e.jobid, 'jobname', left(j.jobname, 100), 'attempt', d.attempt,
                                         'sqlstate', d.sqlstate) AS fields
                  FROM unnest(ended) e
                  JOIN cron.job_run_details d USING (runid)
                  LEFT JOIN cron.job j ON j.jobid = e.jobid
                  LEFT JOIN cron_engine.deactivation a ON a.jobid = e.jobid
                 WHERE e.status = 'failed'
                 ORDER BY e.runid
                 LIMIT v_limit - v_told[2]
            LOOP
                RAISE INFO '%', v_line.text USING DETAIL = v_line.fields;
                v_told[2] := v_told[2] + 1;
                v_failed := v_failed - 1;
            END LOOP;
        END IF;
        v_told[3] := v_told[3] + v_failed;
    END IF;
    IF v_told::text <> v_state THEN
        PERFORM set_config('cronlink.failed_runs_told', v_told::text, false);
    END IF;
END;
$body$;
COMMENT ON FUNCTION cron_engine.tell_failures(cron_engine.ended_run[], timestamptz) IS
    'Says to the daemon''s caller which runs failed: in each minute as many as its setting cronlink.log_failed_runs, and of the others the number in the next minute. No command is named. What the line is about is in its DETAIL, as JSON.';
