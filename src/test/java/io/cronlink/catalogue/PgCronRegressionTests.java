package io.cronlink.catalogue;

import static io.cronlink.catalogue.Sessions.refusal;
import static io.cronlink.database.TestDatabase.identifier;
import static io.cronlink.database.TestDatabase.literal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cronlink.database.CronlinkDatabase;
import io.cronlink.database.SqlFailure;
import io.cronlink.database.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.util.PSQLException;

/** What pg_cron's own regression test goes through, in its order. */
@Tag("engine")
@CronlinkDatabase
class PgCronRegressionTests {

    private static final String USAGE = "Use cron format (e.g. 5 4 * * *), or interval format '[1-59] seconds'";

    private final TestDatabase database;

    PgCronRegressionTests(TestDatabase database) {
        this.database = database;
    }

    private long id(String role, String sql) {
        return database.as(role).sql(sql).query(Long.class).single();
    }

    private List<String> list(String sql) {
        return database.owner().sql(sql).query(String.class).list();
    }

    @Test
    void aJobComesAndGoes() {
        long jobid = id(database.ownerName(), "SELECT cron.schedule('0 10 * * *', 'VACUUM')");

        assertThat(list("SELECT cron.unschedule(" + jobid + ")")).containsExactly("t");
        assertThat(list("SELECT 1 FROM cron.job WHERE jobid = " + jobid)).isEmpty();
        assertThat(refusal(database, database.ownerName(), "SELECT cron.unschedule(job_name := 'no_such_job')"))
                .isEqualTo(new SqlFailure("P0002", "could not find valid entry for job 'no_such_job'", null, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "* * * *",
                "5 secondc",
                "50 seconds c",
                "*/0 * * * *",
                "-1 * * * *",
                "*/-1 * * * *",
                "*/60 * * * *",
                "0 0 1 13 *",
                "0 0 1 0 *",
                "*/5000000000 * * * *",
                "-1 seconds",
                "0 seconds",
                "60 seconds",
                "10000000000 seconds",
                "@restar",
                "0 10 $foo * *"
            })
    void aBadScheduleIsRefused(String schedule) {
        assertThat(SqlFailure.of(() -> database.owner()
                        .sql("SELECT cron.schedule(?, 'VACUUM')")
                        .param(schedule)
                        .query()
                        .singleRow()))
                .isEqualTo(new SqlFailure("22023", "invalid schedule: " + schedule, null, USAGE));
    }

    @Test
    void aLongBadScheduleIsRefusedInFull() {
        String schedule = "a".repeat(1000);

        assertThat(refusal(database, database.ownerName(), "SELECT cron.schedule(repeat('a', 1000), 'VACUUM')"))
                .isEqualTo(new SqlFailure("22023", "invalid schedule: " + schedule, null, USAGE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@restart",
                "@reboot",
                "1 second",
                " 30 sEcOnDs ",
                "59 seconds",
                "17  seconds ",
                "0 10 $ * *",
                "* 10 * * *"
            })
    void aGoodScheduleIsAccepted(String schedule) {
        assertThat(database.owner()
                        .sql("SELECT cron.unschedule(cron.schedule(?, 'VACUUM'))")
                        .param(schedule)
                        .query(Boolean.class)
                        .single())
                .isTrue();
    }

    @Test
    void aNamedJobKeepsItsIdAndGoesByName() {
        String owner = database.ownerName();
        long jobid = id(owner, "SELECT cron.schedule('myvacuum', '0 10 * * *', 'VACUUM')");

        assertThat(id(owner, "SELECT cron.schedule('myvacuum', '0 10 * * *', 'VACUUM')"))
                .isEqualTo(jobid);
        assertThat(id(owner, "SELECT cron.schedule('myvacuum', '0 11 * * *', 'VACUUM')"))
                .isEqualTo(jobid);
        assertThat(list("SELECT schedule FROM cron.job WHERE jobid = " + jobid)).containsExactly("0 11 * * *");
        assertThat(list("SELECT cron.unschedule('myvacuum')")).containsExactly("t");
        assertThat(list("SELECT 1 FROM cron.job WHERE jobid = " + jobid)).isEmpty();
    }

    @Test
    void whatIsRefusedCostsNoJobid() {
        String owner = database.ownerName();
        long before = id(owner, "SELECT cron.schedule('0 10 * * *', 'VACUUM')");

        for (String refused : List.of(
                "SELECT cron.schedule('61 * * * *', 'VACUUM')",
                "SELECT cron.schedule('x', '61 * * * *', 'VACUUM')",
                "SELECT cron.schedule('x', NULL, 'VACUUM')",
                "SELECT cron.schedule('x', '@after x', NULL)",
                "SELECT cron.schedule_in_database('x', '@daily', 'VACUUM', 'nowhere')",
                "SELECT cron.schedule_in_database('x', '@daily', 'VACUUM', current_database(), 'nobody')")) {
            assertThat(refusal(database, owner, refused).sqlState()).isNotNull();
        }

        assertThat(id(owner, "SELECT cron.schedule('0 10 * * *', 'VACUUM')")).isEqualTo(before + 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT cron.schedule('61 * * * *', 'VACUUM')",
                "SELECT cron.schedule('circle', '@after circle', 'VACUUM')",
                "SELECT cron.schedule_in_database('x', '@daily', 'VACUUM', current_database(), 'nobody')",
                "SELECT cron.alter_job(-1, active => true)",
                "SELECT cron.unschedule(-1)",
                "SELECT cron.set_options(-1, priority => 1)",
                "SELECT cron.set_options(cron.schedule('0 10 * * *', 'VACUUM'), timezone => 'Mars/Base')",
                "SELECT cron.set_options(cron.schedule('0 10 * * *', 'VACUUM'), timeout => '0')",
                "SELECT cron.run_job(-1)",
                "SELECT cron.cancel(-1)",
                "SELECT cron.add_login('nobody', 'x')",
                "SELECT cron.parallel(NULL)",
                "SELECT cron.next_fires('61 * * * *')",
                "SELECT cron.check_schedule('61 * * * *')",
                "SELECT cron.describe('61 * * * *')",
                "INSERT INTO cron.job (schedule, command) VALUES ('61 * * * *', '') RETURNING 1",
                "INSERT INTO cron.job (schedule, command, username) VALUES ('@daily', '', 'nobody') RETURNING 1",
                "INSERT INTO cron.job (schedule, command, jobname) VALUES ('@after circle', '', 'circle') RETURNING 1",
                "INSERT INTO cron.job_options (jobid, timezone) VALUES (1, 'Mars/Base') RETURNING 1",
                "UPDATE cron.settings SET timezone = 'Mars/Base' RETURNING 1"
            })
    void anErrorHasAContextOfTwoLinesAtMost(String sql) {
        assertThatThrownBy(() -> database.owner().sql(sql).query().listOfRows())
                .rootCause()
                .isInstanceOfSatisfying(PSQLException.class, refused -> assertThat(
                                String.valueOf(refused.getServerErrorMessage().getWhere())
                                        .lines())
                        .hasSizeLessThanOrEqualTo(2));
    }

    @Test
    void aUserRulesItsOwnJobsOnly() {
        String owner = database.ownerName();
        String user = database.createUser("pgcron_cront");
        long foreign = id(owner, "SELECT cron.schedule('owners', '* * * * *', 'SELECT 1')");
        long own = id(user, "SELECT cron.schedule('mine', '* * * * *', 'SELECT 1')");

        String elsewhere = "SELECT cron.schedule_in_database('x', '* * * * *', 'SELECT 1', 'postgres')";
        assertThat(refusal(database, user, elsewhere).message())
                .isEqualTo("permission denied for function schedule_in_database");
        database.owner()
                .sql("GRANT EXECUTE ON FUNCTION cron.alter_job(bigint,text,text,text,text,boolean),"
                        + " cron.schedule_in_database TO " + identifier(user))
                .update();

        assertThat(refusal(database, user, "SELECT cron.alter_job(" + own + ", username := " + literal(owner) + ")")
                        .message())
                .isEqualTo("must be superuser to alter username");
        assertThat(refusal(database, user, "SELECT cron.alter_job(" + foreign + ", active := false)")
                        .message())
                .isEqualTo("Job " + foreign + " does not exist or you don't own it");
        assertThat(refusal(database, user, "SELECT cron.unschedule(" + foreign + ")")
                        .message())
                .isEqualTo("permission denied for table job");
        database.as(user)
                .sql("SELECT cron.alter_job(" + own + ", database := 'postgres')")
                .query()
                .singleRow();
        database.superuser()
                .sql("SELECT cron.alter_job(" + own + ", username := " + literal(owner) + ")")
                .query()
                .singleRow();

        assertThat(list("SELECT database || ' ' || username FROM cron.job WHERE jobid = " + own))
                .containsExactly("postgres " + owner);
    }
}
