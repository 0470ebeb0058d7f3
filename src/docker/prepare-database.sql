-- What README.md asks an administrator to do once, for compose.yaml: run by psql in the new database.
\getenv password CRONLINK_DATABASE_PASSWORD
CREATE ROLE cronlink LOGIN PASSWORD :'password';
GRANT CREATE ON DATABASE :"DBNAME" TO cronlink;
CREATE SCHEMA dblink;
CREATE EXTENSION dblink SCHEMA dblink;
GRANT USAGE ON SCHEMA dblink TO PUBLIC;
GRANT USAGE ON FOREIGN DATA WRAPPER dblink_fdw TO cronlink;
