package io.cronlink.catalogue;

import static io.cronlink.catalogue.Sessions.refusal;
import static io.cronlink.database.TestDatabase.identifier;
import static io.cronlink.database.TestDatabase.literal;
import static org.assertj.core.api.Assertions.assertThat;

import io.cronlink.database.CronlinkDatabase;
import io.cronlink.database.SqlFailure;
import io.cronlink.database.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Maintenance by the engine's owner calls functions that others left in their indexes and views. */
@Tag("engine")
@CronlinkDatabase
class CallerTests {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final TestDatabase database;

    CallerTests(TestDatabase database) {
        this.database = database;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cron.schedule('* * * * *', 'SELECT 1')",
                "cron.schedule('trap', '* * * * *', 'SELECT 1')",
                "cron.schedule('trap', '* * * * *', 'SELECT 1', 'UTC')",
                "cron.unschedule(%4$d)",
                "cron.unschedule('owners %1$d')",
                "cron.run_job(%4$d)",
                "cron.run_once('SELECT 1')",
                "cron.cancel(%3$d)",
                "cron.rerun(%3$d)",
                "cron.drop_login(%5$s)",
                "cron.add_login(%2$s, via => %5$s)"
            })
    void codeOfAnothersActsForNobodyInMaintenance(String call) throws SQLException {
        String attacker = database.createUser("attacker");
        database.superuser().sql("GRANT ALL ON SCHEMA public TO PUBLIC").update();
        int number = NUMBER.incrementAndGet();
        long jobid = database.owner()
                .sql("SELECT cron.schedule(?, '0 0 29 2 *', 'SELECT 1')")
                .param("owners " + number)
                .query(Long.class)
                .single();
        long runid = database.owner()
                .sql("SELECT cron.run_job(?)")
                .param(jobid)
                .query(Long.class)
                .single();
        String bait = "public.bait_" + number;
        try (Connection session = database.connect(attacker);
                Statement statement = session.createStatement()) {
            statement.execute("""
                    CREATE FUNCTION %s(integer) RETURNS integer LANGUAGE plpgsql IMMUTABLE AS $$
                    BEGIN
                        IF session_user <> current_user THEN
                            EXECUTE %s;
                        END IF;
                        RETURN $1;
                    END$$
                    """.formatted(
                    bait,
                    literal("SELECT "
                            + call.formatted(number, literal(attacker), runid, jobid, literal(database.ownerName())))));
            statement.execute("CREATE TABLE %s AS SELECT g AS i FROM generate_series(1, 10) AS g".formatted(bait));
            statement.execute("CREATE INDEX ON %1$s (%1$s(i))".formatted(bait));
        }
        // Only who is a table's owner, or the database's, can be lured.
        database.superuser()
                .sql("GRANT %s TO %s".formatted(identifier(attacker), identifier(database.ownerName())))
                .update();
        String before = catalogue();

        SqlFailure refusal = refusal(database, database.ownerName(), "ANALYZE " + bait);

        assertThat(refusal.sqlState()).isEqualTo("42501");
        assertThat(refusal.message()).endsWith("within security-restricted operation");
        assertThat(catalogue()).isEqualTo(before);
        database.superuser().sql("DROP TABLE " + bait).update();
    }

    @Test
    void aDefinerFunctionOfAnotherRoleActsForNobody() throws SQLException {
        String attacker = database.createUser("attacker");
        String victim = database.createUser("victim");
        database.superuser().sql("GRANT ALL ON SCHEMA public TO PUBLIC").update();
        String trap = "public.\"tr\"\"ap %d\"".formatted(NUMBER.incrementAndGet());
        for (String language : new String[] {
            "LANGUAGE plpgsql SECURITY DEFINER AS 'BEGIN RETURN cron.schedule(''* * * * *'', ''SELECT 1''); END'",
            "LANGUAGE sql SECURITY DEFINER AS 'SELECT cron.schedule(''* * * * *'', ''SELECT 1'')'",
        }) {
            try (Connection session = database.connect(attacker);
                    Statement statement = session.createStatement()) {
                statement.execute("CREATE OR REPLACE FUNCTION " + trap + "() RETURNS bigint " + language);
            }
            String before = catalogue();

            SqlFailure refusal = refusal(database, victim, "SELECT " + trap + "()");

            assertThat(refusal.sqlState()).isEqualTo("42501");
            assertThat(refusal.message()).startsWith("permission denied: for whom this is called");
            assertThat(catalogue()).isEqualTo(before);
        }
    }

    @Test
    void aTriggerOfAnotherRoleActsForNobodyInACascade() throws SQLException {
        String attacker = database.createUser("attacker");
        String victim = database.createUser("victim");
        database.superuser().sql("GRANT ALL ON SCHEMA public TO PUBLIC").update();
        int number = NUMBER.incrementAndGet();
        try (Connection session = database.connect(victim);
                Statement statement = session.createStatement()) {
            statement.execute("CREATE TABLE public.parent_%d AS SELECT 1 AS i".formatted(number));
            statement.execute("ALTER TABLE public.parent_%d ADD PRIMARY KEY (i)".formatted(number));
            statement.execute("GRANT REFERENCES ON public.parent_%d TO %s".formatted(number, identifier(attacker)));
        }
        try (Connection session = database.connect(attacker);
                Statement statement = session.createStatement()) {
            statement.execute(
                    "CREATE TABLE public.child_%1$d (i integer REFERENCES public.parent_%1$d ON DELETE CASCADE)"
                            .formatted(number));
            statement.execute("INSERT INTO public.child_%d VALUES (1)".formatted(number));
            statement.execute("""
                    CREATE FUNCTION public.trap_%d() RETURNS trigger LANGUAGE plpgsql AS $$
                    BEGIN
                        PERFORM cron.schedule('* * * * *', 'SELECT 1');
                        RETURN OLD;
                    END$$
                    """.formatted(number));
            statement.execute("""
                    CREATE TRIGGER trap BEFORE DELETE ON public.child_%1$d FOR EACH ROW EXECUTE FUNCTION public.trap_%1$d()
                    """.formatted(number));
        }
        String before = catalogue();

        SqlFailure refusal = refusal(database, victim, "DELETE FROM public.parent_" + number);

        assertThat(refusal.sqlState()).isEqualTo("42501");
        assertThat(catalogue()).isEqualTo(before);
    }

    @Test
    void aRolesOwnCodeActsForIt() throws SQLException {
        String user = database.createUser("user");
        database.superuser().sql("GRANT ALL ON SCHEMA public TO PUBLIC").update();
        String own = "public.own_" + NUMBER.incrementAndGet();
        try (Connection session = database.connect(user);
                Statement statement = session.createStatement()) {
            statement.execute("CREATE FUNCTION " + own + "() RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER AS"
                    + " 'BEGIN RETURN cron.schedule(''* * * * *'', ''SELECT 1''); END'");
            statement.execute("SELECT " + own + "()");
        }

        assertThat(database.as(user)
                        .sql("SELECT username FROM cron.job")
                        .query(String.class)
                        .list())
                .containsExactly(user);
    }

    private String catalogue() {
        return database.owner().sql("""
                        SELECT concat((SELECT string_agg(j::text, ' ' ORDER BY jobid) FROM cron.job AS j),
                                      (SELECT count(*) FROM cron.job_run_details),
                                      (SELECT string_agg(l::text, ' ' ORDER BY username) FROM cron_engine.login AS l))
                        """).query(String.class).single();
    }
}
