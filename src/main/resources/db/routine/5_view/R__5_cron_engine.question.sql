-- The gate for what is asked, as cron_engine.request is for what is to be done: the executor says who asks. It is above the daemon, whose routines it calls.
CREATE OR REPLACE VIEW cron_engine.question AS
SELECT CURRENT_USER::text         AS caller,
       NULL::bigint               AS job_id,
       NULL::interval             AS since,
       NULL::cron_engine.fact[]   AS facts;
COMMENT ON VIEW cron_engine.question IS
    'One row, of the current user. cron.why() UPDATEs it: what is asked for goes in as columns, the answer comes out by RETURNING. See cron_engine.serve_question().';
