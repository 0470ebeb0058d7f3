package io.cronlink.run;

import static io.cronlink.database.TestDatabase.identifier;
import static org.assertj.core.api.Assertions.assertThat;

import io.cronlink.database.CronlinkDatabase;
import io.cronlink.database.TestDatabase;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an administrator may have set for a role must not keep its jobs from running, or their records from being true. */
@Tag("engine")
@CronlinkDatabase
class RoleSettingsTests {

    private final TestDatabase database;
    private final TestJobs jobs;

    RoleSettingsTests(TestDatabase database) {
        this.database = database;
        this.jobs = new TestJobs(database);
    }

    @BeforeAll
    static void start(TestDatabase database) {
        database.startDaemon();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "default_transaction_isolation = 'serializable'",
                "default_transaction_isolation = 'repeatable read'",
                "default_transaction_read_only = on",
                "default_transaction_deferrable = on",
                "statement_timeout = '50ms'",
                "lock_timeout = '50ms'",
                "idle_in_transaction_session_timeout = '50ms'",
                "idle_session_timeout = '50ms'",
                "search_path = ''",
                "search_path = 'pg_temp', 'public', 'pg_catalog'",
                "client_min_messages = 'debug5'",
                "application_name = 'hidden'",
                "row_security = off",
                "enable_seqscan = off",
                "datestyle = 'German'",
                "intervalstyle = 'sql_standard'",
                "bytea_output = 'escape'",
                "standard_conforming_strings = off",
                "backslash_quote = off",
                "plpgsql.variable_conflict = 'use_column'",
                "plpgsql.extra_errors = 'none'",
                "check_function_bodies = off",
                "timezone = 'Asia/Kathmandu'",
                "work_mem = '64kB'",
            })
    void doNotKeepItsJobsFromRunning(String setting) {
        String role = database.createJobUser("set");
        database.superuser()
                .sql("ALTER ROLE " + identifier(role) + " SET " + setting)
                .update();

        assertThat(jobs.run(role, "SELECT 1").returnMessage()).isEqualTo("1 row");
        assertThat(jobs.run(role, "SELECT pg_sleep(0.2)").returnMessage()).isEqualTo("1 row");
        assertThat(jobs.run(role, "SELECT 1 / 0").sqlstate()).isEqualTo("22012");
        assertThat(jobs.run(role, "DO $$BEGIN COMMIT; END$$").returnMessage()).isEqualTo("DO");
        assertThat(jobs.run(role, "SELECT 'again'").result()).isEqualTo("again");
    }

    @Test
    void thatKeepItFromTheEngineAreToldInTheRecord() {
        String role = database.createJobUser("shutout");
        database.owner()
                .sql("REVOKE EXECUTE ON FUNCTION cron_engine.claim_run(boolean, bigint, boolean, integer) FROM PUBLIC")
                .update();
        try {
            RecordedRun run = jobs.run(role, "SELECT 1");

            assertThat(run.status()).isEqualTo("failed");
            assertThat(run.returnMessage()).isEqualTo("the worker failed: permission denied for function claim_run");
            assertThat(run.sqlstate()).isEqualTo("42501");
        } finally {
            database.owner()
                    .sql("GRANT EXECUTE ON FUNCTION cron_engine.claim_run(boolean, bigint, boolean, integer) TO PUBLIC")
                    .update();
        }
    }
}
