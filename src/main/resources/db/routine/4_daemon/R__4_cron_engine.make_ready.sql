CREATE OR REPLACE FUNCTION cron_engine.make_ready(now timestamptz, held bigint[] DEFAULT '{}', only_runids bigint[] DEFAULT NULL)
RETURNS integer
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_count integer;
BEGIN
    IF NOT EXISTS (SELECT FROM cron_engine.queue q WHERE NOT q.ready) THEN
        RETURN 0;
    END IF;
    WITH waiting AS MATERIALIZED (
        SELECT q.runid, q.jobid, q.overlap, q.priority, q.job_group
          FROM cron_engine.queue q
         WHERE NOT q.ready AND (q.not_before IS NULL OR q.not_before <= now)
               AND q.runid <> ALL (held) AND (only_runids IS NULL OR q.runid = ANY (only_runids))
           FOR UPDATE SKIP LOCKED
    ), first_of_job AS (
        -- Of each job one at a time and in order, unless its runs may overlap.
        SELECT w.*
          FROM (SELECT w.*, row_number() OVER (PARTITION BY w.jobid ORDER BY w.runid) AS nth_of_job FROM waiting w) w
         WHERE w.overlap OR w.jobid IS NULL
               OR w.nth_of_job = 1 AND NOT EXISTS (SELECT FROM cron_engine.queue o WHERE o.jobid = w.jobid AND o.ready)
    ), first_of_group AS (
        SELECT f.runid
          FROM (SELECT f.*, row_number() OVER (PARTITION BY f.job_group ORDER BY f.priority DESC, f.runid) AS nth_of_group
                  FROM first_of_job f) f
         WHERE f.job_group IS NULL
               OR f.nth_of_group + (SELECT count(*) FROM cron_engine.queue o WHERE o.job_group = f.job_group AND o.ready)
                  <= coalesce((SELECT g.max_running FROM cron.job_group g WHERE g.name = f.job_group), 1)
    )
    UPDATE cron_engine.queue q
       -- Whatever time that is for the workers, it has come.
       SET ready = true, not_before = CASE WHEN q.not_before IS NOT NULL THEN least(q.not_before, clock_timestamp()) END
      FROM first_of_group f WHERE q.runid = f.runid;
    GET DIAGNOSTICS v_count = ROW_COUNT;
    RETURN v_count;
END;
$body$;
COMMENT ON FUNCTION cron_engine.make_ready(timestamptz, bigint[], bigint[]) IS
    'Lets waiting runs start whose time has come and whose job and group are free: all but those held, or only some. Returns how many.';
