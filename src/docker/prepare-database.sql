-- What README.md asks an administrator to do once, for compose.yaml: run by psql in the new database.
\getenv password CRONLINK_DATABASE_PASSWORD
CREATE ROLE cronlink LOGIN PASSWORD :'password';
GRANT CREATE ON DATABASE :"DBNAME" TO cronlink;
CREATE SCHEMA dblink;
CREATE EXTENSION dblink SCHEMA dblink;
GRANT USAGE ON SCHEMA dblink TO cronlink;
GRANT USAGE ON FOREIGN DATA WRAPPER dblink_fdw TO cronlink;

-- The image's superuser needs no password inside of its container, and nobody else needs it.
ALTER ROLE CURRENT_USER PASSWORD NULL;
