package io.cronlink.catalogue;

import static io.cronlink.catalogue.Sessions.refusal;
import static io.cronlink.database.TestDatabase.identifier;
import static io.cronlink.database.TestDatabase.literal;
import static org.assertj.core.api.Assertions.assertThat;

import io.cronlink.database.CronlinkDatabase;
import io.cronlink.database.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two usual grants, of all tables and all functions of schema cron, make nobody an administrator. */
@Tag("engine")
@CronlinkDatabase
class GrantTests {

    private final TestDatabase database;
    private final String user;
    private final String other;
    private long othersJob;
    private long othersRun;

    GrantTests(TestDatabase database) {
        this.database = database;
        this.user = database.createUser("granted");
        this.other = database.createUser("other");
    }

    @BeforeEach
    void grantAll() {
        database.owner()
                .sql("GRANT ALL ON ALL TABLES IN SCHEMA cron TO " + identifier(user))
                .update();
        database.owner()
                .sql("GRANT ALL ON ALL FUNCTIONS IN SCHEMA cron TO " + identifier(user))
                .update();
        database.owner()
                .sql("GRANT ALL ON ALL SEQUENCES IN SCHEMA cron TO " + identifier(user))
                .update();
        othersJob = number(
                other, "SELECT cron.set_options(cron.schedule('others', '0 0 29 2 *', 'SELECT 1'), priority => 3)");
        number(other, "SELECT cron.set_alarms(" + othersJob + ", failed => true)");
        database.owner().sql("""
                        INSERT INTO cron.alarm (kind, severity, jobid, username, raised_at, ended_at, message)
                        VALUES ('late', 'warning', ?, ?, now(), now(), 'Job of another')
                        """).params(othersJob, other).update();
        othersRun = number(other, "SELECT cron.run_job(" + othersJob + ")");
    }

    private long number(String role, String sql) {
        return database.as(role).sql(sql).query(Long.class).single();
    }

