package io.cronlink.database;

import static io.cronlink.database.TestDatabase.identifier;
import static org.assertj.core.api.Assertions.assertThat;

import io.cronlink.run.RecordedRun;
import io.cronlink.run.TestJobs;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever else is in the database, or is set for it and its roles: it can be migrated, and jobs of all kinds run and are
 * recorded as anywhere.
 */
@Tag("engine")
class AmbientTests {

    private static final String LOG_DDL = """
            CREATE TABLE public.ddl_log (tag text);
            CREATE FUNCTION public.log_ddl() RETURNS event_trigger LANGUAGE plpgsql SECURITY DEFINER
                AS 'BEGIN INSERT INTO public.ddl_log SELECT tg_tag; END';
            CREATE EVENT TRIGGER log_begin ON ddl_command_start EXECUTE FUNCTION public.log_ddl();
            CREATE EVENT TRIGGER log_end ON ddl_command_end EXECUTE FUNCTION public.log_ddl();
            CREATE EVENT TRIGGER log_drop ON sql_drop EXECUTE FUNCTION public.log_ddl();
            """;

    private static final String REFUSE_DDL = """
            CREATE FUNCTION public.refuse_ddl() RETURNS event_trigger LANGUAGE plpgsql
                AS 'BEGIN RAISE EXCEPTION ''no DDL here: %'', tg_tag; END';
            CREATE EVENT TRIGGER refuse ON ddl_command_start EXECUTE FUNCTION public.refuse_ddl();
            """;

    /** What others may do in the engine, but for what it grants to all. */
    private static final String FOREIGN_PRIVILEGES = """
            SELECT format('%s: %s', c.oid::regclass, c.relacl) FROM pg_class AS c CROSS JOIN aclexplode(c.relacl) AS a
            WHERE c.relnamespace = 'cron_engine'::regnamespace AND a.grantee <> c.relowner AND c.relname NOT IN ('request', 'question')
            UNION ALL
            SELECT format('%s: %s', p.oid::regprocedure, p.proacl) FROM pg_proc AS p CROSS JOIN aclexplode(p.proacl) AS a
            WHERE p.pronamespace = 'cron_engine'::regnamespace AND a.grantee NOT IN (p.proowner, 0)
            """;

    /**
     * What an administrator has done.
     *
     * @param settings of the database, of the owner and of a job's role
     * @param before done before the migration; $owner is the owner
     * @param after done when all is set up
     */
    private record Ambience(String name, List<String> settings, String before, String after) {

