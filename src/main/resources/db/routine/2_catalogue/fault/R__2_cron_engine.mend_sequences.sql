CREATE OR REPLACE FUNCTION cron_engine.mend_sequences()
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    -- A jobid that the history knows would give a new job the runs of an old one. Beyond half of what there is nothing is followed, or one
    -- row with the greatest number of all would leave none.
    PERFORM setval('cron.jobid_seq', m.id)
       FROM cron.jobid_seq s, (SELECT greatest((SELECT max(j.jobid) FROM cron.job j WHERE j.jobid < 4611686018427387904),
                                           (SELECT max(d.jobid) FROM cron.job_run_details d WHERE d.jobid < 4611686018427387904))) m (id)
      WHERE m.id > s.last_value OR m.id = s.last_value AND NOT s.is_called;
    PERFORM setval('cron.runid_seq', m.id)
       FROM cron.runid_seq s, (SELECT max(d.runid) FROM cron.job_run_details d WHERE d.runid < 4611686018427387904) m (id)
      WHERE m.id > s.last_value OR m.id = s.last_value AND NOT s.is_called;
    PERFORM setval('cron_engine.alarmid_seq', m.id)
       FROM cron_engine.alarmid_seq s, (SELECT max(a.alarmid) FROM cron.alarm a WHERE a.alarmid < 4611686018427387904) m (id)
      WHERE m.id > s.last_value OR m.id = s.last_value AND NOT s.is_called;
    -- A run that is yet to come has not ended.
    UPDATE cron_engine.recovery_point p SET first_runid = (SELECT s.last_value FROM cron.runid_seq s)
     WHERE p.first_runid > (SELECT s.last_value FROM cron.runid_seq s);
END;
$body$;
COMMENT ON FUNCTION cron_engine.mend_sequences() IS 'Puts sequences that a restore left behind past the numbers that are taken.';
