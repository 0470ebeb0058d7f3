package io.cronlink.run;

import static io.cronlink.database.TestDatabase.identifier;
import static io.cronlink.database.TestDatabase.literal;
import static org.assertj.core.api.Assertions.assertThat;

import io.cronlink.database.CronlinkDatabase;
import io.cronlink.database.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * dblink often is in schema public, where others may create: a function of theirs for another type of text would be called instead, if it
 * fitted the arguments better, and as the engine's owner.
 */
@Tag("engine")
@CronlinkDatabase
class HostileDblinkTests {

    private final TestDatabase database;
    private final TestJobs jobs;
    private final String attacker;

    HostileDblinkTests(TestDatabase database) {
        this.database = database;
        this.jobs = new TestJobs(database);
        this.attacker = database.createUser("attacker");
    }

    @BeforeEach
    void lay() {
        String schema = identifier(
                jobs.value(
                        "SELECT n.nspname FROM pg_extension AS e JOIN pg_namespace AS n ON n.oid = e.extnamespace WHERE e.extname = 'dblink'"));
        database.superuser()
                .sql("GRANT ALL ON SCHEMA %s TO %s".formatted(schema, identifier(attacker)))
                .update();
        database.superuser()
                .sql("GRANT USAGE ON SCHEMA %s TO PUBLIC".formatted(schema))
                .update();
        database.superuser()
                .sql("GRANT CREATE ON SCHEMA public TO " + identifier(attacker))
                .update();
        database.as(attacker).sql("CREATE TABLE public.loot (name text)").update();
        database.as(attacker).sql("GRANT ALL ON public.loot TO PUBLIC").update();
        for (String type : List.of("name", "varchar")) {
            // Instead of the first parameter, and of all of them.
            for (String parameters : List.of(
                    "regexp_replace(pg_get_function_identity_arguments(p.oid), '\\mtext\\M', %s)",
                    "regexp_replace(pg_get_function_identity_arguments(p.oid), '\\mtext\\M', %s, 'g')")) {
                database.as(attacker)
                        .sql("""
                                DO $do$
                                DECLARE
                                    v_function record;
                                BEGIN
                                    FOR v_function IN
                                        SELECT DISTINCT p.proname, %s AS arguments, pg_get_function_result(p.oid) AS result
                                        FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace
                                        WHERE p.proname ~ '^dblink' AND pg_get_function_identity_arguments(p.oid) ~ '^text'
                                            AND pg_get_userbyid(p.proowner) <> CURRENT_USER
                                    LOOP
                                        EXECUTE format($$CREATE OR REPLACE FUNCTION %s.%%I(%%s) RETURNS %%s LANGUAGE plpgsql AS
                                            'BEGIN INSERT INTO public.loot VALUES (current_user); RETURN%%s; END'$$,
                                            v_function.proname, v_function.arguments, v_function.result,
                                            CASE WHEN v_function.result LIKE 'SETOF%%' THEN '' ELSE ' NULL' END);
                                    END LOOP;
                                END
                                $do$
                                """.formatted(parameters.formatted(literal(type)), schema))
                        .update();
            }
        }
    }

    @AfterEach
    void clear() {
        database.stopDaemons();
        database.superuser()
                .sql("DROP OWNED BY " + identifier(attacker) + " CASCADE")
                .update();
        database.owner().sql("DELETE FROM cron.job").update();
    }

    private List<String> loot() {
        return database.as(attacker)
                .sql("SELECT name FROM public.loot")
                .query(String.class)
                .list();
    }

    @Test
    void theEngineCallsDblinkItself() {
        String role = database.createJobUser("user");
        database.startDaemon();

        assertThat(jobs.run("SELECT 1").status()).isEqualTo("succeeded");
        assertThat(jobs.run(role, "VACUUM cron.job").status()).isEqualTo("succeeded");
        long runid = jobs.start(jobs.create(role, "SELECT pg_sleep(600)"));
        jobs.running(runid);
        database.owner().sql("SELECT cron.cancel(?)").param(runid).query().singleRow();
        assertThat(jobs.ended(runid).returnMessage()).isEqualTo("job canceled");
        assertThat(jobs.value("SELECT string_agg(status, ' ') FROM cron.parallel('{SELECT 1, SELECT 2}')"))
                .isEqualTo("succeeded succeeded");

        assertThat(loot()).isEmpty();
    }

    @Test
    void soDoesAnImport() {
        jobs.create("SELECT 1");

        database.owner()
                .sql("SELECT cron.import_pg_cron(server) FROM cron_engine.login WHERE username = ?")
                .param(database.ownerName())
                .query()
                .singleRow();

        assertThat(loot()).isEmpty();
    }

    @Test
    void theTrapWouldBeSprung() {
        database.owner()
                .sql(
                        "SELECT %s.dblink_disconnect('none'::name)"
                                .formatted(
                                        identifier(
                                                jobs.value(
                                                        "SELECT n.nspname FROM pg_extension AS e JOIN pg_namespace AS n ON n.oid = e.extnamespace WHERE e.extname = 'dblink'"))))
                .query()
                .singleRow();

        assertThat(loot()).containsExactly(database.ownerName());
    }
}
