CREATE OR REPLACE FUNCTION cron.why(job_id bigint, since interval DEFAULT '3 days')
RETURNS TABLE (
    section text, "time" timestamptz, until timestamptz, code text, fires bigint, runid bigint, fact text, hint text, detail jsonb)
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $body$
    WITH answer AS (
        UPDATE cron_engine.question SET job_id = $1, since = $2 RETURNING facts
    )
    SELECT f.section, f."time", f.until, f.code, f.fires, f.runid,
           -- With the caller's own eyes: what a session waits for is shown to its role, and to members of it and of pg_read_all_stats.
           concat_ws('; ', f.fact, s.fact), f.hint, CASE WHEN s.detail IS NULL THEN f.detail ELSE f.detail || s.detail END
      FROM answer a
     CROSS JOIN LATERAL unnest(a.facts) WITH ORDINALITY f (section, "time", until, code, fires, runid, fact, hint, detail, nth)
      LEFT JOIN LATERAL cron_engine.session_waits((f.detail ->> 'pid')::integer, (f.detail ->> 'top_level')::boolean) s
             ON f.code IN ('running', 'stopping')
     ORDER BY f.nth
$body$;
COMMENT ON FUNCTION cron.why(bigint, interval) IS
    'Facts about one''s own job, or for an administrator anybody''s, as a page to read: what it waits for now, what each of its fires since then became (3 days, at most 35) and why, what its runs cost. section: now, fires (the latest first), costs; time, until: when, or from when to when; code: what kind of fact, stable; fires: how many fires the line is about; fact, hint: in words; detail: its figures. Errors: P0002 for a job that does not exist or is another''s, 22023 for a since out of range, 25006 in a transaction that is read only.';
