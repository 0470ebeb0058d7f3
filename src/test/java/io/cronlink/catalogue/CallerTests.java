package io.cronlink.catalogue;

import static io.cronlink.catalogue.Sessions.refusal;
import static io.cronlink.database.TestDatabase.identifier;
import static io.cronlink.database.TestDatabase.literal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

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

/** For whom a call is: the true current user, wherever it is made. */
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
                "cron.set_options(%4$d, timeout => '1 s')",
                "cron.pause_job(%4$d)",
                "cron.unschedule(%4$d)",
                "cron.unschedule('owners %1$d')",
                "cron.run_job(%4$d)",
                "cron.run_once('SELECT 1')",
                "cron.cancel(%3$d)",
                "cron.rerun(%3$d)",
                "cron.drop_login(%5$s)",
                "cron.add_login(%2$s, via => %5$s)"
            })
    void codeOfAnothersActsForItsOwnerInMaintenance(String call) throws SQLException {
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
        String before = others(attacker);

        Throwable refused =
                catchThrowable(() -> database.owner().sql("ANALYZE " + bait).update());

        // What the bait's owner may do is done for it, anything else fails, and the ANALYZE with it.
        assertThat(refused == null).isEqualTo(call.matches("cron\\.(schedule|run_once).*"));
        assertThat(others(attacker)).isEqualTo(before);
        database.superuser().sql("DROP TABLE " + bait).update();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plpgsql SECURITY DEFINER AS 'BEGIN RETURN cron.schedule(''* * * * *'', ''SELECT 1''); END'",
                "sql SECURITY DEFINER AS 'SELECT cron.schedule(''* * * * *'', ''SELECT 1'')'"
            })
    void aDefinerFunctionActsForItsOwner(String language) throws SQLException {
        String owner = database.createUser("definer");
        String user = database.createUser("user");
        database.superuser().sql("GRANT ALL ON SCHEMA public TO PUBLIC").update();
        String function = "public.\"mà\"\"ke %d\"".formatted(NUMBER.incrementAndGet());
        try (Connection session = database.connect(owner);
                Statement statement = session.createStatement()) {
            statement.execute("CREATE FUNCTION " + function + "() RETURNS bigint LANGUAGE " + language);
        }

        long jobid = database.as(user)
                .sql("SELECT " + function + "()")
                .query(Long.class)
                .single();

        assertThat(ownerOf(jobid)).isEqualTo(owner);
    }

    @Test
    void aTriggerActsForWhoWrites() throws SQLException {
        String owner = database.createUser("owner of a table");
        String writer = database.createUser("writer");
        database.superuser().sql("GRANT ALL ON SCHEMA public TO PUBLIC").update();
        String table = "public.watched_" + NUMBER.incrementAndGet();
        try (Connection session = database.connect(owner);
                Statement statement = session.createStatement()) {
            statement.execute("CREATE TABLE %s (made bigint)".formatted(table));
            statement.execute("GRANT INSERT, SELECT ON %s TO PUBLIC".formatted(table));
            statement.execute("""
                    CREATE FUNCTION %s_made() RETURNS trigger LANGUAGE plpgsql AS $$
                    BEGIN
                        NEW.made := cron.schedule('* * * * *', 'SELECT 1');
                        RETURN NEW;
                    END$$
                    """.formatted(table));
            statement.execute("CREATE TRIGGER made BEFORE INSERT ON %1$s FOR EACH ROW EXECUTE FUNCTION %1$s_made()"
                    .formatted(table));
        }

        long jobid = database.as(writer)
                .sql("INSERT INTO " + table + " DEFAULT VALUES RETURNING made")
                .query(Long.class)
                .single();

        assertThat(ownerOf(jobid)).isEqualTo(writer);
    }

    @Test
    void nobodySaysHimselfWhoHeIs() {
        String user = database.createUser("forger");

        long jobid = database.as(user)
                .sql("UPDATE cron_engine.request SET caller = ?, routine = 'cron.schedule(text,text)',"
                        + " schedule = '* * * * *', command = 'SELECT 1', username = ? RETURNING id")
                .param(database.ownerName())
                .param(database.ownerName())
                .query(Long.class)
                .single();

        assertThat(ownerOf(jobid)).isEqualTo(user);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "routine = 'cron.alter_job(bigint,text,text,text,text,boolean)', job_id = %d, active = false",
                "routine = 'cron.schedule_in_database(text,text,text,text,text,boolean)', job_name = 'x', schedule = '@daily', command = ''",
                "routine = 'cron.job_cache_invalidate()'",
                "routine = 'pg_catalog.now()'",
                "job_id = %d"
            })
    void nobodyGoesRoundAFunctionThatIsNotGranted(String assignments) {
        String user = database.createUser("bypasser");
        long own = database.as(user)
                .sql("SELECT cron.schedule('own', '0 0 29 2 *', 'SELECT 1')")
                .query(Long.class)
                .single();
        String before = catalogue();

        SqlFailure refusal = refusal(
                database, user, "UPDATE cron_engine.request SET " + assignments.formatted(own) + " RETURNING id");

        assertThat(refusal.sqlState()).isIn("42501", "20000");
        assertThat(catalogue()).isEqualTo(before);
    }

    @Test
    void whoMayNotUseTheSchemaMakesNoRequestEither() {
        String user = database.createUser("outsider");
        database.owner()
                .sql("REVOKE USAGE ON SCHEMA cron FROM " + identifier(user))
                .update();

        assertThat(refusal(
                                database,
                                user,
                                "UPDATE cron_engine.request SET routine = 'cron.schedule(text,text)',"
                                        + " schedule = '* * * * *', command = 'SELECT 1' RETURNING id")
                        .sqlState())
                .isEqualTo("42501");
    }

    @Test
    void aTriggerInACascadeActsForTheOwnerOfItsTable() throws SQLException {
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
        String before = others(attacker);

        database.as(victim).sql("DELETE FROM public.parent_" + number).update();

        assertThat(others(attacker)).isEqualTo(before);
        assertThat(database.as(attacker)
                        .sql("SELECT count(*) FROM cron.job")
                        .query(Integer.class)
                        .single())
                .isOne();
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

    private String ownerOf(long jobid) {
        return database.owner()
                .sql("SELECT username FROM cron.job WHERE jobid = ?")
                .param(jobid)
                .query(String.class)
                .single();
    }

    /** What is everybody else's. */
    private String others(String role) {
        return database.owner().sql("""
                        SELECT concat((SELECT string_agg(j::text, ' ' ORDER BY jobid) FROM cron.job AS j WHERE username <> :role),
                                      (SELECT string_agg(o::text, ' ' ORDER BY jobid) FROM cron.job_options AS o),
                                      (SELECT count(*) FROM cron.job_run_details WHERE username <> :role),
                                      (SELECT string_agg(l::text, ' ' ORDER BY username) FROM cron_engine.login AS l))
                        """).param("role", role).query(String.class).single();
    }

    private String catalogue() {
        return database.owner().sql("""
                        SELECT concat((SELECT string_agg(j::text, ' ' ORDER BY jobid) FROM cron.job AS j),
                                      (SELECT count(*) FROM cron.job_run_details),
                                      (SELECT string_agg(l::text, ' ' ORDER BY username) FROM cron_engine.login AS l))
                        """).query(String.class).single();
    }
}
