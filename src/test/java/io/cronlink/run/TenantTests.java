package io.cronlink.run;

import static io.cronlink.database.TestDatabase.identifier;
import static io.cronlink.database.TestDatabase.literal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cronlink.database.CronlinkDatabase;
import io.cronlink.database.SqlFailure;
import io.cronlink.database.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Roles that share a scheduler and do not trust each other: what one of them tries in vain. */
@Tag("engine")
@CronlinkDatabase
class TenantTests {

    private static final String SECRET = "s3cret of the victim";

    private static String attacker = "";
    private static String victim = "";
    private static long job;
    private static long ended;

    private final TestDatabase database;
    private final TestJobs jobs;

    TenantTests(TestDatabase database) {
        this.database = database;
        this.jobs = new TestJobs(database);
    }

    @BeforeAll
    static void prepare(TestDatabase database) {
        attacker = database.createJobUser("attacker");
        victim = database.createUser("victim");
        TestJobs jobs = new TestJobs(database);
        for (String statement : new String[] {
            "ALTER ROLE " + identifier(victim) + " PASSWORD '" + SECRET + "'",
            "CREATE SCHEMA attackers AUTHORIZATION " + identifier(attacker),
            "GRANT USAGE ON SCHEMA attackers TO PUBLIC",
            // As every PostgreSQL up to 14 has it.
            "GRANT CREATE ON SCHEMA public TO PUBLIC",
            "CREATE TABLE public.of_the_owner (a integer)",
            "ALTER TABLE public.of_the_owner OWNER TO " + identifier(database.ownerName()),
            "GRANT " + identifier(attacker) + " TO " + identifier(database.ownerName()),
        }) {
            database.superuser().sql(statement).update();
        }
        database.owner()
                .sql("SELECT cron.add_login(?, ?)")
                .param(victim)
                .param(SECRET)
                .query()
                .singleRow();
        database.startDaemon();
        job = jobs.create(victim, "SELECT 'private matter'");
        ended = jobs.ended(jobs.start(job)).runid();
    }

    @AfterAll
    static void stop(TestDatabase database) {
        database.stopDaemons();
    }

    /** By hand, as the attacker. */
    private SqlFailure refused(String sql) {
        return SqlFailure.of(() -> attack(sql));
    }

