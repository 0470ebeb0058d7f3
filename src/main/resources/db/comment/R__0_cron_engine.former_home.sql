COMMENT ON TABLE cron_engine.former_home IS 'Names under which the history knows the own database: it is not rewritten when the database is renamed.';
COMMENT ON COLUMN cron_engine.former_home.database IS 'The name.';
COMMENT ON COLUMN cron_engine.former_home.last_runid IS 'Until this run the own database had it. In later ones it is another database.';