        Ambience(String name, String... settings) {
            this(name, List.of(settings), "", "");
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Ambience> ambiences() {
        return Stream.of(
                new Ambience(
                        "formats of Germany, a strict PL/pgSQL",
                        "datestyle = 'German'",
                        "intervalstyle = 'iso_8601'",
                        "timezone = 'Europe/Berlin'",
                        "bytea_output = 'escape'",
                        "extra_float_digits = -15",
                        "xmloption = 'document'",
                        "plpgsql.extra_errors = 'all'",
                        "plpgsql.variable_conflict = 'use_column'",
                        "plpgsql.print_strict_params = on",
                        "check_function_bodies = on"),
                // The zone's abbreviation is Israel's, too.
                new Ambience(
                        "formats of India, short patience",
                        "datestyle = 'SQL, DMY'",
                        "intervalstyle = 'sql_standard'",
                        "timezone = 'Asia/Kolkata'",
                        "client_encoding = 'LATIN1'",
                        "lock_timeout = '50ms'",
                        "idle_session_timeout = '500ms'",
                        "idle_in_transaction_session_timeout = '500ms'",
                        "synchronous_commit = off"),
                new Ambience(
                        "SQL of old, libraries and logs",
                        "standard_conforming_strings = off",
                        "backslash_quote = off",
                        "array_nulls = off",
                        "transform_null_equals = on",
                        "quote_all_identifiers = on",
                        "session_preload_libraries = 'auto_explain'",
                        "auto_explain.log_min_duration = 0",
                        "auto_explain.log_nested_statements = on",
                        "client_min_messages = 'debug1'",
                        "track_activities = off",
                        "application_name = 'hidden'"),
                new Ambience(
                        "serializable transactions",
                        "default_transaction_isolation = 'serializable'",
                        "default_transaction_deferrable = on",
                        "row_security = off",
                        "search_path = ''"),
                new Ambience(
                        "an odd planner",
                        "enable_indexscan = off",
                        "enable_indexonlyscan = off",
                        "enable_bitmapscan = off",
                        "enable_hashjoin = off",
                        "enable_sort = off",
                        "plan_cache_mode = 'force_custom_plan'",
                        "from_collapse_limit = 1",
                        "join_collapse_limit = 1",
                        "cursor_tuple_fraction = 0",
                        "max_parallel_workers_per_gather = 8",
                        "work_mem = '64kB'"),
                new Ambience(
                        "a publication of all tables, event triggers that log",
                        List.of(),
                        "CREATE PUBLICATION everything FOR ALL TABLES;" + LOG_DDL,
                        ""),
                new Ambience(
                        "a publication of schemas, default privileges that take",
                        List.of(),
                        """
                        ALTER DEFAULT PRIVILEGES FOR ROLE $owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
                        ALTER DEFAULT PRIVILEGES FOR ROLE $owner REVOKE USAGE ON TYPES FROM PUBLIC;
                        """,
                        "CREATE PUBLICATION everything FOR TABLES IN SCHEMA cron, cron_engine"),
                new Ambience(
                        "publications of single tables and columns, default privileges that give", List.of(), """
                        ALTER DEFAULT PRIVILEGES FOR ROLE $owner GRANT ALL ON TABLES TO PUBLIC;
                        ALTER DEFAULT PRIVILEGES FOR ROLE $owner GRANT ALL ON SEQUENCES TO PUBLIC;
                        ALTER DEFAULT PRIVILEGES FOR ROLE $owner GRANT ALL ON FUNCTIONS TO pg_monitor;
                        ALTER DEFAULT PRIVILEGES FOR ROLE $owner GRANT ALL ON SCHEMAS TO PUBLIC;
                        """, """
                        CREATE PUBLICATION jobs FOR TABLE cron.job, cron_engine.timer (jobid), cron_engine.job_state;
                        CREATE PUBLICATION runs FOR TABLE cron.job_run_details (runid, jobid, status) WHERE (runid > 3)
                        """),
                new Ambience("event triggers that refuse", List.of(), "", REFUSE_DDL));
    }

    @ParameterizedTest
    @MethodSource("ambiences")
    void changesNothingForJobs(Ambience ambience) {
        try (TestDatabase database = TestDatabase.createEmpty()) {
            prepare(database, database.ownerName(), ambience.settings);
            execute(database, ambience.before);
            migrate(database);
            String role = database.createJobUser("somebody");
            prepare(database, role, ambience.settings);
            execute(database, "CREATE TABLE public.vacuumed (i integer)");
            database.owner().sql("""
                            UPDATE cron.settings
                            SET (timeout, max_attempts, retry_delay, overlap) = ('1 s', 2, '200 ms', 'allow')
                            """).update();
            if (!ambience.after.contains("PUBLICATION") || version(database) >= 15) {
                execute(database, ambience.after);
            }
            TestDaemon daemon = database.startDaemon();

            List<Kinds> kinds = List.of(new Kinds(database, database.ownerName()), new Kinds(database, role));

            kinds.forEach(Kinds::check);
            // As the next start of the service: with nothing new it may do without what is refused now.
            database.registerOwner();
            assertThat((Throwable) daemon.failure()).isNull();
            assertThat(database.owner()
                            .sql("SELECT message FROM cron_engine.daemon_faults()")
                            .query(String.class)
                            .list())
                    .isEmpty();
            assertThat(database.superuser()
                            .sql(FOREIGN_PRIVILEGES)
                            .query(String.class)
                            .list())
                    .isEmpty();
        }
    }

    /** A role's jobs, one of each kind. */
    private static final class Kinds {

        private final TestDatabase database;
        private final TestJobs jobs;
        private final String role;
        private final long selects;
        private final long vacuums;
        private final long fails;
        private final long raises;
        private final long sleeps;
        private final long once;
        private final long follows;

        Kinds(TestDatabase database, String role) {
            this.database = database;
            this.role = role;
            jobs = new TestJobs(database);
            String at = jobs.now().plusSeconds(2).toInstant().toString();
            selects = jobs.schedule(role, "@every 300 ms", "SELECT 42");
            vacuums = jobs.schedule(role, "1 second", "VACUUM public.vacuumed");
            fails = jobs.schedule(role, "@every 1 s", "SELECT 1 / 0");
            raises = jobs.schedule(role, "@every 1 s", "DO $$BEGIN RAISE EXCEPTION 'it is \"quoted\"'; END$$");
            sleeps = jobs.schedule(role, "@every 1 s", "SELECT pg_sleep(60)");
            once = jobs.schedule(
                    role, "@at " + at, "SELECT current_setting('cronlink.scheduled_time')::timestamptz = '" + at + "'");
            follows = jobs.schedule(role, "@after-failure " + name(jobs, fails), "SELECT 'after'");
        }

        void check() {
            assertThat(ended(selects, 5)).allSatisfy(run -> {
                assertThat(run.returnMessage()).isEqualTo("1 row");
                assertThat(run.result()).isEqualTo("42");
            });
            assertThat(ended(vacuums, 2)).extracting(RecordedRun::returnMessage).containsOnly("VACUUM");
            assertThat(ended(fails, 3))
                    .allSatisfy(run -> assertThat(run.returnMessage()).isEqualTo("ERROR:  division by zero"))
                    .extracting(RecordedRun::trigger)
                    .contains("schedule", "retry");
            assertThat(ended(raises, 1).get(0).returnMessage())
                    .startsWith("ERROR:  it is \"quoted\"\nCONTEXT:  PL/pgSQL function ")
                    .contains("inline_code_block")
                    .doesNotContain("cron_engine", "SQL statement");
            assertThat(ended(sleeps, 1).get(0).returnMessage()).isEqualTo("job timeout after 00:00:01");
            assertThat(ended(once, 1).get(0).result()).isEqualTo("true");
            assertThat(jobs.value("SELECT active FROM cron.job WHERE jobid = " + once))
                    .isEqualTo("false");
            assertThat(ended(follows, 1).get(0).result()).isEqualTo("after");
            assertThat(database.as(role)
                            .sql("SELECT result FROM cron.parallel(ARRAY['SELECT 1', 'SELECT 2']) ORDER BY ordinal")
                            .query(String.class)
                            .list())
                    .containsExactly("1", "2");
            assertThat(database.as(role)
                            .sql("SELECT cron.describe('@at 2027-01-01 00:30')")
                            .query(String.class)
                            .single())
                    .isEqualTo("Once at 2027-01-01 00:30");
        }

        private List<RecordedRun> ended(long jobid, int count) {
            return jobs.ended(jobid, count).stream()
                    .filter(RecordedRun::hasEnded)
                    .toList();
        }
    }

    private static String name(TestJobs jobs, long jobid) {
        return jobs.value("SELECT jobname FROM cron.job WHERE jobid = " + jobid);
    }

    private static int version(TestDatabase database) {
        return database.superuser()
                .sql("SELECT current_setting('server_version_num')::integer / 10000")
                .query(Integer.class)
                .single();
    }

    private static void prepare(TestDatabase database, String role, List<String> settings) {
        for (String setting : settings) {
            database.superuser()
                    .sql("ALTER DATABASE " + identifier(database.name()) + " SET " + setting)
                    .update();
            database.superuser()
                    .sql("ALTER ROLE " + identifier(role) + " IN DATABASE " + identifier(database.name()) + " SET "
                            + setting)
                    .update();
        }
    }

    private static void execute(TestDatabase database, String sql) {
        if (!sql.isEmpty()) {
            TestServer.get().execute(database.name(), sql.replace("$owner", identifier(database.ownerName())));
        }
    }

    private static void migrate(TestDatabase database) {
        TestServer.get().migrate(database.name());
        database.registerOwner();
    }
}
