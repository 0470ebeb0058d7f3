-- Jobs of every kind for cronlink.demo=true, and a day of history that is made up. All in one transaction, in a database without jobs.
BEGIN;
CREATE SCHEMA demo;
CREATE TABLE demo.event (id bigint GENERATED ALWAYS AS IDENTITY, at timestamptz NOT NULL DEFAULT now(), amount numeric NOT NULL);
INSERT INTO demo.event (at, amount) SELECT now() - random() * interval '30 days', (random() * 100)::numeric(10, 2) FROM generate_series(1, 20000);
CREATE MATERIALIZED VIEW demo.sales_daily AS SELECT date_trunc('day', at) AS day, count(*) AS events, sum(amount) AS amount FROM demo.event GROUP BY 1;
CREATE UNIQUE INDEX ON demo.sales_daily (day);
CREATE TABLE demo.rate (currency text PRIMARY KEY, rate numeric NOT NULL);
INSERT INTO demo.rate VALUES ('CHF', 1), ('EUR', 0.95), ('USD', 0.9);

CREATE FUNCTION demo.sync_fx_rates() RETURNS text LANGUAGE plpgsql AS $demo$
BEGIN
    IF random() < 0.35 THEN
        RAISE EXCEPTION 'the provider of exchange rates answered 503' USING ERRCODE = '08006', DETAIL = 'GET /v2/latest?base=CHF', HINT = 'It is tried again.';
    END IF;
    UPDATE demo.rate SET rate = rate * (0.99 + random() / 50) WHERE currency <> 'CHF';
    RETURN format('%s rates', (SELECT count(*) FROM demo.rate));
END;
$demo$;
CREATE FUNCTION demo.load_partner_file() RETURNS void LANGUAGE plpgsql AS $demo$
BEGIN
    INSERT INTO demo.rate VALUES ('USD', 1);
END;
$demo$;
CREATE FUNCTION demo.close_month() RETURNS void LANGUAGE sql AS $demo$ REFRESH MATERIALIZED VIEW demo.sales_daily $demo$;

INSERT INTO cron.job_group (name, max_running, description) VALUES ('reports', 1, 'one at a time: they read whole tables'), ('migration', 0, 'held back until the new disk is in');

SELECT cron.schedule('heartbeat', '30 seconds', 'SELECT 1');
SELECT cron.schedule('nightly-vacuum', '0 3 * * *', 'VACUUM (ANALYZE) demo.event');
SELECT cron.schedule('refresh-sales', '*/30 * * * *', 'REFRESH MATERIALIZED VIEW CONCURRENTLY demo.sales_daily');
SELECT cron.schedule('sync-fx-rates', '*/5 * * * *', 'SELECT demo.sync_fx_rates()');
SELECT cron.schedule('load-partner-file', '*/10 * * * *', 'SELECT demo.load_partner_file()');
SELECT cron.schedule('purge-events', '15 * * * *', $$DELETE FROM demo.event WHERE at < now() - interval '30 days'$$);
SELECT cron.schedule('month-end-close', '0 22 $ * *', 'SELECT demo.close_month()');
SELECT cron.schedule('office-report', '5 8-18 * * 1-5', 'SELECT sum(amount) FROM demo.event');
SELECT cron.schedule('rebuild-search-index', '*/2 * * * *', $$SELECT pg_sleep(75 + random() * 20)$$);
SELECT cron.schedule('report-by-day', '* * * * *', $$SELECT pg_sleep(12) FROM (SELECT count(*) FROM demo.event GROUP BY date_trunc('day', at)) d LIMIT 1$$);
SELECT cron.schedule('report-by-week', '* * * * *', 'SELECT pg_sleep(15)');
SELECT cron.schedule('migrate-archive', '*/20 * * * *', 'SELECT 1');
SELECT cron.schedule('after-refresh-notify', '@after refresh-sales', $$SELECT pg_notify('sales', 'refreshed')$$);
SELECT cron.schedule('leap-day-check', '0 0 30 2 *', 'SELECT 1');
SELECT cron.schedule('weekly-digest', '0 7 * * 1', $$SELECT format('%s events', count(*)) FROM demo.event$$);
SELECT cron.schedule('archive-invoices', '30 2 * * *', 'SELECT 1');
SELECT cron.schedule('drop-old-partitions', '0 4 * * *', 'SELECT 1');
SELECT cron.schedule('warm-cache', '*/15 * * * *', 'SELECT count(*) FROM demo.event');