    private String catalogue() {
        return database.owner().sql("""
                        SELECT concat((SELECT string_agg(j::text, ' ' ORDER BY jobid) FROM cron.job AS j WHERE username <> :user),
                                      (SELECT string_agg(o::text, ' ' ORDER BY jobid) FROM cron.job_options AS o),
                                      (SELECT string_agg(d::text, ' ' ORDER BY runid) FROM cron.job_run_details AS d),
                                      (SELECT string_agg(g::text, ' ' ORDER BY name) FROM cron.job_group AS g),
                                      (SELECT s::text FROM cron.settings AS s),
                                      (SELECT s::text FROM cron.alarm_settings AS s),
                                      (SELECT string_agg(a::text, ' ' ORDER BY jobid) FROM cron.job_alarms AS a),
                                      (SELECT string_agg(a::text, ' ' ORDER BY alarmid) FROM cron.alarm AS a),
                                      (SELECT string_agg(l::text, ' ' ORDER BY username) FROM cron_engine.login AS l))
                        """).param("user", user).query(String.class).single();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE cron.job SET command = 'SELECT 2'",
                "UPDATE cron.job SET username = %3$s",
                "DELETE FROM cron.job",
                "UPDATE cron.job_options SET priority = 9",
                "DELETE FROM cron.job_options",
                "UPDATE cron.job_run_details SET status = 'succeeded'",
                "DELETE FROM cron.job_run_details",
                "UPDATE cron.settings SET paused = true",
                "UPDATE cron.settings SET timezone = 'Asia/Tokyo'",
                "DELETE FROM cron.settings",
                "UPDATE cron.job_group SET max_running = 0",
                "DELETE FROM cron.job_group",
                "UPDATE cron.job_alarms SET failed = false",
                "DELETE FROM cron.job_alarms",
                "UPDATE cron.alarm SET ended_at = NULL",
                "DELETE FROM cron.alarm",
                "UPDATE cron.alarm_settings SET failed = false",
                "DELETE FROM cron.alarm_settings"
            })
    void touchesNoRowOfOthers(String sql) {
        String before = catalogue();

        assertThat(database.as(user)
                        .sql(sql.formatted(othersJob, othersRun, literal(user)))
                        .update())
                .isZero();

        assertThat(catalogue()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO cron.job (schedule, command, username) VALUES ('* * * * *', 'SELECT 1', %3$s)",
                "INSERT INTO cron.job_options (jobid) VALUES (%1$d)",
                "INSERT INTO cron.job_run_details (jobid, username, status) VALUES (%1$d, %3$s, 'succeeded')",
                "INSERT INTO cron.job_group (name) VALUES ('mine')",
                "TRUNCATE cron.job",
                "TRUNCATE cron.job_options",
                "TRUNCATE cron.job_run_details",
                "TRUNCATE cron.job_group",
                "TRUNCATE cron.settings",
                "INSERT INTO cron.job_alarms (jobid) VALUES (%1$d)",
                "INSERT INTO cron.alarm (kind, severity, username, raised_at, message) VALUES ('test', 'info', %3$s, now(), '')",
                "TRUNCATE cron.job_alarms",
                "TRUNCATE cron.alarm",
                "TRUNCATE cron.alarm_settings",
                "SELECT cron.set_alarms(%1$d, failed => false)",
                "SELECT cron.alter_job(%1$d, command => 'SELECT 2')",
                "SELECT cron.set_options(%1$d, priority => 9)",
                "SELECT cron.pause_job(%1$d)",
                "SELECT cron.resume_job(%1$d)",
                "SELECT cron.unschedule(%1$d)",
                "SELECT cron.unschedule('others')",
                "SELECT cron.run_job(%1$d)",
                "SELECT cron.rerun(%2$d)",
                "SELECT cron.cancel(%2$d)",
                "SELECT cron.run_once('SELECT 1', username => %3$s)",
                "SELECT cron.schedule_in_database('x', '* * * * *', '', current_database(), %3$s)",
                "SELECT cron.add_login(%3$s, 'guess')",
                "SELECT cron.drop_login(%3$s)",
                "ALTER TABLE cron.job DISABLE TRIGGER ALL",
                "ALTER TABLE cron.job DISABLE ROW LEVEL SECURITY",
                "DROP POLICY cron_job_policy ON cron.job",
                "CREATE POLICY mine ON cron.job USING (true)",
                "SET row_security = off; SELECT * FROM cron.job"
            })
    void isRefusedWhatIsOthers(String sql) {
        String before = catalogue();

        assertThat(refusal(database, user, sql.formatted(othersJob, othersRun, literal(other)))
                        .sqlState())
                .isIn("42501", "P0002");

        assertThat(catalogue()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "job",
                "job_details",
                "job_statistics",
                "job_run_details",
                "job_options",
                "job_alarms",
                "alarm",
                "alarm_rules",
                "alarm_details"
            })
    void seesNothingOfOthers(String relation) {
        assertThat(number(user, "SELECT count(*) FROM cron." + relation)).isZero();
        assertThat(number(other, "SELECT count(*) FROM cron." + relation)).isPositive();
        assertThat(number(database.superuserName(), "SELECT count(*) FROM cron." + relation))
                .isPositive();
    }

    @Test
    void seesNothingOfOthersThroughABarrierOfItsOwn() throws SQLException {
        database.superuser().sql("GRANT ALL ON SCHEMA public TO PUBLIC").update();
        try (Connection session = database.connect(user);
                Statement statement = session.createStatement()) {
            statement.execute("CREATE OR REPLACE VIEW public.mine WITH (security_barrier) AS SELECT * FROM cron.job");
            statement.execute("GRANT SELECT ON public.mine TO PUBLIC");
        }

        assertThat(number(user, "SELECT count(*) FROM public.mine")).isZero();
        assertThat(number(other, "SELECT count(*) FROM public.mine"))
                .as("its own")
                .isOne();
        database.superuser().sql("DROP VIEW public.mine").update();
    }

    @Test
    void losesThePrivilegeToLeaveATriggerBehind() {
        String trigger = "CREATE TRIGGER trap BEFORE INSERT ON cron.job FOR EACH STATEMENT"
                + " EXECUTE FUNCTION suppress_redundant_updates_trigger()";

        database.owner()
                .sql("SELECT cron_engine.revoke_trigger_privileges()")
                .query()
                .singleRow();

        assertThat(refusal(database, user, trigger).sqlState()).isEqualTo("42501");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cron.job", "cron.job_run_details"})
    void losesThePrivilegeToReferToWhatIsToBeRemoved(String table) {
        String key = table.equals("cron.job") ? "jobid" : "runid";
        String reference = "CREATE TABLE public.holds (%2$s bigint REFERENCES %1$s (%2$s) ON DELETE CASCADE)"
                .formatted(table, key);
        database.superuser().sql("GRANT ALL ON SCHEMA public TO PUBLIC").update();
        database.owner()
                .sql("GRANT REFERENCES (%s) ON %s TO %s".formatted(key, table, identifier(user)))
                .update();
        database.as(user).sql(reference).update();
        database.as(user).sql("DROP TABLE public.holds").update();

        database.owner()
                .sql("SELECT cron_engine.revoke_trigger_privileges()")
                .query()
                .singleRow();

        assertThat(refusal(database, user, reference).message()).startsWith("permission denied for table");
    }

    @Test
    void aMemberOfTheOwnersRoleIsAnAdministrator() {
        String member = database.createUser("member");
        assertThat(refusal(database, member, "SELECT cron.pause_job(" + othersJob + ")")
                        .sqlState())
                .isEqualTo("P0002");

        database.superuser()
                .sql("GRANT %s TO %s".formatted(identifier(database.ownerName()), identifier(member)))
                .update();

        database.as(member)
                .sql("SELECT cron.pause_job(" + othersJob + ")")
                .query()
                .singleRow();
        assertThat(number(member, "SELECT count(*) FROM cron.job WHERE jobid = " + othersJob + " AND NOT active"))
                .isOne();
    }
}
