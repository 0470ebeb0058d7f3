package io.cronlink.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.cronlink.database.Release;
import io.cronlink.database.TestDatabase;
import io.cronlink.startup.CannotStart;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@Tag("engine")
@ExtendWith(OutputCaptureExtension.class)
@ResourceLock(Resources.SYSTEM_OUT)
class MigrationTests {

    private static final String OBJECTS = """
            SELECT string_agg(o.line, E'\\n' ORDER BY o.line)
            FROM (SELECT format('%s %s %s', p.oid::regprocedure, md5(p.prosrc), p.proacl) AS line FROM pg_proc AS p
                  WHERE p.pronamespace IN ('cron'::regnamespace, 'cron_engine'::regnamespace)
                  UNION ALL
                  SELECT format('%s %s %s', c.oid, c.relname, c.relacl) FROM pg_class AS c
                  WHERE c.relnamespace IN ('cron'::regnamespace, 'cron_engine'::regnamespace)
                  UNION ALL
                  SELECT format('%s %s', t.oid, t.tgname) FROM pg_trigger AS t
                  UNION ALL
                  SELECT format('%s %s', h.script, h.checksum) FROM cron_engine.flyway_schema_history AS h) AS o
            """;

    private static String objects(TestDatabase database) {
        return database.owner().sql(OBJECTS).query(String.class).single();
    }

    @Test
    void changesNothingTheSecondTime() {
        try (TestDatabase database = TestDatabase.create()) {
            String before = objects(database);

            database.migrate();

            assertThat(objects(database)).isEqualTo(before);
        }
    }

    @Test
    void isDoneOnceWhenManyBeginTogether() throws Exception {
        ExecutorService replicas = Executors.newFixedThreadPool(20);
        try (TestDatabase database = TestDatabase.createEmpty()) {
            List<Future<?>> starts = IntStream.range(0, 20)
                    .<Future<?>>mapToObj(i -> replicas.submit(() -> database.migrate()))
                    .toList();
            for (Future<?> start : starts) {
                start.get();
            }

            assertThat(database.owner()
                            .sql(
                                    "SELECT count(*) - count(DISTINCT script) FROM cron_engine.flyway_schema_history WHERE success")
                            .query(Long.class)
                            .single())
                    .isZero();
        } finally {
            replicas.shutdown();
        }
    }

    /** A routine that a later version has dropped, renamed or moved to another layer. */
    @Test
    void isNotStoppedByARoutineThatIsGone() {
        try (TestDatabase database = TestDatabase.create()) {
            applied(database, null, "9 cron engine.gone", "R__9_cron_engine.gone.sql");

            database.migrate();

            assertThat(objects(database)).contains("R__9_cron_engine.gone.sql");
        }
    }

    @Test
    void refusesADatabaseOfANewerVersion() {
        try (TestDatabase database = TestDatabase.create()) {
            applied(database, "1000", "future", "V1000__future.sql");
            String before = objects(database);

            assertThatThrownBy(() -> database.migrateAs(database.ownerName()))
                    .isInstanceOf(CannotStart.class)
                    .hasMessage("the database was migrated by a newer version of Cronlink, to schema version 1000");
            assertThat(objects(database)).isEqualTo(before);
        }
    }

    private static void applied(TestDatabase database, @Nullable String version, String description, String script) {
        database.owner()
                .sql("""
                        INSERT INTO cron_engine.flyway_schema_history (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
                        SELECT max(installed_rank) + 1, ?, ?, 'SQL', ?, 1, CURRENT_USER, 0, true FROM cron_engine.flyway_schema_history
                        """)
                .params(Arrays.asList(version, description, script))
                .update();
    }

    /** Its own name for it, Flyway's key, and that of earlier days: locks that any role can take. */
    @Test
    void nobodyElsesLocksKeepItWaiting() throws SQLException {
        long flyway = 77431708279161L + "\"cron_engine\".\"flyway_schema_history\"".hashCode();
        try (TestDatabase database = TestDatabase.createEmpty()) {
            String bob = database.createRole("bob");
            try (Connection session = database.connect(bob);
                    Statement statement = session.createStatement()) {
                statement.execute("SET application_name = 'cronlink migration'");
                statement.execute("SELECT pg_advisory_lock(1129467470), pg_advisory_lock(" + flyway + ")");

                assertTimeoutPreemptively(Duration.ofSeconds(20), () -> database.migrate());
                // With nothing left to do it takes Flyway's way through its history all the same.
                assertTimeoutPreemptively(Duration.ofSeconds(20), () -> database.migrate());
            }
        }
    }

