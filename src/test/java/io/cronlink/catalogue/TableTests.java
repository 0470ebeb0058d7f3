package io.cronlink.catalogue;

import static io.cronlink.database.TestDatabase.identifier;
import static io.cronlink.database.TestDatabase.literal;
import static org.assertj.core.api.Assertions.assertThat;

import io.cronlink.database.CronlinkDatabase;
import io.cronlink.database.SqlFailure;
import io.cronlink.database.TestDatabase;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Tables, sequences, grants, policies and functions as clients of pg_cron know them. */
@Tag("engine")
@CronlinkDatabase
class TableTests {

    private final TestDatabase database;

    TableTests(TestDatabase database) {
        this.database = database;
    }

    private List<String> list(String sql) {
        return database.owner().sql(sql).query(String.class).list();
    }

    private List<String> firstColumns(String table, int count) {
        return list("""
                SELECT concat_ws(' ', a.attname, format_type(a.atttypid, a.atttypmod), CASE WHEN a.attnotnull THEN 'not null' END,
                                 'default ' || pg_get_expr(d.adbin, d.adrelid))
                FROM pg_attribute AS a LEFT JOIN pg_attrdef AS d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
                WHERE a.attrelid = '%s'::regclass AND a.attnum BETWEEN 1 AND %d
                ORDER BY a.attnum
                """.formatted(table, count));
    }

    @Test
    void jobHasTheColumnsOfPgCronAndNoOther() {
        assertThat(firstColumns("cron.job", 1600))
                .containsExactly(
                        "jobid bigint not null default nextval('cron.jobid_seq'::regclass)",
                        "schedule text not null",
                        "command text not null",
                        "nodename text not null default 'localhost'::text",
                        // Over a unix socket pg_cron has no default, and refuses.
                        "nodeport integer not null default COALESCE(inet_server_port(), (current_setting('port'::text))::integer)",
                        "database text not null default current_database()",
                        "username text not null default CURRENT_USER",
                        "active boolean not null default true",
                        "jobname text");
    }

    @Test
    void jobRunDetailsBeginsWithTheColumnsOfPgCron() {
        assertThat(firstColumns("cron.job_run_details", 10))
                .containsExactly(
                        "jobid bigint",
                        "runid bigint not null default nextval('cron.runid_seq'::regclass)",
                        "job_pid integer",
                        "database text",
                        "username text",
                        "command text",
                        "status text",
                        "return_message text",
                        "start_time timestamp with time zone",
                        "end_time timestamp with time zone");
    }

    @Test
    void haveTheKeysOfPgCron() {
        assertThat(list("""
                        SELECT format('%s %s %s', c.conrelid::regclass, c.conname, pg_get_constraintdef(c.oid)) FROM pg_constraint AS c
                        WHERE c.conrelid IN ('cron.job'::regclass, 'cron.job_run_details'::regclass) AND c.contype IN ('p', 'u', 'f')
                        """))
                .containsExactlyInAnyOrder(
                        "cron.job job_pkey PRIMARY KEY (jobid)",
                        "cron.job jobname_username_uniq UNIQUE (jobname, username)",
                        "cron.job_run_details job_run_details_pkey PRIMARY KEY (runid)");
    }

    @Test
    void haveTheSequencesOfPgCron() {
        assertThat(list("""
                        SELECT format('%s %s %s %s %s %s', s.sequencename, s.data_type, s.start_value, s.increment_by, s.cache_size, s.cycle)
                        FROM pg_sequences AS s WHERE s.schemaname = 'cron'
                        """)).containsExactlyInAnyOrder("jobid_seq bigint 1 1 1 f", "runid_seq bigint 1 1 1 f");
        assertThat(list("""
                        SELECT d.objid::regclass::text FROM pg_depend AS d
                        WHERE d.objid IN ('cron.jobid_seq'::regclass, 'cron.runid_seq'::regclass) AND d.deptype = 'a'
                        """)).as("owned by a column").isEmpty();
    }

    @Test
    void jobHasTheTriggerOfPgCron() {
        assertThat(list("""
                        SELECT format('%s %s', t.tgname, t.tgfoid::regproc) FROM pg_trigger AS t
                        WHERE t.tgrelid = 'cron.job'::regclass AND NOT t.tgisinternal
                        """)).contains("cron_job_cache_invalidate cron.job_cache_invalidate");
    }

