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
import java.util.List;
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
        String forgery =
                "UPDATE cron_engine.request SET caller = current_database(), routine = 'cron.schedule(text,text)',"
                        + " schedule = '* * * * *', command = 'SELECT 1' RETURNING id";

        assertThat(refusal(database, user, forgery).sqlState()).isEqualTo("42501");
        // Even where somebody has granted it.
        database.owner()
                .sql("GRANT UPDATE ON cron_engine.request TO " + identifier(user))
                .update();
        assertThat(ownerOf(database.as(user).sql(forgery).query(Long.class).single()))
                .isEqualTo(user);
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

    /**
     * What a foreign key does to its own table is done as the owner of that table: a CHECK or a DEFAULT there is not executed as whoever
     * changes the other one.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "i integer CHECK (public.trap_%1$d(i) = i) REFERENCES public.parent_%1$d ON UPDATE CASCADE",
                "i integer DEFAULT public.trap_%1$d(0) REFERENCES public.parent_%1$d ON UPDATE SET DEFAULT",
                "i integer DEFAULT public.trap_%1$d(0) REFERENCES public.parent_%1$d ON UPDATE CASCADE ON DELETE SET DEFAULT,"
                        + " j integer GENERATED ALWAYS AS (public.trap_%1$d(i)) STORED",
                "i public.domain_%1$d REFERENCES public.parent_%1$d ON UPDATE CASCADE"
            })
    void aForeignKeyActsForTheOwnerOfItsTable(String column) throws SQLException {
        String attacker = database.createUser("attacker");
        String victim = database.createUser("victim");
        database.superuser().sql("GRANT ALL ON SCHEMA public TO PUBLIC").update();
        int number = NUMBER.incrementAndGet();
        try (Connection session = database.connect(victim);
                Statement statement = session.createStatement()) {
            statement.execute(
                    "CREATE TABLE public.parent_%d AS SELECT g AS i FROM generate_series(0, 1) AS g".formatted(number));
            statement.execute("ALTER TABLE public.parent_%d ADD PRIMARY KEY (i)".formatted(number));
            statement.execute("GRANT REFERENCES ON public.parent_%d TO %s".formatted(number, identifier(attacker)));
        }
        try (Connection session = database.connect(attacker);
                Statement statement = session.createStatement()) {
            statement.execute(ambush("trap_" + number));
            statement.execute("CREATE DOMAIN public.domain_%1$d AS integer CHECK (public.trap_%1$d(VALUE) = VALUE)"
                    .formatted(number));
            statement.execute("CREATE TABLE public.child_%d (%s)".formatted(number, column.formatted(number)));
            statement.execute("INSERT INTO public.child_%d (i) VALUES (1)".formatted(number));
            for (long jobid : jobsOf(attacker)) {
                statement.execute("SELECT cron.unschedule(" + jobid + ")");
            }
        }
        String before = others(attacker);

        database.as(victim)
                .sql("UPDATE public.parent_%d SET i = 2 WHERE i = 1".formatted(number))
                .update();

        assertThat(others(attacker)).isEqualTo(before);
        assertThat(jobsOf(attacker)).as("its own: the trap was sprung").isNotEmpty();
    }

    /** A function with the rights of its owner that makes itself another one before it calls. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER FUNCTION public.mask_%1$d() SECURITY INVOKER",
                "ALTER FUNCTION public.mask_%1$d() RENAME TO unmasked_%1$d",
                "ALTER FUNCTION public.mask_%1$d() SET SCHEMA hidden_%1$d",
                "CREATE OR REPLACE FUNCTION public.mask_%1$d() RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint'",
                "DROP FUNCTION public.mask_%1$d()"
            })
    void aDefinerFunctionThatChangesItselfActsForItsOwner(String change) throws SQLException {
        String attacker = database.createUser("attacker");
        String victim = database.createUser("victim");
        database.superuser().sql("GRANT ALL ON SCHEMA public TO PUBLIC").update();
        int number = NUMBER.incrementAndGet();
        database.superuser()
                .sql("CREATE SCHEMA hidden_%d AUTHORIZATION %s".formatted(number, identifier(attacker)))
                .update();
        try (Connection session = database.connect(attacker);
                Statement statement = session.createStatement()) {
            statement.execute("""
                    CREATE FUNCTION public.mask_%d() RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER AS $$
                    BEGIN
                        EXECUTE %s;
                        RETURN cron.schedule('* * * * *', 'SELECT 1');
                    END$$
                    """.formatted(number, literal(change.formatted(number))));
        }

        long jobid = database.as(victim)
                .sql("SELECT public.mask_%d()".formatted(number))
                .query(Long.class)
                .single();

        assertThat(ownerOf(jobid)).isEqualTo(attacker);
        assertThat(jobsOf(victim)).isEmpty();
    }

    /** Code in a table of others acts for whom PostgreSQL executes it as, be that the writer, the reader or its owner: nobody else. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE public.lair_%1$d (i integer, j integer GENERATED ALWAYS AS (public.trap_%1$d(i)) STORED)",
                "CREATE TABLE public.lair_%1$d (i integer); CREATE INDEX ON public.lair_%1$d (public.trap_%1$d(i))",
                "CREATE TABLE public.lair_%1$d (i integer); CREATE INDEX ON public.lair_%1$d (i) WHERE public.trap_%1$d(i) > 0",
                "CREATE DOMAIN public.domain_%1$d AS integer CHECK (public.trap_%1$d(VALUE) = VALUE);"
                        + " CREATE TABLE public.lair_%1$d (i public.domain_%1$d)",
                "CREATE TABLE public.lair_%1$d (i integer); ALTER TABLE public.lair_%1$d ENABLE ROW LEVEL SECURITY;"
                        + " CREATE POLICY trap ON public.lair_%1$d USING (public.trap_%1$d(i) = i)",
                "CREATE TABLE public.lair_%1$d (i integer); CREATE RULE trap AS ON INSERT TO public.lair_%1$d"
                        + " DO ALSO SELECT public.trap_%1$d(NEW.i)",
                "CREATE TABLE public.store_%1$d (i integer); CREATE VIEW public.lair_%1$d AS SELECT i FROM public.store_%1$d"
                        + " WHERE public.trap_%1$d(i) = i WITH CHECK OPTION; GRANT ALL ON public.store_%1$d TO PUBLIC"
            })
    void codeInATableActsForWhomItIsExecutedAs(String lair) throws SQLException {
        String attacker = database.createUser("attacker");
        String victim = database.createUser("victim");
        database.superuser().sql("GRANT ALL ON SCHEMA public TO PUBLIC").update();
        int number = NUMBER.incrementAndGet();
        try (Connection session = database.connect(attacker);
                Statement statement = session.createStatement()) {
            statement.execute(ambush("trap_" + number));
            statement.execute(lair.formatted(number));
            statement.execute("GRANT ALL ON public.lair_%d TO PUBLIC".formatted(number));
        }
        String owners = jobsOf(database.ownerName()).toString();

        database.as(victim)
                .sql("INSERT INTO public.lair_%d (i) VALUES (1)".formatted(number))
                .update();
        database.as(victim)
                .sql("SELECT * FROM public.lair_%d".formatted(number))
                .query()
                .listOfRows();
        database.superuser().sql("ANALYZE").update();
        database.superuser()
                .sql("VACUUM FULL public." + (lair.contains("store_") ? "store_" : "lair_") + number)
                .update();
        database.superuser()
                .sql("REINDEX TABLE public." + (lair.contains("store_") ? "store_" : "lair_") + number)
                .update();

        assertThat(database.owner()
                        .sql(
                                "SELECT count(*) FROM cron.job WHERE command LIKE 'SELECT ''%' AND command <> 'SELECT ' || quote_literal(username)")
                        .query(Integer.class)
                        .single())
                .as("jobs of another than who was the current user")
                .isZero();
        assertThat(jobsOf(attacker).size() + jobsOf(victim).size())
                .as("the trap was sprung")
                .isPositive();
        assertThat(jobsOf(database.ownerName()).toString()).isEqualTo(owners);
        assertThat(jobsOf(database.superuserName())).isEmpty();
        database.superuser()
                .sql("DROP TABLE public." + (lair.contains("store_") ? "store_" : "lair_") + number + " CASCADE")
                .update();
        database.owner()
                .sql("DELETE FROM cron.job WHERE command = 'SELECT ' || quote_literal(username)")
                .update();
    }

    /** What would be executed as everybody only a superuser may make. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE EVENT TRIGGER trap ON ddl_command_start EXECUTE FUNCTION public.event()",
                "CREATE FOREIGN DATA WRAPPER trap VALIDATOR postgresql_fdw_validator",
                "ALTER FOREIGN DATA WRAPPER dblink_fdw OPTIONS (ADD x 'y')",
                "CREATE CAST (text AS integer) WITH FUNCTION public.trap(text)",
                "CREATE OPERATOR CLASS public.trap DEFAULT FOR TYPE integer USING btree AS STORAGE integer",
                "ALTER DATABASE %s SET search_path = public",
                "ALTER ROLE %s SET search_path = public"
            })
    void nobodyLeavesATrapForEverybody(String sql) {
        String attacker = database.createUser("attacker");
        database.superuser().sql("GRANT ALL ON SCHEMA public TO PUBLIC").update();
        database.as(attacker)
                .sql("CREATE OR REPLACE FUNCTION public.event() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END'")
                .update();
        database.as(attacker)
                .sql(
                        "CREATE OR REPLACE FUNCTION public.trap(text) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1'")
                .update();

        SqlFailure refusal = refusal(
                database,
                attacker,
                sql.formatted(identifier(sql.contains("DATABASE") ? database.name() : database.ownerName())));

        assertThat(refusal.sqlState()).as(refusal.message()).isIn("42501", "42P17");
        database.superuser()
                .sql("DROP FUNCTION public.event(), public.trap(text)")
                .update();
    }

    /** It makes a job, as whoever it is, once for each; the command says as whom. */
    private static String ambush(String name) {
        return """
                CREATE FUNCTION public.%s(integer) RETURNS integer LANGUAGE plpgsql IMMUTABLE AS $$
                BEGIN
                    PERFORM cron.schedule('0 0 29 2 *', 'SELECT ' || quote_literal(current_user));
                    RETURN $1;
                EXCEPTION WHEN insufficient_privilege OR read_only_sql_transaction OR feature_not_supported THEN
                    RETURN $1;
                END$$
                """.formatted(name);
    }

    private List<Long> jobsOf(String role) {
        return database.owner()
                .sql("SELECT jobid FROM cron.job WHERE username = ? AND command LIKE 'SELECT ''%'")
                .param(role)
                .query(Long.class)
                .list();
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
