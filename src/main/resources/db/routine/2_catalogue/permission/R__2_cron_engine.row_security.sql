-- Whose row it is, whatever is granted on the tables. The expressions are evaluated as the true current user: inside SECURITY DEFINER
-- functions, triggers and maintenance by others, too. The engine itself is the tables' owner, whom row security does not touch.

ALTER TABLE cron.job ENABLE ROW LEVEL SECURITY;
ALTER TABLE cron.job_options ENABLE ROW LEVEL SECURITY;
ALTER TABLE cron.job_run_details ENABLE ROW LEVEL SECURITY;
ALTER TABLE cron.job_group ENABLE ROW LEVEL SECURITY;
ALTER TABLE cron.settings ENABLE ROW LEVEL SECURITY;
ALTER TABLE cron.audit ENABLE ROW LEVEL SECURITY;
ALTER TABLE cron.job_alarms ENABLE ROW LEVEL SECURITY;
ALTER TABLE cron.alarm ENABLE ROW LEVEL SECURITY;
ALTER TABLE cron.alarm_settings ENABLE ROW LEVEL SECURITY;

DROP POLICY IF EXISTS cron_job_policy ON cron.job;
CREATE POLICY cron_job_policy ON cron.job USING (username = CURRENT_USER);
DROP POLICY IF EXISTS cron_job_run_details_policy ON cron.job_run_details;
CREATE POLICY cron_job_run_details_policy ON cron.job_run_details USING (username = CURRENT_USER);
-- Of cron.job everybody sees the own rows.
DROP POLICY IF EXISTS job_options_policy ON cron.job_options;
CREATE POLICY job_options_policy ON cron.job_options USING (EXISTS (SELECT FROM cron.job AS j WHERE j.jobid = job_options.jobid));
DROP POLICY IF EXISTS job_group_policy ON cron.job_group;
CREATE POLICY job_group_policy ON cron.job_group FOR SELECT USING (true);
DROP POLICY IF EXISTS settings_policy ON cron.settings;
CREATE POLICY settings_policy ON cron.settings FOR SELECT USING (true);
DROP POLICY IF EXISTS audit_policy ON cron.audit;
CREATE POLICY audit_policy ON cron.audit FOR SELECT USING (username = CURRENT_USER);
DROP POLICY IF EXISTS job_alarms_policy ON cron.job_alarms;
CREATE POLICY job_alarms_policy ON cron.job_alarms USING (EXISTS (SELECT FROM cron.job AS j WHERE j.jobid = job_alarms.jobid));
DROP POLICY IF EXISTS alarm_policy ON cron.alarm;
CREATE POLICY alarm_policy ON cron.alarm FOR SELECT USING (username = CURRENT_USER);
DROP POLICY IF EXISTS alarm_settings_policy ON cron.alarm_settings;
CREATE POLICY alarm_settings_policy ON cron.alarm_settings FOR SELECT USING (true);

-- A subquery, or it would be asked for each row.
DO $body$
DECLARE
    v_table text;
BEGIN
    FOREACH v_table IN ARRAY '{job,job_options,job_alarms,job_run_details,job_group,settings,alarm,alarm_settings,audit}'::text[] LOOP
        EXECUTE pg_catalog.format('DROP POLICY IF EXISTS administrator_policy ON cron.%I', v_table);
        EXECUTE pg_catalog.format('CREATE POLICY administrator_policy ON cron.%I USING ((SELECT cron_engine.is_administrator(CURRENT_USER::text)))', v_table);
    END LOOP;
END;
$body$;
