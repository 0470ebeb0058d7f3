package io.cronlink.run;

import static io.cronlink.database.TestDatabase.identifier;
import static io.cronlink.database.TestDatabase.literal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cronlink.database.CronlinkDatabase;
import io.cronlink.database.TestDatabase;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Workers are kept warm: what one run leaves in their session must not be there for the next. */
@Tag("engine")
@CronlinkDatabase
class SessionResetTests {

    private final TestDatabase database;
    private final TestJobs jobs;

    SessionResetTests(TestDatabase database) {
        this.database = database;
        this.jobs = new TestJobs(database);
    }

    @BeforeAll
    static void prepare(TestDatabase database) {
        String role = database.createRole("other");
        database.superuser()
                .sql("GRANT %s TO %s".formatted(identifier(role), identifier(database.ownerName())))
                .update();
        for (String statement : new String[] {
            "CREATE SEQUENCE app.seq",
            "CREATE FUNCTION app.become_other() RETURNS void LANGUAGE plpgsql AS "
                    + literal("BEGIN SET ROLE " + identifier(role) + "; END"),
        }) {
            database.owner().sql(statement).update();
        }
        database.startDaemon();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SELECT app.become_other()                         | current_user::text
            SET SESSION search_path = pg_temp                    | current_setting('search_path')
            SET work_mem = '99MB'                                | current_setting('work_mem')
            SET my.setting = 'left behind'                       | nullif(current_setting('my.setting', true), '')
            SELECT set_config('cronlink.note', 'left behind', false) | nullif(current_setting('cronlink.note', true), '')
            SET timezone = 'Asia/Tokyo'                          | current_setting('timezone')
            PREPARE left_behind AS SELECT 1                      | (SELECT count(*) FROM pg_prepared_statements WHERE name = 'left_behind')
            CREATE TEMP TABLE left_behind (a int)                | to_regclass('pg_temp.left_behind')
            CREATE TEMP SEQUENCE left_behind                     | to_regclass('pg_temp.left_behind')
            SELECT pg_advisory_lock(4711)                        | (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = 4711)
            SELECT pg_advisory_lock_shared(4711)                 | (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = 4711)
            LISTEN left_behind                                   | (SELECT count(*) FROM pg_listening_channels())
            DECLARE left_behind CURSOR WITH HOLD FOR SELECT 1    | (SELECT count(*) FROM pg_cursors WHERE name = 'left_behind')
            SET CONSTRAINTS ALL DEFERRED                         | 1
            SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY | current_setting('default_transaction_read_only')
            SET default_transaction_isolation = 'serializable'   | current_setting('transaction_isolation')
            SET SESSION AUTHORIZATION DEFAULT                    | session_user::text
            SELECT set_config('search_path', 'app', true)        | current_setting('search_path')
            SET TRANSACTION READ ONLY                            | current_setting('transaction_read_only')
            SET client_encoding = 'LATIN1'                       | current_setting('client_encoding')
            SET lock_timeout = '1h'                              | current_setting('lock_timeout')
            CREATE FUNCTION pg_temp.left_behind() RETURNS int LANGUAGE sql RETURN 1 | (SELECT count(*) FROM pg_proc WHERE proname = 'left_behind')
            SELECT pg_export_snapshot()                          | 1
            """)
    void nothingIsLeftForTheNextRun(String command, String probe) {
        RecordedRun before = jobs.run("SELECT " + probe);

        RecordedRun run = jobs.run(command);
        RecordedRun after = jobs.run("SELECT " + probe);

        assertThat(run.status()).as(run.returnMessage()).isEqualTo("succeeded");
        assertThat(after.status()).as(after.returnMessage()).isEqualTo("succeeded");
        assertThat(after.jobPid()).isEqualTo(run.jobPid()).isEqualTo(before.jobPid());
        assertThat(after.result()).isEqualTo(before.result());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SELECT nextval('app.seq')                         | SELECT currval('app.seq') | 55000
            SELECT nextval('app.seq')                         | SELECT lastval()             | 55000
            PREPARE left_behind AS SELECT 1                      | EXECUTE left_behind          | 26000
            SELECT lo_open(lo_create(0), 131072)                 | SELECT loread(0, 1)          | 42704
            """)
    void nothingIsLeftToUse(String command, String use, String sqlstate) {
        RecordedRun run = jobs.run(command);
        RecordedRun after = jobs.run(use);

        assertThat(run.status()).as(run.returnMessage()).isEqualTo("succeeded");
        assertThat(after.jobPid()).isEqualTo(run.jobPid());
        assertThat(after.sqlstate()).isEqualTo(sqlstate);
    }

    @Test
    void theSeedOfRandomNumbersIsNotLeft() {
        jobs.run("SELECT setseed(0.5)");
        RecordedRun first = jobs.run("SELECT random()");
        jobs.run("SELECT setseed(0.5)");
        RecordedRun second = jobs.run("SELECT random()");

        assertThat(second.jobPid()).isEqualTo(first.jobPid());
        assertThat(second.result()).isNotEqualTo(first.result());
    }

    @Test
    void noConnectionOfAForeignTableIsLeft() {
        String owner = identifier(database.ownerName());
        for (String statement : new String[] {
            "CREATE SCHEMA IF NOT EXISTS foreign_data",
            "CREATE EXTENSION IF NOT EXISTS postgres_fdw SCHEMA foreign_data",
            "GRANT USAGE ON SCHEMA foreign_data TO PUBLIC",
            "CREATE SERVER itself FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host %s, port '%s', dbname %s)"
                    .formatted(
                            literal(database.host()),
                            jobs.value("SELECT current_setting('port')"),
                            literal(database.name())),
            "CREATE USER MAPPING FOR %s SERVER itself OPTIONS (user %s, password %s)"
                    .formatted(owner, literal(database.ownerName()), literal(database.password(database.ownerName()))),
            "CREATE FOREIGN TABLE foreign_data.settings (id boolean) SERVER itself OPTIONS (schema_name 'cron', table_name 'settings')",
            "GRANT SELECT ON foreign_data.settings TO " + owner,
        }) {
            database.superuser().sql(statement).update();
        }

        RecordedRun run = jobs.run("SELECT count(*) FROM foreign_data.settings");
        RecordedRun after = jobs.run("SELECT count(*) FROM foreign_data.postgres_fdw_get_connections()");

        assertThat(run.result()).as(run.returnMessage()).isEqualTo("1");
        assertThat(after.jobPid()).isEqualTo(run.jobPid());
        assertThat(after.result()).isEqualTo("0");
    }

    /** What a language or an extension keeps for its session cannot be reset. */
    @Test
    void aSessionServesOneRoleWhereSeveralShareALogin() {
        String host = database.createJobUser("host");
        String guest = database.createUser("guest");
        database.superuser()
                .sql("GRANT %s TO %s".formatted(identifier(guest), identifier(host)))
                .update();
        database.owner()
                .sql("SELECT cron.add_login(:guest, via => :host)")
                .param("guest", guest)
                .param("host", host)
                .query()
                .singleRow();

        for (String role : new String[] {host, guest, host, guest}) {
            RecordedRun run = jobs.run(role, "SELECT current_user");

            assertThat(run.result()).as(run.returnMessage()).isEqualTo(role);
            await().until(() -> jobs.value("SELECT count(*) FROM pg_stat_activity WHERE pid = " + run.jobPid())
                    .equals("0"));
        }
    }
}