    @Test
    void areProtectedByThePoliciesOfPgCron() {
        assertThat(list("""
                        SELECT format('%s %s %s %s %s %s', p.tablename, p.policyname, p.permissive, p.roles, p.cmd, p.with_check IS NULL)
                        FROM pg_policies AS p WHERE p.schemaname = 'cron' AND p.policyname LIKE 'cron\\_%'
                        """))
                .containsExactlyInAnyOrder(
                        "job cron_job_policy PERMISSIVE {public} ALL t",
                        "job_run_details cron_job_run_details_policy PERMISSIVE {public} ALL t");
        assertThat(
                        list(
                                "SELECT DISTINCT p.qual FROM pg_policies AS p WHERE p.schemaname = 'cron' AND p.policyname LIKE 'cron\\_%'"))
                .containsExactly("(username = CURRENT_USER)");
        assertThat(list("""
                        SELECT format('%s %s', c.relrowsecurity, c.relforcerowsecurity) FROM pg_class AS c
                        WHERE c.oid IN ('cron.job'::regclass, 'cron.job_run_details'::regclass)
                        """)).containsOnly("t f");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            cron.job             | SELECT
            cron.job_run_details | SELECT
            cron.jobid_seq       | SELECT
            cron.runid_seq       | SELECT
            cron.settings        | SELECT
            cron.job_group       | SELECT
            cron.job_options     | SELECT
            cron.job_details     | SELECT
            """)
    void areGrantedToPublicButForWhatLocks(String relation, String privileges) {
        assertThat(list("""
                        SELECT string_agg(a.privilege_type, ', ' ORDER BY a.privilege_type)
                        FROM pg_class AS c CROSS JOIN LATERAL aclexplode(c.relacl) AS a
                        WHERE c.oid = '%s'::regclass AND a.grantee = 0
                        """.formatted(relation))).containsExactly(privileges);
    }

    @Test
    void schemaIsGrantedToNobodyAtFirst() {
        assertThat(database.owner()
                        .sql("SELECT has_schema_privilege('public', 'cron', 'USAGE')")
                        .query(Boolean.class)
                        .single())
                .isFalse();
    }

    static Stream<Arguments> functions() {
        String done = "schedule a pg_cron job";
        String undone = "unschedule a pg_cron job";
        return Stream.of(
                Arguments.of("schedule", "schedule text, command text", "bigint", true, true, done),
                Arguments.of("schedule", "job_name text, schedule text, command text", "bigint", false, true, done),
                Arguments.of(
                        "schedule_in_database",
                        "job_name text, schedule text, command text, database text, username text DEFAULT NULL::text,"
                                + " active boolean DEFAULT true",
                        "bigint",
                        false,
                        false,
                        done),
                Arguments.of(
                        "alter_job",
                        "job_id bigint, schedule text DEFAULT NULL::text, command text DEFAULT NULL::text,"
                                + " database text DEFAULT NULL::text, username text DEFAULT NULL::text, active boolean DEFAULT NULL::boolean",
                        "void",
                        false,
                        false,
                        "Alter the job identified by job_id. Any option left as NULL will not be modified."),
                Arguments.of("unschedule", "job_id bigint", "boolean", true, true, undone),
                Arguments.of("unschedule", "job_name text", "boolean", true, true, undone),
                Arguments.of("job_cache_invalidate", "", "trigger", false, true, "invalidate job cache"));
    }

    @ParameterizedTest
    @MethodSource("functions")
    void functionIsPgCrons(
            String name, String arguments, String result, boolean strict, boolean granted, String comment) {
        assertThat(list("""
                        SELECT format('%%s %%s %%s %%s %%s %%s', pg_get_function_result(p.oid), p.proisstrict, p.provolatile, p.proparallel,
                                      has_function_privilege('public', p.oid, 'EXECUTE'), obj_description(p.oid, 'pg_proc'))
                        FROM pg_proc AS p
                        WHERE p.pronamespace = 'cron'::regnamespace AND p.proname = '%s' AND pg_get_function_arguments(p.oid) = '%s'
                        """.formatted(name, arguments)))
                .containsExactly("%s %s v u %s %s".formatted(result, strict ? "t" : "f", granted ? "t" : "f", comment));
    }

    @Test
    void alterJobIsFoundByPgCronsSignature() {
        String user = database.createUser("altering");
        database.owner()
                .sql("GRANT EXECUTE ON FUNCTION cron.alter_job(bigint,text,text,text,text,boolean) TO "
                        + identifier(user))
                .update();

        assertThat(list("SELECT to_regprocedure('cron.alter_job(bigint,text,text,text,text,boolean)') IS NOT NULL"))
                .containsExactly("t");
        assertThat(list(
                        "SELECT has_function_privilege(%s, 'cron.alter_job(bigint,text,text,text,text,boolean)', 'EXECUTE')"
                                .formatted(literal(user))))
                .containsExactly("t");
    }

    @Test
    void aNamedJobIsNotNullThroughout() {
        long jobid = database.owner()
                .sql("SELECT cron.schedule('whole', '0 3 * * *', 'SELECT 1')")
                .query(Long.class)
                .single();

        // Found in the wild: IF r IS NOT NULL, of a record that was SELECTed with *.
        assertThat(list("SELECT j IS NOT NULL FROM cron.job AS j WHERE jobid = " + jobid))
                .containsExactly("t");
    }

    @Test
    void showAUserItsOwnRowsOnlyAndTheOwnerAll() {
        String user = database.createUser("reader");
        for (String role : List.of(user, database.ownerName(), database.superuserName())) {
            database.as(role)
                    .sql("SELECT cron.schedule('rows of', '0 3 * * *', 'SELECT 1')")
                    .query()
                    .singleRow();
            database.owner()
                    .sql("INSERT INTO cron.job_run_details (username, command) VALUES (?, 'rows of')")
                    .param(role)
                    .update();
        }

        String jobs = "SELECT username FROM cron.job WHERE jobname = 'rows of'";
        String runs = "SELECT username FROM cron.job_run_details WHERE command = 'rows of'";
        for (String sql : List.of(jobs, runs)) {
            assertThat(database.as(user).sql(sql).query(String.class).list()).containsExactly(user);
            assertThat(database.owner().sql(sql).query(String.class).list()).hasSize(3);
            assertThat(database.superuser().sql(sql).query(String.class).list()).hasSize(3);
        }
        assertThat(database.as(user)
                        .sql("SELECT username FROM cron.job_statistics")
                        .query(String.class)
                        .list())
                .containsExactly(user);
    }

    @Test
    void letAUserReadSequencesButNotDrawFromThem() {
        String user = database.createUser("counter");

        assertThat(database.as(user)
                        .sql(
                                "SELECT last_value FROM cron.jobid_seq, LATERAL (SELECT last_value AS l FROM cron.runid_seq) AS r")
                        .query(Long.class)
                        .single())
                .isPositive();
        assertThat(SqlFailure.of(() -> database.as(user)
                        .sql("SELECT nextval('cron.jobid_seq')")
                        .query()
                        .singleRow()))
                .isEqualTo(new SqlFailure("42501", "permission denied for sequence jobid_seq", null, null));
    }

    @Test
    void forgetTheTimersAndWaitingRunsOfTruncatedJobs() {
        long jobid = database.owner()
                .sql("SELECT cron.schedule('0 3 * * *', 'SELECT 1')")
                .query(Long.class)
                .single();
        long runid = database.owner()
                .sql("SELECT cron.run_job(?)")
                .param(jobid)
                .query(Long.class)
                .single();

        database.owner().sql("TRUNCATE cron.job").update();

        assertThat(
                        list(
                                "SELECT jobid::text FROM cron_engine.timer UNION ALL SELECT runid::text FROM cron_engine.queue"))
                .isEmpty();
        assertThat(database.owner()
                        .sql(
                                "SELECT status || ': ' || return_message FROM cron.job_run_details WHERE runid = ? AND end_time IS NOT NULL")
                        .param(runid)
                        .query(String.class)
                        .list())
                .containsExactly("skipped: job unscheduled");
    }

    @Test
    void haveAnIdentityWhereSomebodyMayPublishThem() {
        // Unlogged tables cannot be published.
        String published = """
                SELECT c.oid::regclass::text FROM pg_class AS c
                WHERE c.relnamespace IN ('cron'::regnamespace, 'cron_engine'::regnamespace)
                    AND c.relkind IN ('r', 'p') AND c.relpersistence = 'p'
                """;

        assertThat(list(published)).contains("cron.job", "cron_engine.ended_run");
        assertThat(list(published + """
                        AND c.relreplident <> 'f'
                        AND NOT (c.relreplident = 'd' AND EXISTS (SELECT FROM pg_index AS i WHERE i.indrelid = c.oid AND i.indisprimary))
                        """)).isEmpty();
    }
}
