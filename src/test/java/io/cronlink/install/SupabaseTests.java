package io.cronlink.install;

import io.cronlink.database.VendorServer;
import java.util.Map;
import java.util.function.Supplier;

/** A project's database as Supabase publishes its set-up: localhost is trusted, and of extensions' wrappers only one is postgres's. */
class SupabaseTests extends InstallationTests {

    private static final String HOST = "db.abcdefghijklmnopqrst.supabase.co";

    SupabaseTests() {
        super("supabase.md");
    }

    @Override
    VendorServer start() {
        VendorServer supabase = VendorServer.whoseSuperuserIs("supabase_admin")
                .tls(HOST)
                .trusted("privileged", "dblink", "postgres_fdw")
                .afterCreateExtension("""
                        IF EXISTS (SELECT FROM pg_foreign_data_wrapper WHERE fdwname = 'postgres_fdw') THEN
                            -- Only superusers may own one, when it is given to them.
                            ALTER ROLE postgres SUPERUSER;
                            ALTER FOREIGN DATA WRAPPER postgres_fdw OWNER TO postgres;
                            ALTER ROLE postgres NOSUPERUSER;
                        END IF;
                        """)
                .hba(
                        "host all all 127.0.0.1/32 trust",
                        "host all all 10.0.0.0/8 scram-sha-256",
                        "host all all 172.16.0.0/12 scram-sha-256",
                        "host all all 192.168.0.0/16 scram-sha-256",
                        "host all all 0.0.0.0/0 scram-sha-256")
                .start();
        // The database postgres was there before its template: made again, it has what the vendor does in it.
        supabase.execute("template1", "DROP DATABASE postgres", "CREATE DATABASE postgres");
        supabase.execute(
                "postgres",
                "CREATE ROLE postgres LOGIN CREATEDB CREATEROLE PASSWORD '" + PASSWORD + "'",
                "GRANT privileged TO postgres",
                "ALTER DATABASE postgres OWNER TO postgres",
                "CREATE SCHEMA extensions AUTHORIZATION postgres");
        return supabase;
    }

    @Override
    Map<String, String> examples(VendorServer on) {
        return Map.of(HOST + ":5432", on.address() + ":" + on.port());
    }

    @Override
    Map<String, Supplier<String>> mistakes() {
        return Map.of(
                "the server asks role \"cronlink\" for no password at its own address …",
                () -> {
                    runSql(createDatabase("by_localhost"), false);
                    return failure(Map.of(
                            "SPRING_DATASOURCE_URL", url("by_localhost"), "CRONLINK_LOOPBACK_HOST", "localhost"));
                },
                "role \"cronlink\" may not use the foreign-data wrapper dblink_fdw",
                this::withoutRightToTheWrapper,
                "the extension pg_cron is installed in database \"…\"",
                this::withPgCron);
    }
}
