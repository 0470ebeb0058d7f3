package io.cronlink.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.cronlink.database.CronlinkDatabase;
import io.cronlink.database.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An attacker puts functions, operators, types and tables with the names of PostgreSQL's own where names are looked for first.
 * Each of them notes as whom it ran.
 */
@Tag("engine")
@CronlinkDatabase
class SearchPathTests {

    private static final List<String> FUNCTIONS = List.of(
            "lower(text) RETURNS text",
            "btrim(text, text) RETURNS text",
            "ltrim(text, text) RETURNS text",
            "length(text) RETURNS integer",
            "octet_length(text) RETURNS integer",
            "left(text, integer) RETURNS text",
            "substr(text, integer) RETURNS text",
            "starts_with(text, text) RETURNS boolean",
            "split_part(text, text, integer) RETURNS text",
            "string_to_array(text, text) RETURNS text[]",
            "regexp_match(text, text) RETURNS text[]",
            "regexp_replace(text, text, text) RETURNS text",
            "format(text, text) RETURNS text",
            "format(text, bigint) RETURNS text",
            "clock_timestamp() RETURNS timestamptz",
            "now() RETURNS timestamptz",
            "timezone(text, timestamptz) RETURNS timestamp",
            "timezone(text, timestamp) RETURNS timestamptz",
            "current_database() RETURNS name",
            "current_setting(text) RETURNS text",
            "inet_server_port() RETURNS integer",
            "inet_server_addr() RETURNS inet",
            "host(inet) RETURNS text",
            "hashint8(bigint) RETURNS integer",
            "array_remove(text[], text) RETURNS text[]",
            "has_table_privilege(text, text, text) RETURNS boolean",
            "has_database_privilege(text, text, text) RETURNS boolean",
            "pg_has_role(text, oid, text) RETURNS boolean",
            "nextval(regclass) RETURNS bigint",
            "pg_backend_pid() RETURNS integer",
            "cardinality(text[]) RETURNS integer",
            "md5(text) RETURNS text");

    private static final List<String> OPERATORS = List.of(
            "= text text boolean",
            "= name text boolean",
            "= text name boolean",
            "= bigint bigint boolean",
            "= integer integer boolean",
            "= boolean boolean boolean",
            "<> text text boolean",
            "<> bigint bigint boolean",
            "> integer integer boolean",
            "< integer integer boolean",
            ">= timestamptz timestamptz boolean",
            "<= timestamptz timestamptz boolean",
            "|| text text text",
            "~ text text boolean",
            "~~ text text boolean",
            "+ timestamptz interval timestamptz",
            "- timestamptz interval timestamptz",
            "+ integer integer integer",
            "* interval double timestamptz");

    private static final List<String> RELATIONS =
            List.of("pg_roles", "pg_database", "pg_timezone_names", "pg_locks", "job", "settings", "timer", "login");

    private final TestDatabase database;

    SearchPathTests(TestDatabase database) {
        this.database = database;
    }

    @BeforeAll
    static void lay(TestDatabase database) {
        database.superuser().sql("CREATE TABLE public.victim (name text)").update();
        database.superuser().sql("GRANT ALL ON public.victim TO PUBLIC").update();
        database.superuser().sql("GRANT ALL ON SCHEMA public TO PUBLIC").update();
        FUNCTIONS.forEach(function -> lay(database, "public." + function));
        int number = 0;
        for (String operator : OPERATORS) {
            String[] part = operator.replace("double", "double precision").split(" (?!precision)");
            String function = "public.attack_" + ++number;
            lay(database, "%s(%s, %s) RETURNS %s".formatted(function, part[1], part[2], part[3]));
            database.superuser()
                    .sql("CREATE OPERATOR public.%s (FUNCTION = %s, LEFTARG = %s, RIGHTARG = %s)"
                            .formatted(part[0], function, part[1], part[2]))
                    .update();
        }
        for (String type : List.of("text", "interval", "name", "timestamptz", "regclass")) {
            database.superuser()
                    .sql(
                            "CREATE DOMAIN public.\"%s\" AS pg_catalog.int4 CHECK (pg_catalog.current_setting('no.such') IS NULL)"
                                    .formatted(type))
                    .update();
        }
    }

    /** It notes whom it hit, in a way that needs nothing that was replaced. */
    private static void lay(TestDatabase database, String signature) {
        String qualified = signature.replaceAll("\\b(text|name|interval|timestamptz|regclass)\\b", "pg_catalog.$1");
        database.superuser().sql("""
                        CREATE FUNCTION %s LANGUAGE plpgsql AS $$
                        BEGIN
                            INSERT INTO public.victim VALUES (CURRENT_USER::pg_catalog.text);
                            RETURN NULL;
                        END$$
                        """.formatted(qualified)).update();
    }