    private void attack(String sql) throws SQLException {
        try (Connection connection = database.connect(attacker);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** From within a job of the attacker's. */
    private RecordedRun job(String command) {
        return jobs.run(attacker, command);
    }

    private @Nullable String seen(String query) {
        return job(query).result();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT count(*) FROM cron.job WHERE command LIKE '%private' || ' matter%'",
                "SELECT count(*) FROM cron.job_run_details WHERE result LIKE '%private%'",
                "SELECT count(*) FROM cron.job_statistics WHERE username LIKE 'victim%'",
                "SELECT count(*) FROM cron.export_pg_cron() AS e (line) WHERE line LIKE '%private' || ' matter%'"
            })
    void seesNothingOfAnothersJobs(String query) throws SQLException {
        assertThat(seen(query)).isEqualTo("0");
        try (Connection connection = database.connect(attacker);
                Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery(query)) {
            assertThat(count.next()).isTrue();
            assertThat(count.getLong(1)).isZero();
        }
        assertThat(jobs.find(ended).result()).isEqualTo("private matter");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM cron.job_statistics WHERE pg_temp.leak(jobname)",
                "SELECT * FROM cron.job_statistics WHERE pg_temp.leak(username)",
                "SELECT * FROM cron.job WHERE pg_temp.leak(command)",
                "SELECT * FROM cron.job_run_details WHERE pg_temp.leak(command)"
            })
    void isShownNothingThroughAFunctionOfItsOwn(String query) throws SQLException {
        database.owner()
                .sql("UPDATE cron.job SET jobname = 'private name' WHERE jobid = ?")
                .param(job)
                .update();
        try (Connection connection = database.connect(attacker);
                Statement statement = connection.createStatement()) {
            statement.execute("""
                    CREATE FUNCTION pg_temp.leak(secret text) RETURNS boolean STABLE COST 0.0000001 LANGUAGE plpgsql
                    AS 'BEGIN RAISE NOTICE ''%'', secret; RETURN true; END'
                    """);
            statement.execute(query);

            List<String> leaked = new ArrayList<>();
            for (SQLWarning notice = statement.getWarnings(); notice != null; notice = notice.getNextWarning()) {
                leaked.add(notice.getMessage());
            }
            assertThat(leaked).doesNotContain("SELECT 'private matter'", "private name", victim);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT cron.run_job(%1$s)",
                "SELECT cron.unschedule(%1$s)",
                "SELECT cron.alter_job(%1$s, command => 'SELECT 1')",
                "SELECT cron.cancel(%2$s)",
                "SELECT cron.rerun(%2$s)",
                "UPDATE cron.job SET command = 'SELECT 1' WHERE jobid = %1$s",
                "DELETE FROM cron.job WHERE jobid = %1$s",
                "INSERT INTO cron.job (schedule, command, username) VALUES ('* * * * *', 'SELECT 1', %3$s)",
                "UPDATE cron.job_run_details SET status = 'failed'",
                "INSERT INTO cron.job_run_details (jobid, status) VALUES (%1$s, 'failed')",
                "TRUNCATE cron.job_run_details",
                "UPDATE cron.settings SET paused = true",
                "INSERT INTO cron.job_group (name) VALUES ('mine')",
                "SELECT cron.schedule_in_database('mine', '* * * * *', 'SELECT 1', current_database(), %3$s)",
                "SELECT cron.add_login(%3$s, 'guess')",
                "SELECT cron.add_login(%4$s, via => %3$s)",
                "SELECT cron.drop_login(%3$s)",
                "SELECT setval('cron.runid_seq', 1)",
                "SELECT nextval('cron.jobid_seq')",
                "CREATE TRIGGER mine BEFORE INSERT ON cron.job EXECUTE FUNCTION suppress_redundant_updates_trigger()",
                """
                DO $$BEGIN
                    CREATE TEMPORARY TABLE mine (LIKE cron.job);
                    CREATE TRIGGER mine AFTER DELETE ON mine FOR EACH ROW EXECUTE FUNCTION cron.job_cache_invalidate();
                    INSERT INTO mine VALUES (%1$s, '* * * * *', 'SELECT 1', 'localhost', 1, 'x', 'x', true);
                    DELETE FROM mine;
                END$$
                """,
                "CREATE FUNCTION cron.mine() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
                "CREATE FUNCTION cron_engine.mine() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
                "DO $$BEGIN LOCK TABLE cron_engine.queue; END$$",
                "DO $$BEGIN LOCK TABLE cron.job IN SHARE MODE; END$$"
            })
    void doesNothingToAnothersJobs(String sql) {
        SqlFailure refusal = refused(sql.formatted(job, ended, literal(victim), literal(attacker)));

        assertThat(refusal.sqlState()).isIn("42501", "P0002");
        RecordedRun run = job(sql.formatted(job, ended, literal(victim), literal(attacker)));
        assertThat(run.sqlstate()).isIn("42501", "P0002");
    }

