CREATE OR REPLACE FUNCTION cron_engine.log_event(kind text, runids bigint[], jobids bigint[], statuses text[])
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
-- Whatever the statistics of a table that was empty: the last entry of the index.
SET enable_seqscan = off
AS $body$
BEGIN
    INSERT INTO cron_engine.event (id, kind, runids, jobids, statuses, total)
    SELECT greatest(l.id + 1, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint), kind, runids, jobids, statuses,
           coalesce(l.total, 0) + coalesce(cardinality(jobids), 1)
      FROM (VALUES (1)) one
      LEFT JOIN LATERAL (SELECT e.id, e.total FROM cron_engine.event e ORDER BY e.id DESC LIMIT 1) l ON true;
END;
$body$;
COMMENT ON FUNCTION cron_engine.log_event(text, bigint[], bigint[], text[]) IS
    'Adds to cron_engine.event. For the daemon alone: of two sessions one could commit what is to be read before what the other has committed.';