    /** A kill of the service leaves all of it or nothing: what was done, and that it was done. */
    @Test
    void isOneTransactionWithItsRecord() {
        try (TestDatabase database = TestDatabase.createEmpty().migrate()) {
            assertThat(database.owner().sql("""
                            SELECT count(DISTINCT xmin::text)
                              FROM (SELECT xmin FROM pg_constraint WHERE connamespace = 'cron'::regnamespace
                                    UNION ALL
                                    SELECT xmin FROM cron_engine.flyway_schema_history WHERE type = 'SQL') x
                            """).query(Integer.class).single()).isEqualTo(1);
        }
    }

    /** Which as autovacuum gives way to who waits for its table for a while, and ends by itself otherwise. */
    @Test
    void waitsForAVacuum() throws Exception {
        ExecutorService service = Executors.newSingleThreadExecutor();
        try (TestDatabase database = TestDatabase.create();
                Connection vacuum = database.connect(database.ownerName());
                Statement statement = vacuum.createStatement()) {
            vacuum.setAutoCommit(false);
            statement.execute("LOCK TABLE cron.job_run_details IN SHARE UPDATE EXCLUSIVE MODE");
            Future<?> upgrade = service.submit(() -> database.migrate(Release.later(1)));
            await().until(() -> database.superuser()
                    .sql(
                            "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND clock_timestamp() > state_change + interval '1.2 s')")
                    .query(Boolean.class)
                    .single());
            // Nobody else waits meanwhile.
            database.owner().sql("UPDATE cron.settings SET paused = paused").update();
            vacuum.commit();
            upgrade.get();
        } finally {
            service.shutdown();
        }
    }

    /** A run has read one table and is going to write another, which an upgrade has taken already. */
    @Test
    void givesWayToWhomItWouldWaitForInACircle() throws Exception {
        ExecutorService service = Executors.newSingleThreadExecutor();
        try (TestDatabase database = TestDatabase.create();
                Connection run = database.connect(database.ownerName());
                Statement statement = run.createStatement()) {
            run.setAutoCommit(false);
            statement.execute("LOCK TABLE cron_engine.worker IN ACCESS SHARE MODE");
            Future<?> upgrade = service.submit(() -> database.migrate(Release.later(1)));
            for (int i = 0; i < 3; i++) {
                await().until(() -> database.superuser()
                        .sql(
                                "SELECT EXISTS (SELECT FROM pg_locks WHERE relation = 'cron.job'::regclass AND mode = 'AccessExclusiveLock' AND granted)")
                        .query(Boolean.class)
                        .single());
                Savepoint before = run.setSavepoint();
                statement.execute("LOCK TABLE cron.job, cron_engine.queue IN ROW EXCLUSIVE MODE");
                run.rollback(before);
                assertThat(upgrade.isDone()).isFalse();
            }
            run.commit();
            upgrade.get();

            assertThat(objects(database)).contains("V1001__later.sql");
        } finally {
            service.shutdown();
        }
    }

    @Test
    void warnsOfAnOwnerThatIsASuperuser(CapturedOutput output) {
        try (TestDatabase database = TestDatabase.createEmpty()) {
            String role = database.createRole("mighty");
            database.superuser()
                    .sql("ALTER ROLE " + TestDatabase.identifier(role) + " SUPERUSER")
                    .update();

            database.migrateAs(role);

            assertThat(output.getOut().lines().filter(line -> line.contains(" WARN ")))
                    .singleElement()
                    .asString()
                    .contains("role \"" + role + "\" is a superuser");
        }
    }

    @Test
    void warnsOfNoOrdinaryOwner(CapturedOutput output) {
        try (TestDatabase database = TestDatabase.createEmpty()) {
            database.migrateAs(database.ownerName());

            assertThat(output.getOut()).doesNotContain("superuser");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"o'brien", "''", "o\\'brien\\", "o\"brien", "$$o;--", "O'Brien \\\\ %s {0}"})
    void isDoneByAnOwnerOfAnyName(String name) {
        try (TestDatabase database = TestDatabase.createEmpty()) {
            String role = database.createRoleCalled(name);

            database.migrateAs(role);

            assertThat(database.superuser()
                            .sql(
                                    "SELECT DISTINCT pg_get_userbyid(relowner) FROM pg_class WHERE relnamespace = 'cron'::regnamespace")
                            .query(String.class)
                            .list())
                    .containsExactly(role);
            database.as(role)
                    .sql("SELECT cron.add_login(?, ?)")
                    .param(role)
                    .param(database.password(role))
                    .query()
                    .singleRow();
        }
    }
}