    static Stream<String> calls() {
        return Stream.of(
                "SELECT cron.schedule('0 3 * * *', 'SELECT 1')",
                "SELECT cron.schedule('attacked', '30 seconds', 'SELECT 1')",
                "SELECT cron.schedule('attacked', '@every 1 hour', 'SELECT 1')",
                "SELECT cron.schedule('attacked', '@at 2090-01-01 12:00 Europe/Berlin', 'SELECT 1')",
                "SELECT cron.schedule('attacked', '@after nothing', 'SELECT 1')",
                "SELECT cron.set_options(cron.schedule('attacked', '0 3 * * *', 'SELECT 1'), timezone => 'Europe/Berlin', jitter => '1 min')",
                "SELECT cron.pause_job(cron.schedule('attacked', '0 3 * * *', 'SELECT 1'))",
                "SELECT cron.resume_job(cron.schedule('attacked', '0 3 * * *', 'SELECT 1'))",
                "SELECT cron.schedule_in_database('attacked', '0 3 * * mon', 'SELECT 1', 'postgres', current_user, true)",
                "SELECT cron.alter_job(cron.schedule('attacked', '@daily', ''), '@weekly', 'SELECT 2', active => true)",
                "SELECT cron.run_job(cron.schedule('attacked', '0 3 * * *', 'SELECT 1'))",
                "SELECT cron.cancel(cron.run_once('SELECT 1'))",
                "SELECT cron.unschedule(cron.schedule('attacked', '0 3 * * *', 'SELECT 1'))",
                "SELECT cron.unschedule('attacked') FROM (SELECT cron.schedule('attacked', '0 3 * * *', '') OFFSET 0) AS made",
                "SELECT cron.next_fires('0 3 * * *', 'Europe/Berlin')",
                "SELECT cron.describe('*/5 8-17 * * mon-fri')",
                "SELECT cron.check_schedule('0 0 31 2 * *')",
                "SELECT cron.export_pg_cron()",
                "SELECT jobid FROM cron.job",
                "SELECT runid FROM cron.job_run_details",
                "SELECT jobid FROM cron.job_statistics",
                "SELECT jobid FROM cron.job_details",
                "INSERT INTO cron.job_options SELECT jobid, 'Europe/Berlin' FROM cron.job",
                "UPDATE cron.job_options SET timezone = 'Asia/Tokyo', jitter = '1 min'",
                "DELETE FROM cron.job_options",
                "INSERT INTO cron.job (schedule, command) VALUES ('0 3 * * *', 'SELECT 1')",
                "UPDATE cron.job SET schedule = '0 4 * * *'",
                "UPDATE cron.settings SET timezone = 'Europe/Berlin'",
                "UPDATE cron.settings SET timezone = 'GMT'",
                "DELETE FROM cron.job");
    }

    private Connection lured(String role, String... paths) throws SQLException {
        Connection session = database.connect(role);
        try (Statement statement = session.createStatement()) {
            for (String relation : RELATIONS) {
                statement.execute("CREATE TEMP TABLE \"%s\" (x pg_catalog.int4)".formatted(relation));
            }
            statement.execute("SET search_path = " + String.join(", ", paths));
        }
        return session;
    }

    @ParameterizedTest
    @MethodSource("calls")
    void nothingOfAnAttackersRunsInACall(String call) throws SQLException {
        try (Connection session = lured(database.ownerName(), "public", "pg_temp", "pg_catalog");
                Statement statement = session.createStatement()) {
            statement.execute(call);
        }

        assertThat(victims()).isEmpty();
    }

    @Test
    void nothingOfAnAttackersRunsForAUser() throws SQLException {
        String user = database.createUser("lured");
        try (Connection session = lured(user, "pg_temp", "public", "pg_catalog");
                Statement statement = session.createStatement()) {
            statement.execute("SELECT cron.schedule('lured', '0 3 * * *', 'SELECT 1')");
            statement.execute("SELECT jobid FROM cron.job");
            statement.execute("SELECT cron.unschedule('lured')");
        }

        assertThat(victims()).isEmpty();
    }

    @Test
    void theAttackWouldWorkWhereNamesWereNotPinned() throws SQLException {
        try (Connection session = lured(database.ownerName(), "public", "pg_temp", "pg_catalog");
                Statement statement = session.createStatement()) {
            for (String sql : List.of(
                    "SELECT lower('A'::pg_catalog.text)",
                    "SELECT 1 WHERE 'a'::pg_catalog.text = 'b'::pg_catalog.text",
                    "SELECT now()")) {
                statement.execute(sql);
            }
        }

        assertThat(victims()).hasSize(3);
        database.owner().sql("DELETE FROM public.victim").update();
    }

    private List<String> victims() {
        return database.owner()
                .sql("SELECT name FROM public.victim")
                .query(String.class)
                .list();
    }
}
