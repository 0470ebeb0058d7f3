-- The gate to everything that is done for somebody. CURRENT_USER stands in the view, so the executor itself says who asks: the caller, or the
-- owner of the SECURITY DEFINER function that calls, or of the table whose index is being built. Who asks cannot be written: the trigger reads
-- OLD. No row is stored.
CREATE OR REPLACE VIEW cron_engine.request AS
SELECT CURRENT_USER::text                              AS caller,
       NULL::regprocedure                              AS routine,
       NULL::bigint                                    AS job_id,
       NULL::text                                      AS job_name,
       NULL::text                                      AS schedule,
       NULL::text                                      AS command,
       NULL::text                                      AS database,
       NULL::text                                      AS username,
       NULL::boolean                                   AS active,
       NULL::bigint                                    AS runid,
       NULL::text                                      AS note,
       NULL::interval                                  AS timeout,
       NULL::boolean                                   AS transactional,
       NULL::text                                      AS password,
       NULL::text                                      AS via,
       NULL::text[]                                    AS commands,
       NULL::integer                                   AS max_sessions,
       NULL::bigint                                    AS id,
       NULL::boolean                                   AS done,
       NULL::cron_engine.parallel_run[]                AS runs,
       NULL::timestamptz                               AS before,
       NULL::jsonb                                     AS jobs,
       NULL::text                                      AS manager,
       NULL::boolean                                   AS prune,
       NULL::boolean                                   AS adopt,
       NULL::boolean                                   AS dry_run,
       NULL::cron_engine.planned_job[]                 AS plan;
COMMENT ON VIEW cron_engine.request IS
    'One row, of the current user. The public functions UPDATE it: what is asked for goes in as columns, the answer (id, done, runs or plan) comes out by RETURNING. See cron_engine.serve_request().';
