-- At the first migration, before there is any job. Whoever has the row later has the database, or a copy of it.
INSERT INTO cron_engine.home (system_identifier, database_oid, database, nodeport)
SELECT i.system_identifier, i.database_oid, current_database(), current_setting('port')::integer
  FROM cron_engine.identity() AS i
ON CONFLICT DO NOTHING;
