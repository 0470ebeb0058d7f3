package io.cronlink.catalogue;

import static io.cronlink.database.TestDatabase.literal;
import static org.assertj.core.api.Assertions.assertThat;

import io.cronlink.database.CronlinkDatabase;
import io.cronlink.database.SqlFailure;
import io.cronlink.database.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused, in pg_cron's words where pg_cron refuses it too. */
@Tag("engine")
@CronlinkDatabase
class BadInputTests {

    private final TestDatabase database;

    BadInputTests(TestDatabase database) {
        this.database = database;
    }

    @BeforeAll
    static void prepare(TestDatabase database) {
        database.owner()
                .sql("SELECT cron.schedule('taken', '0 3 * * *', 'SELECT 1')")
                .query()
                .singleRow();
        database.superuser()
                .sql(
                        "DO $$BEGIN IF to_regrole('group_without_login') IS NULL THEN CREATE ROLE group_without_login; END IF; END$$")
                .update();
    }

    private SqlFailure refused(String role, String sql) {
        return SqlFailure.of(() -> database.as(role).sql(sql).query().listOfRows());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            SELECT cron.schedule('every now and then', 'SELECT 1')      | 22023 | invalid schedule: every now and then
            SELECT cron.schedule('x', '* * * *', 'SELECT 1')            | 22023 | invalid schedule: * * * *
            SELECT cron.schedule('x', '60 seconds', 'SELECT 1')         | 22023 | invalid schedule: 60 seconds
            SELECT cron.schedule(NULL, '* * * * *', 'SELECT 1')         | 22004 | job_name can not be NULL
            SELECT cron.schedule('x', NULL, 'SELECT 1')                 | 22004 | schedule can not be NULL
            SELECT cron.schedule('x', '* * * * *', NULL)                | 22004 | command can not be NULL
            SELECT cron.unschedule(987654321)                           | P0002 | could not find valid entry for job 987654321
            SELECT cron.unschedule('nobody''s')                         | P0002 | could not find valid entry for job 'nobody's'
            SELECT cron.run_job(987654321)                              | P0002 | Job 987654321 does not exist or you don't own it
            SELECT cron.cancel(987654321)                               | P0002 | Run 987654321 does not exist or you don't own it
            SELECT cron.alter_job(987654321, active => false)           | P0002 | Job 987654321 does not exist or you don't own it
            SELECT cron.alter_job(NULL, active => false)                | 22004 | job_id can not be NULL
            SELECT cron.alter_job(min(jobid)) FROM cron.job             | 22023 | no updates specified
            SELECT cron.alter_job(min(jobid), schedule => 'x') FROM cron.job     | 22023 | invalid schedule: x
            SELECT cron.alter_job(min(jobid), database => 'nowhere') FROM cron.job | 3D000 | database "nowhere" does not exist
            SELECT cron.schedule_in_database('x', '* * * * *', 'SELECT 1', 'nowhere') | 3D000 | database "nowhere" does not exist
            SELECT cron.schedule_in_database('x', '* * * * *', 'SELECT 1', current_database(), 'nobody') | 42704 | role "nobody" does not exist
            INSERT INTO cron.job (schedule, command) VALUES ('x', 'SELECT 1') RETURNING 1 | 22023 | invalid schedule: x
            INSERT INTO cron.job (schedule, command, username) VALUES ('* * * * *', '', 'nobody') RETURNING 1 | 42704 | role "nobody" does not exist
            INSERT INTO cron.job (schedule, command, database) VALUES ('* * * * *', '', 'nowhere') RETURNING 1 | 3D000 | database "nowhere" does not exist
            INSERT INTO cron.job_options (jobid, timezone) SELECT jobid, 'FOO+5' FROM cron.job RETURNING 1 | 22023 | time zone "FOO+5" not recognized
            INSERT INTO cron.job (schedule, command, username) VALUES ('* * * * *', '', 'group_without_login') RETURNING 1 | 28000 | role "group_without_login" can not log in
            INSERT INTO cron.job (schedule, command, jobname) VALUES ('* * * * *', '', 'taken') RETURNING 1 | 23505 | -
            INSERT INTO cron.job_options (jobid, overlap) SELECT jobid, 'pile up' FROM cron.job RETURNING 1 | 23514 | -
            INSERT INTO cron.job_options (jobid, timeout) SELECT jobid, '0' FROM cron.job RETURNING 1 | 23514 | -
            SELECT cron.set_options(987654321, priority => 1)           | P0002 | Job 987654321 does not exist or you don't own it
            SELECT cron.run_once('SELECT 1', timeout => '0')            | 22023 | timeout must be more than zero, and at most 100 years
            SELECT cron.run_once('SELECT 1', timeout => '-1 s')         | 22023 | timeout must be more than zero, and at most 100 years
            SELECT cron.run_once('SELECT 1', timeout => '101 years')    | 22023 | timeout must be more than zero, and at most 100 years
            SELECT cron.run_once('SELECT 1', timeout => '178000000 years')    | 22023 | timeout must be more than zero, and at most 100 years
            SELECT cron.run_once('SELECT 1', timeout => '70000000 months -2100000000 days') | 22023 | timeout must be more than zero, and at most 100 years
            SELECT cron.parallel('{SELECT 1}', timeout => '101 years')  | 22023 | timeout must be more than zero, and at most 100 years
            SELECT cron.run_once(repeat('x', 1048577))                  | 22023 | command must have at most 1048576 bytes (1 MB)
            SELECT cron.run_once('SELECT 1', note => repeat('x', 1001)) | 22023 | note must have at most 1000 characters
            SELECT cron.run_job(min(jobid), repeat('x', 1001)) FROM cron.job | 22023 | note must have at most 1000 characters
            SELECT cron.rerun(987654321, repeat('x', 1001))             | 22023 | note must have at most 1000 characters
            SELECT cron.cancel(987654321, repeat('x', 1001))            | 22023 | note must have at most 1000 characters
            UPDATE cron.job SET schedule = 'never' WHERE jobname = 'taken' RETURNING 1  | 22023 | invalid schedule: never
            SELECT cron.add_login('nobody', 'x')                        | 42704 | role "nobody" does not exist
            SELECT cron.add_login(current_user)                         | 22023 | a login needs either a password or a role to log in as
            SELECT cron.add_login(current_user, 'x', 'y')               | 22023 | a login needs either a password or a role to log in as
            SELECT cron.add_login('postgres', via => 'nobody')          | 42704 | no login is registered for role "nobody"
            """)
    void isRefusedWithASqlstate(String sql, String sqlState, @Nullable String message) {
        SqlFailure refusal = refused(database.ownerName(), sql);

        assertThat(refusal.sqlState()).as(refusal.message()).isEqualTo(sqlState);
        if (message != null) {
            assertThat(refusal.message()).isEqualTo(message);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            cron.schedule('x', '* * * * *', repeat('x', 1048577))              | CHECK (octet_length(command) <= 1048576)
            cron.schedule(repeat('x', 201), '* * * * *', '')                   | CHECK (char_length(jobname) <= 200)
            cron.schedule('x', lpad('10 seconds', 4001), '')          | CHECK (char_length(schedule) <= 4000)
            cron.set_options(min(jobid), timeout => '101 years')               | CHECK (timeout > '00:00:00'::interval AND timeout <= '100 years'::interval)
            cron.set_options(min(jobid), priority => 1000001)                  | CHECK (priority >= '-1000000'::integer AND priority <= 1000000)
            """)
    void saysWhatMayBeWhereAConstraintRefuses(String call, String rule) {
        SqlFailure refusal = refused(database.ownerName(), "SELECT " + call + " FROM cron.job");

        assertThat(refusal.sqlState()).isEqualTo("23514");
        assertThat(refusal.message()).startsWith("new row for relation");
        assertThat(refusal.detail()).as("the row").isNull();
        assertThat(refusal.hint()).isEqualTo("It has to meet " + rule);
    }