    @Test
    void learnsNotWhetherAnothersJobExists() {
        assertThat(refused("SELECT cron.run_job(" + job + ")").message())
                .isEqualTo("Job " + job + " does not exist or you don't own it");
        assertThat(refused("SELECT cron.run_job(-1)").message()).isEqualTo("Job -1 does not exist or you don't own it");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT current_user",
                "RESET ROLE; SELECT current_user",
                "SET ROLE NONE; SELECT current_user",
                "SET SESSION AUTHORIZATION DEFAULT; SELECT current_user",
                "DO $$BEGIN RESET ROLE; RESET SESSION AUTHORIZATION; END$$; SELECT current_user",
                "DISCARD ALL; SELECT current_user",
                "BEGIN; RESET ROLE; SELECT current_user; COMMIT",
            })
    void staysWhoItIs(String command) {
        database.owner().sql("TRUNCATE public.of_the_owner").update();
        RecordedRun run = job(command.replace(
                "SELECT current_user", "CREATE TABLE attackers.mark AS SELECT session_user, current_user"));
        try {
            assertThat(run.status()).as(run.returnMessage()).isIn("succeeded", "failed");
            if (run.status().equals("succeeded")) {
                assertThat(database.superuser()
                                .sql("SELECT session_user || ' ' || current_user AS who FROM attackers.mark")
                                .query()
                                .listOfRows())
                        .hasSize(1);
                assertThat(database.superuser()
                                .sql("SELECT m::text FROM attackers.mark AS m")
                                .query(String.class)
                                .single())
                        .isEqualTo(twice(attacker));
            }
        } finally {
            database.superuser().sql("DROP TABLE IF EXISTS attackers.mark").update();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SET ROLE %s", "SET SESSION AUTHORIZATION %s", "SET LOCAL ROLE %s"})
    void becomesNobodyElse(String command) {
        for (String other : List.of(victim, database.ownerName(), database.superuserName())) {
            RecordedRun run = job(command.formatted(identifier(other)));

            assertThat(run.sqlstate()).as(other).isEqualTo("42501");
        }
    }

    @Test
    void forgesNoOutcomeOfAnothersRun() {
        try (TestLock lock = new TestLock(database)) {
            long runid = jobs.start(jobs.create(victim, lock.command()));
            jobs.running(runid);

            for (String forgery : new String[] {
                "SELECT cron_engine.end_run(%s, 1, 'succeeded', 'forged', 'forged', NULL, false, now(), NULL)",
                "SELECT cron_engine.end_run(%s, 1, 'succeeded', 'forged', 'forged', NULL, false, now())",
                "SELECT cron_engine.begin_top_level(%s)",
                "SELECT cron_engine.undo_stray_stop(%s, 1)",
                "SELECT cron_engine.fail_run(%s, 'forged', '42000', now())",
                "SELECT cron_engine.recover_run(%s, 3, false, 'cancel', now())",
                "CALL cron_engine.work_at_top_level((%s, 1, 1, NULL, current_user, 0, 'SELECT 1', NULL, 1, now(), now(), NULL), NULL)",
                "UPDATE cron_engine.queue SET stop_reason = 'cancel' WHERE runid = %s",
                "INSERT INTO cron_engine.ended_run VALUES (%s, 1, 'failed')",
                "SELECT cron_engine.signal_worker('postgres', %s, true)",
            }) {
                assertThat(refused(forgery.formatted(runid)).sqlState())
                        .as(forgery)
                        .isIn("42501", "40001", "P0002");
                assertThat(job(forgery.formatted(runid)).status()).as(forgery).isEqualTo("failed");
            }
            job("SELECT cron_engine.end_connecting(" + runid + ")");
            job("SELECT cron_engine.record_start(" + runid + ")");
            assertThat(seen("SELECT (cron_engine.open_top_level(" + runid + ")).status"))
                    .isEqualTo("failed");
            assertThat(seen("SELECT runid FROM cron_engine.claim_run(false, NULL, 1, NULL, NULL)"))
                    .isNull();
            jobs.running(runid);
            lock.open();
            assertThat(jobs.ended(runid).status()).isEqualTo("succeeded");
        }
    }

    @Test
    void claimsNoRunOfAnothers() throws SQLException {
        database.owner().sql("UPDATE cron.settings SET paused = true").update();
        long runid = jobs.start(jobs.create(victim, "SELECT 1"));
        await().until(() -> jobs.value("SELECT ready FROM cron_engine.queue WHERE runid = " + runid)
                .equals("true"));
        try (Connection connection = database.connect(attacker);
                Statement statement = connection.createStatement()) {
            statement.execute("CALL cron_engine.work('1 s')");
            try (ResultSet claimed =
                    statement.executeQuery("SELECT runid FROM cron_engine.claim_run(false, NULL, 1, NULL, NULL)")) {
                assertThat(claimed.next()).isTrue();
                assertThat(claimed.getString(1)).isNull();
            }
        } finally {
            database.owner().sql("UPDATE cron.settings SET paused = false").update();
        }
        assertThat(jobs.ended(runid).status()).isEqualTo("succeeded");
    }

    @Test
    void cannotEndItsOwnRunBeforeItsTime() {
        RecordedRun run = job("""
                SELECT cron_engine.end_run(current_setting('cronlink.runid')::bigint, 1, 'succeeded', 'forged', 'forged', NULL, false, now())
                """);

        assertThat(run.status()).isEqualTo("failed");
        assertThat(run.result()).isNull();
    }

    /** But for the gate, in which there is nothing but the name of who looks. */
    @Test
    void readsNoTableOfTheEngine() {
        for (String table : database.owner()
                .sql(
                        "SELECT oid::regclass::text FROM pg_class WHERE relkind IN ('r', 'v', 'S') AND relnamespace = 'cron_engine'::regnamespace AND relname NOT IN ('request', 'question')")
                .query(String.class)
                .list()) {
            assertThat(job("SELECT * FROM " + table).sqlstate()).as(table).isEqualTo("42501");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT count(*) FROM pg_user_mappings WHERE umoptions IS NOT NULL AND umoptions::text NOT LIKE '%%attacker-%%'",
                "SELECT count(*) FROM pg_user_mapping",
                "SELECT count(*) FROM pg_authid",
                "SELECT count(*) FROM pg_foreign_server WHERE srvoptions::text ~ 'password'",
                "SELECT count(*) FROM information_schema.user_mapping_options WHERE option_value IS NOT NULL",
                "SELECT count(*) FROM pg_foreign_server AS s WHERE cron_engine.login_conninfo(s.srvname) ~ 'password'",
                "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%%%2$s%%' AND query NOT LIKE '%%pg_stat_activity%%'",
                "SELECT public.dblink_connect('mine', 'cronlink:%1$s')",
                "SELECT * FROM public.dblink('cronlink:%1$s', 'SELECT 1') AS r (a integer)",
                "SELECT message FROM cron_engine.open_remote('cronlink:%1$s', '2 s')",
                "SELECT * FROM public.dblink('cronlink signal', 'SELECT 1') AS r (a integer)",
            })
    void readsNoPassword(String query) {
        RecordedRun run = job(query.formatted(victim.replace("'", "''"), SECRET));

        if (run.status().equals("succeeded")) {
            assertThat(run.result()).matches(result -> "0".equals(result) || result.startsWith("connection failed"));
        } else {
            assertThat(run.sqlstate()).isNotNull();
        }
        assertThat(String.valueOf(run.returnMessage()) + run.result())
                .doesNotContain(SECRET)
                .doesNotContain(database.password(database.ownerName()));
    }

    @Test
    void readsNoPasswordInTheTextOfAnError() {
        database.superuser()
                .sql("ALTER ROLE " + identifier(victim) + " PASSWORD 'another'")
                .update();
        try {
            jobs.ended(jobs.start(job));
            assertThat(database.superuser()
                            .sql("SELECT count(*) FROM cron.job_run_details AS d WHERE d::text LIKE '%' || ? || '%'")
                            .param(SECRET)
                            .query(Long.class)
                            .single())
                    .isZero();
        } finally {
            database.superuser()
                    .sql("ALTER ROLE " + identifier(victim) + " PASSWORD '" + SECRET + "'")
                    .update();
        }
    }

    /** Who it was that ran code of the attacker's. */
    private List<String> caught() {
        return database.superuser()
                .sql("SELECT DISTINCT c::text FROM attackers.caught AS c")
                .query(String.class)
                .list();
    }

    private void setTrap() {
        for (String statement : new String[] {
            "DROP TABLE IF EXISTS attackers.caught",
            "CREATE TABLE attackers.caught (session_user_ name, current_user_ name)",
            "GRANT INSERT ON attackers.caught TO PUBLIC",
            "ALTER TABLE attackers.caught OWNER TO " + identifier(attacker),
            """
            CREATE OR REPLACE FUNCTION attackers.catch() RETURNS void LANGUAGE plpgsql
            AS 'BEGIN INSERT INTO attackers.caught VALUES (session_user, current_user); END'
            """,
            """
            CREATE OR REPLACE FUNCTION attackers.catch_trigger() RETURNS trigger LANGUAGE plpgsql
            AS 'BEGIN PERFORM attackers.catch(); RETURN NULL; END'
            """,
        }) {
            database.superuser().sql(statement).update();
        }
    }

    @Test
    void runsADeferredTriggerAsItselfOnly() {
        setTrap();
        RecordedRun run = job("""
                CREATE TABLE attackers.deferred (a integer);
                CREATE CONSTRAINT TRIGGER later AFTER INSERT ON attackers.deferred DEFERRABLE INITIALLY DEFERRED
                    FOR EACH ROW EXECUTE FUNCTION attackers.catch_trigger();
                INSERT INTO attackers.deferred VALUES (1)
                """);

        assertThat(run.status()).as(run.returnMessage()).isEqualTo("succeeded");
        assertThat(caught()).containsExactly(twice(attacker));
    }

    @Test
    void runsATriggerThatDefersItselfToTheCommitAsItselfOnly() {
        setTrap();
        RecordedRun run = job("""
                CREATE TABLE attackers.again (a integer);
                CREATE FUNCTION attackers.again() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    PERFORM attackers.catch();
                    SET CONSTRAINTS ALL DEFERRED;
                    IF NEW.a < 5 THEN
                        INSERT INTO attackers.again VALUES (NEW.a + 1);
                    ELSE
                        RAISE EXCEPTION 'at the commit' USING ERRCODE = 'AT999';
                    END IF;
                    RETURN NULL;
                END$$;
                CREATE CONSTRAINT TRIGGER later AFTER INSERT ON attackers.again DEFERRABLE INITIALLY DEFERRED
                    FOR EACH ROW EXECUTE FUNCTION attackers.again();
                INSERT INTO attackers.again VALUES (1)
                """);

        assertThat(run.status()).isEqualTo("failed");
        assertThat(run.sqlstate()).isEqualTo("AT999");
        assertThat(caught()).isEmpty();
        assertThat(database.superuser()
                        .sql("SELECT to_regclass('attackers.again') IS NULL")
                        .query(Boolean.class)
                        .single())
                .isTrue();
        assertThat(job("SELECT 'the next'").result()).isEqualTo("the next");
    }

    @Test
    void runsACursorThatOutlivesItsTransactionAsItselfOnly() {
        setTrap();
        database.superuser().sql("""
                        CREATE OR REPLACE FUNCTION attackers.row() RETURNS integer LANGUAGE plpgsql
                        AS 'BEGIN PERFORM attackers.catch(); RETURN 1; END'
                        """).update();
        RecordedRun run = job("DECLARE held CURSOR WITH HOLD FOR SELECT attackers.row() FROM generate_series(1, 3)");

        assertThat(run.status()).as(run.returnMessage()).isEqualTo("succeeded");
        assertThat(caught()).isSubsetOf(twice(attacker));
        assertThat(job("SELECT count(*) FROM pg_cursors WHERE name = 'held'").result())
                .isEqualTo("0");
    }

    @Test
    void shadowsNothingThatTheEngineCalls() {
        setTrap();
        StringBuilder shadows = new StringBuilder();
        for (String signature : new String[] {
            "clock_timestamp() RETURNS timestamptz",
            "now() RETURNS timestamptz",
            "pg_backend_pid() RETURNS integer",
            "current_setting(text) RETURNS text",
            "set_config(text, text, boolean) RETURNS text",
            "format(text, text) RETURNS text",
            "left(text, integer) RETURNS text",
            "concat_ws(text, text, text) RETURNS text",
            "pg_sleep(double precision) RETURNS void",
            "pg_advisory_unlock_all() RETURNS void",
            "md5(text) RETURNS text",
            "concat(text, text) RETURNS text",
            "pg_try_advisory_lock_shared(integer, integer) RETURNS boolean",
        }) {
            shadows.append(
                    "CREATE OR REPLACE FUNCTION attackers.%s LANGUAGE plpgsql AS 'BEGIN PERFORM attackers.catch(); RETURN%s; END';\n"
                            .formatted(signature, signature.endsWith("void") ? "" : " NULL"));
        }
        for (String type : new String[] {"text", "bigint", "integer", "timestamptz", "name"}) {
            shadows.append("""
                    CREATE OR REPLACE FUNCTION attackers.equal(a %1$s, b %1$s) RETURNS boolean LANGUAGE plpgsql
                        AS 'BEGIN PERFORM attackers.catch(); RETURN true; END';
                    CREATE OPERATOR attackers.= (FUNCTION = attackers.equal, LEFTARG = %1$s, RIGHTARG = %1$s);
                    CREATE OPERATOR attackers.< (FUNCTION = attackers.equal, LEFTARG = %1$s, RIGHTARG = %1$s);
                    CREATE OPERATOR attackers.<> (FUNCTION = attackers.equal, LEFTARG = %1$s, RIGHTARG = %1$s);
                    """.formatted(type));
        }
        assertThat(job(shadows.toString()).status()).isEqualTo("succeeded");
        database.superuser()
                .sql("ALTER ROLE " + identifier(attacker) + " SET search_path = attackers, pg_catalog, public")
                .update();
        endSessions();
        try {
            assertThat(job("SELECT 'one'").status()).isEqualTo("succeeded");
            assertThat(job("VACUUM attackers.caught").status()).isEqualTo("succeeded");
            assertThat(job("SET search_path = attackers, pg_catalog; SELECT 1 / 0")
                            .status())
                    .isEqualTo("failed");
            job("SELECT cron.schedule('of the shadows', '0 0 29 2 *', 'SELECT 1')");
            job("SELECT cron.unschedule('of the shadows')");
            job("SELECT count(*) FROM cron.job_statistics");
            assertThat(caught()).isSubsetOf(twice(attacker));
        } finally {
            database.superuser()
                    .sql("ALTER ROLE " + identifier(attacker) + " RESET search_path")
                    .update();
            endSessions();
        }
    }

    /** So that the next ones have the role's present settings. */
    private void endSessions() {
        database.superuser()
                .sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = ?")
                .param(attacker)
                .query()
                .listOfRows();
    }

    @Test
    void isNotCalledWhereItsFunctionWouldFitBetterThanDblinks() {
        setTrap();
        // As where dblink was installed into a schema in which everybody may create functions.
        database.superuser().sql("""
                        CREATE FUNCTION public.dblink_connect(a text, b name) RETURNS text LANGUAGE plpgsql
                        AS 'BEGIN PERFORM attackers.catch(); RETURN NULL; END'
                        """).update();
        try {
            String fresh = database.createJobUser("fresh");
            RecordedRun run = jobs.run(fresh, "SELECT 1");
            long runid = jobs.start(jobs.create(fresh, "SELECT pg_sleep(600)"));
            jobs.running(runid);
            database.owner().sql("SELECT cron.cancel(?)").param(runid).query().singleRow();

            assertThat(run.status()).isEqualTo("succeeded");
            assertThat(jobs.ended(runid).returnMessage()).isEqualTo("job canceled");
            assertThat(caught()).isEmpty();
        } finally {
            database.superuser()
                    .sql("DROP FUNCTION public.dblink_connect(text, name)")
                    .update();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "it's \"quoted\" \\ and \\'",
                "two\nlines\tand %s %I %% $1",
                "a name that is longer than sixty-three characters, as no identifier may be, but a text may",
                "host=127.0.0.2 port=1 password=x options='-c role=postgres'",
                "' host='127.0.0.2",
                "-c is_superuser=on",
                "ünïcödé €"
            })
    void givesItsJobsAnyName(String name) {
        for (String command : new String[] {"SELECT current_setting('application_name')", "VACUUM attackers.nothing"}) {
            long jobid = database.as(attacker)
                    .sql("SELECT cron.schedule(?, '0 0 29 2 *', ?)")
                    .param(name)
                    .param(command)
                    .query(Long.class)
                    .single();
            RecordedRun run = jobs.ended(jobs.start(jobid));
            if (command.startsWith("SELECT")) {
                assertThat(run.status()).as(run.returnMessage()).isEqualTo("succeeded");
                assertThat(run.result()).startsWith("cronlink: ");
            } else {
                assertThat(run.returnMessage()).isEqualTo("ERROR:  relation \"attackers.nothing\" does not exist");
            }
        }
        database.as(attacker)
                .sql("SELECT cron.unschedule(?)")
                .param(name)
                .query()
                .singleRow();
    }

    @Test
    void raisesAnErrorOfAnyText() {
        RecordedRun run =
                job("DO $$BEGIN RAISE EXCEPTION '%', E'%s %I %% \\\\ ''\\n$1' USING DETAIL = '%s', HINT = '%n'; END$$");

        assertThat(run.returnMessage()).startsWith("ERROR:  %s %I %% \\ '\n$1\nDETAIL:  %s\nHINT:  %n");
    }

    @Test
    void isServedByAsManyWorkersWhateverTheLengthOfItsName() {
        String first = database.createJobUser("r".repeat(58));
        String second = database.createJobUser("r".repeat(58));
        try (TestLock lock = new TestLock(database)) {
            List<Long> runs = List.of(first, second, first, second).stream()
                    .map(role -> jobs.start(jobs.create(role, lock.command())))
                    .toList();

            runs.forEach(jobs::running);

            lock.open();
            assertThat(runs.stream().map(runid -> jobs.ended(runid).status())).containsOnly("succeeded");
        }
    }

    @Test
    void keepsItsLoginToItselfWhateverTheLettersOfItsName() {
        String first = database.createJobUser("ä".repeat(28));
        String second = database.createJobUser("ä".repeat(28));

        assertThat(jobs.run(first, "SELECT session_user").result()).isEqualTo(first);
        assertThat(jobs.run(second, "SELECT session_user").result()).isEqualTo(second);
    }

    @Test
    void leavesNoConnectionToTheNextRun() {
        RecordedRun run = job("SELECT public.dblink_connect('mine', " + itself() + ")");
        RecordedRun next = job("SELECT public.dblink_get_connections()::text");

        assertThat(run.status()).as(run.returnMessage()).isEqualTo("succeeded");
        assertThat(next.jobPid()).isEqualTo(run.jobPid());
        assertThat(next.result()).isNull();
    }

    /** One without a name is in no list. */
    @Test
    void leavesNoUnnamedConnectionToTheNextRun() {
        RecordedRun run = job("SELECT public.dblink_connect(" + itself() + ")");
        RecordedRun next = job("SELECT a FROM public.dblink('SELECT current_user') AS t (a text)");

        assertThat(run.status()).as(run.returnMessage()).isEqualTo("succeeded");
        assertThat(next.jobPid()).isEqualTo(run.jobPid());
        assertThat(next.sqlstate()).isEqualTo("08003");
    }

    private String itself() {
        return literal("host=localhost port=%s dbname=%s user=%s password=%s"
                .formatted(
                        jobs.value("SELECT current_setting('port')"),
                        option(database.name()),
                        option(attacker),
                        option(database.password(attacker))));
    }

    /** As PostgreSQL writes a row. */
    private static String twice(String role) {
        String quoted = '"' + role.replace("\"", "\"\"") + '"';
        return "(" + quoted + "," + quoted + ")";
    }

    /** As libpq reads it. */
    static String option(String value) {
        return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