SELECT cron.set_options(jobid, max_attempts => 3, retry_delay => '10 s', description => 'Exchange rates, from a provider that is not always there') FROM cron.job WHERE jobname = 'sync-fx-rates';
SELECT cron.set_options(jobid, max_attempts => 2, retry_delay => '5 s') FROM cron.job WHERE jobname = 'load-partner-file';
SELECT cron.set_options(jobid, timezone => 'Europe/Zurich') FROM cron.job WHERE jobname IN ('month-end-close', 'office-report');
SELECT cron.set_options(jobid, timezone => 'America/New_York', jitter => '5 min') FROM cron.job WHERE jobname = 'weekly-digest';
SELECT cron.set_options(jobid, overlap => 'skip', description => 'Takes longer than its interval now and then: such fires are skipped') FROM cron.job WHERE jobname = 'rebuild-search-index';
SELECT cron.set_options(jobid, job_group => 'reports', start_deadline => '45 s') FROM cron.job WHERE jobname LIKE 'report-by-%';
SELECT cron.set_options(jobid, job_group => 'migration') FROM cron.job WHERE jobname = 'migrate-archive';
SELECT cron.set_options(jobid, timeout => '10 min', jitter => '30 s') FROM cron.job WHERE jobname = 'warm-cache';
SELECT cron.pause_job(jobid, 'audit until Friday: nothing may be dropped') FROM cron.job WHERE jobname = 'drop-old-partitions';
-- Owed since an hour, by its group, which is held back.
SELECT cron.run_job(jobid) FROM cron.job WHERE jobname = 'migrate-archive';

INSERT INTO cron.job_run_details (jobid, job_pid, database, username, command, status, return_message, start_time, end_time, scheduled_time, queued_time, trigger, attempt, sqlstate)
SELECT j.jobid, 4711, j.database, j.username, j.command,
       CASE WHEN h.skipped THEN 'skipped' WHEN h.failed THEN 'failed' ELSE 'succeeded' END,
       CASE WHEN h.skipped THEN 'the run before had not ended'
            WHEN h.failed AND j.jobname = 'load-partner-file' THEN E'ERROR:  duplicate key value violates unique constraint "rate_pkey"\nDETAIL:  Key (currency)=(USD) already exists.'
            WHEN h.failed THEN E'ERROR:  the provider of exchange rates answered 503\nDETAIL:  GET /v2/latest?base=CHF\nHINT:  It is tried again.'
            ELSE '1 row' END,
       CASE WHEN NOT h.skipped THEN h.at + interval '2 ms' END,
       h.at + h.took, h.at, h.at, 'schedule', 1,
       CASE WHEN h.failed AND NOT h.skipped THEN CASE j.jobname WHEN 'load-partner-file' THEN '23505' ELSE '08006' END END
  FROM (SELECT p.jobname, p.at,
               p.takes * (0.7 + random() * 0.6) AS took,
               random() < p.fails OR p.fails_since < p.at AS failed,
               random() < p.skips AS skipped
          FROM (SELECT m.*, generate_series(date_trunc('hour', now()) - interval '22 h' + m.begins, now() - interval '1 min', m.every) AS at
                  FROM (VALUES ('heartbeat', interval '0', interval '30 s', interval '8 ms', 0.0, NULL::timestamptz, 0.0),
                               ('nightly-vacuum', interval '4 h', interval '1 day', interval '18 min', 0.0, NULL, 0.0),
                               ('refresh-sales', interval '0', interval '30 min', interval '82 s', 0.04, NULL, 0.0),
                               ('sync-fx-rates', interval '0', interval '5 min', interval '6 s', 0.12, NULL, 0.0),
                               ('load-partner-file', interval '0', interval '10 min', interval '3 s', 0.0, now() - interval '3 h', 0.0),
                               ('purge-events', interval '15 min', interval '1 h', interval '6 s', 0.0, NULL, 0.0),
                               ('office-report', interval '5 min', interval '1 h', interval '32 s', 0.0, NULL, 0.0),
                               ('rebuild-search-index', interval '0', interval '10 min', interval '85 s', 0.0, NULL, 0.12),
                               ('report-by-day', interval '0', interval '10 min', interval '12 s', 0.0, NULL, 0.05),
                               ('report-by-week', interval '0', interval '10 min', interval '15 s', 0.0, NULL, 0.1),
                               ('archive-invoices', interval '150 min', interval '1 day', interval '4 min', 0.0, NULL, 0.0),
                               ('warm-cache', interval '0', interval '15 min', interval '900 ms', 0.01, NULL, 0.0)
                       ) m (jobname, begins, every, takes, fails, fails_since, skips)) p) h
  JOIN cron.job j USING (jobname)
 ORDER BY h.at;
INSERT INTO cron_engine.job_state (jobid, failures) SELECT jobid, 18 FROM cron.job WHERE jobname = 'load-partner-file'
    ON CONFLICT (jobid) DO UPDATE SET failures = excluded.failures;
COMMIT;
