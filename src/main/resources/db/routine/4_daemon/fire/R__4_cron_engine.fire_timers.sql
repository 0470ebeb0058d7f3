CREATE OR REPLACE FUNCTION cron_engine.fire_timers(
    now timestamptz, batch integer, head_start interval, only_jobid bigint DEFAULT NULL)
RETURNS integer
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
-- The plan must not turn to reading whole tables when the catalogue grows.
SET enable_seqscan = off
SET jit = off
AS $body$
DECLARE
    -- A statement of its own, so that the next one sees what was committed before the locks were had.
    v_due      bigint[] := cron_engine.lock_due(now, batch, head_start, only_jobid);
    v_ended    bigint[];
    v_causes   text[];
    v_yielding bigint[];
    v_skips    json;
    v_over     boolean;
BEGIN
    IF v_due IS NULL AND batch > 0 THEN
        RETURN 0;
    END IF;
    -- One statement, and one transaction with what follows: the run is written and the timer moved on, or neither.
    WITH due AS MATERIALIZED (
        SELECT t.ctid AS tid, t.jobid, t.schedule, t.timezone, t.scheduled_time, t.next_fire, t.idle,
               t.next_fire - t.scheduled_time AS jitter, greatest(now, t.next_fire) AS at,
               CASE WHEN (t.schedule).kind = 'interval' THEN t.anchor END AS anchor
          FROM cron_engine.timer t
         -- After a restoration the two may differ: the timer is right.
         WHERE t.jobid = ANY (v_due) AND t.next_fire <= now + head_start
    ), due_job AS MATERIALIZED (
        SELECT d.*, dense_rank() OVER (ORDER BY d.schedule, d.timezone, d.anchor, b.after) AS k, b.after,
               e.job, e.command, e.database, e.username, e.job_group, e.overlap, e.catch_up, e.catch_up_limit, e.valid_until, e.log_level,
               d.next_fire + e.start_deadline AS start_before,
               d.next_fire < now - interval '1 minute' AS late
          FROM due d
         CROSS JOIN LATERAL (SELECT e.*, e AS job FROM cron_engine.effective_job e WHERE e.jobid = d.jobid OFFSET 0) e
         -- A fire may be owed from before valid_from, or from before the job was inactive for a time: with catch_up = all what it missed since is.
         CROSS JOIN LATERAL (SELECT greatest(least(d.at - d.jitter, CASE WHEN e.catch_up = 'all' THEN upper(d.idle) END),
                                             e.valid_from - interval '1 microsecond') AS after) b
    ), next AS MATERIALIZED (
        -- Jobs with the same schedule share the work.
        SELECT f.k, cron_engine.next_fire(f.schedule, f.timezone, f.after, f.anchor) AS scheduled_time
          FROM (SELECT DISTINCT ON (j.k) j.k, j.schedule, j.timezone, j.anchor, j.after FROM due_job j) f
    ), moved AS (
        UPDATE cron_engine.timer t
           SET scheduled_time = n.scheduled_time, next_fire = n.scheduled_time + j.jitter, idle = NULL
          FROM due_job j
          JOIN LATERAL (SELECT CASE WHEN x.scheduled_time < j.valid_until OR j.valid_until IS NULL THEN x.scheduled_time END
                          FROM next x WHERE x.k = j.k) n (scheduled_time) ON true
         WHERE t.ctid = j.tid
        RETURNING t.jobid, t.next_fire, CASE WHEN t.scheduled_time IS NOT NULL THEN NULL WHEN (t.schedule).kind = 'at' THEN 'fired'
                                WHEN j.valid_until IS NOT NULL THEN 'expired' END AS cause
    ), fire AS MATERIALIZED (
        SELECT nextval('cron.runid_seq') AS runid, j.*, f.scheduled_time AS fire_time, b.busy,
               -- Here, as entry_of() is not inlined with a function that is volatile.
               CASE WHEN j.at > now THEN j.at ELSE least(f.scheduled_time + j.jitter, clock_timestamp()) END AS not_before,
               cron_engine.skip_reason(now, j.late, j.catch_up, j.overlap, j.start_before, a.running, a.waiting) AS skip_reason
          FROM due_job j
         CROSS JOIN LATERAL (SELECT j.scheduled_time WHERE j.catch_up <> 'all'
                             UNION ALL
                             SELECT * FROM cron_engine.missed_fires(j.schedule, j.timezone, j.scheduled_time, j.anchor,
                                                                    least(j.at - j.jitter, lower(j.idle), j.valid_until - interval '1 microsecond'),
                                                                    j.catch_up_limit) WHERE j.catch_up = 'all') f
         -- Whether there are any, not how many: a job may have thousands that wait, and fire ten times a second.
         CROSS JOIN LATERAL (SELECT j.overlap <> 'allow' AND EXISTS (SELECT FROM cron_engine.queue q WHERE q.jobid = j.jobid) AS busy OFFSET 0) b
         CROSS JOIN LATERAL (SELECT b.busy AND EXISTS (SELECT FROM cron_engine.queue q WHERE CASE WHEN q.ready THEN q.jobid END = j.jobid AND q.pid IS NOT NULL) AS running,
                                    b.busy AND EXISTS (SELECT FROM cron_engine.queue q WHERE q.jobid = j.jobid AND q.pid IS NULL AND NOT q.retry) AS waiting
                             OFFSET 0) a
         ORDER BY f.scheduled_time, j.jobid
    ), yielding AS MATERIALIZED (
        -- One that a worker is just taking does not.
        SELECT y.runid
          FROM fire f
         CROSS JOIN LATERAL (SELECT q.runid FROM cron_engine.queue q JOIN cron.job_run_details d USING (runid)
                              WHERE q.jobid = f.jobid AND q.pid IS NULL AND q.retry
                                FOR UPDATE SKIP LOCKED) y
         WHERE f.busy AND f.skip_reason IS NULL AND f.catch_up <> 'all'
    ), recorded AS (
        INSERT INTO cron.job_run_details (runid, jobid, database, username, command, status, return_message, start_time, end_time,
                                          scheduled_time, queued_time, trigger, attempt)
        SELECT f.runid, f.jobid, f.database, f.username, f.command, CASE WHEN f.skip_reason IS NULL THEN 'queued' ELSE 'skipped' END,
               f.skip_reason, CASE WHEN f.skip_reason IS NOT NULL THEN now END, CASE WHEN f.skip_reason IS NOT NULL THEN now END,
               f.fire_time, now, CASE WHEN f.late THEN 'catch-up' ELSE 'schedule' END, 1
          FROM fire f
         WHERE f.skip_reason IS NULL OR f.log_level = 'all'
    ), queued AS (
        INSERT INTO cron_engine.queue
        SELECT e.*
          FROM fire f
         CROSS JOIN LATERAL cron_engine.entry_of(
                                f.job, f.runid, ready => f.job_group IS NULL AND (f.overlap = 'allow' OR NOT f.busy AND f.catch_up <> 'all'),
                                not_before => f.not_before, start_before => f.start_before) e
         WHERE f.skip_reason IS NULL
    )
    SELECT array_agg(m.jobid) FILTER (WHERE m.cause IS NOT NULL), array_agg(m.cause) FILTER (WHERE m.cause IS NOT NULL),
           -- A job that is gone has no timer.
           count(m.next_fire) < cardinality(v_due), (SELECT array_agg(y.runid) FROM yielding y),
           (SELECT json_agg(json_build_object('runid', f.runid, 'jobid', f.jobid, 'trigger', CASE WHEN f.late THEN 'catch-up' ELSE 'schedule' END,
                                              'reason', f.skip_reason)) FROM fire f WHERE f.skip_reason IS NOT NULL)
      INTO v_ended, v_causes, v_over, v_yielding, v_skips
      FROM moved m;
    -- No join, whose plan could read all timers for each that fired: the statistics of a table that was empty are kept as it fills again.
    UPDATE cron_engine.due d
       SET next_fire = coalesce((SELECT t.next_fire FROM cron_engine.timer t WHERE t.jobid = d.jobid), 'infinity')
     WHERE d.jobid = ANY (v_due);
    IF v_over THEN
        DELETE FROM cron_engine.due d WHERE d.jobid = ANY (v_due) AND d.next_fire = 'infinity';
    END IF;
    IF v_yielding IS NOT NULL THEN
        PERFORM cron_engine.skip_runs(v_yielding, 'gave way to the next fire', now);
    END IF;
    IF v_skips IS NOT NULL THEN
        PERFORM cron_engine.note_skips(v_skips);
    END IF;
    IF v_ended IS NOT NULL THEN
        PERFORM cron_engine.deactivate(e.jobid, e.cause, CASE e.cause WHEN 'fired' THEN 'fired at its time' ELSE 'no fire is left before valid_until' END, now)
           FROM unnest(v_ended, v_causes) e (jobid, cause);
    END IF;
    RETURN coalesce(cardinality(v_due), 0);
END;
$body$;
COMMENT ON FUNCTION cron_engine.fire_timers(timestamptz, integer, interval, bigint) IS
    'Fires up to batch timers that are due within head_start, or that of only one job: writes their runs and moves them on; 0: does all that with none. Returns how many there were.';