    @Test
    void takesWhatIsJustWithinTheBounds() {
        database.owner().sql("""
                        SELECT cron.set_options(cron.schedule(repeat('x', 200), '* * * * *', repeat('x', 1048576)), timeout => '100 years',
                                                start_deadline => '36000 days', retry_delay => '864000 hours', valid_until => '9999-12-31 23:59+00',
                                                valid_from => '-infinity', description => repeat('ü', 1000), job_group => repeat('ü', 200),
                                                max_failures => 1000000, priority => -1000000)
                        """).query().singleRow();
        database.owner().sql("""
                        SELECT cron.cancel(cron.run_once(repeat('x', 1048576), timeout => '100 years', note => repeat('x', 1000)), repeat('x', 1000))
                        """).query().singleRow();
        database.owner().sql("SELECT cron.unschedule(repeat('x', 200))").query().singleRow();
    }

    @Test
    void saysWhatAScheduleMayBe() {
        assertThat(refused(database.ownerName(), "SELECT cron.schedule('5 minutes', 'SELECT 1')")
                        .hint())
                .startsWith("Use cron format (e.g. 5 4 * * *), or interval format '[1-59] seconds'");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SELECT cron.alter_job(1, active => false)                                        | 42501
            SELECT cron.schedule_in_database('x', '* * * * *', 'SELECT 1', current_database()) | 42501
            INSERT INTO cron.job (schedule, command) VALUES ('* * * * *', '') RETURNING 1    | 42501
            UPDATE cron.job SET active = false RETURNING 1                                   | 42501
            UPDATE cron.settings SET paused = true RETURNING 1                               | 42501
            UPDATE cron.job_run_details SET status = 'succeeded' RETURNING 1                 | 42501
            SELECT * FROM cron_engine.queue                                                  | 42501
            SELECT * FROM cron_engine.login                                                  | 42501
            SELECT cron_engine.tick(now())                                                   | 42501
            SELECT cron_engine.enqueue(1, 'manual', 1, NULL, NULL, NULL, now())              | 42501
            SELECT cron_engine.store_login(current_user, 'x')                                | 42501
            SELECT cron.add_login({owner}, 'x')                                            | 42501
            SELECT cron.add_login(current_user, via => {owner})                           | 42501
            SELECT cron.drop_login({owner})                                               | 42501
            """)
    void isRefusedToAnOrdinaryUser(String sql, String sqlState) {
        String user = database.createUser("ordinary");

        assertThat(refused(user, sql.replace("{owner}", literal(database.ownerName())))
                        .sqlState())
                .isEqualTo(sqlState);
    }

    @Test
    void isRefusedToWhoMayNotUseCron() {
        String role = database.createRole("stranger");

        assertThat(refused(role, "SELECT cron.schedule('* * * * *', 'SELECT 1')")
                        .sqlState())
                .isEqualTo("42501");
    }
}
