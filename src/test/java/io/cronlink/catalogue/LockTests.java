package io.cronlink.catalogue;

import static io.cronlink.catalogue.Sessions.refusal;
import static io.cronlink.database.TestDatabase.identifier;
import static org.assertj.core.api.Assertions.assertThat;

import io.cronlink.database.CronlinkDatabase;
import io.cronlink.database.TestDaemon;
import io.cronlink.database.TestDatabase;
import io.cronlink.run.TestJobs;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** No lock that anybody may take holds up anybody else: neither whoever leads, nor jobs, nor those who make them. */
@Tag("engine")
@CronlinkDatabase
class LockTests {

    private static final String RELATIONS = """
            SELECT format('%I.%I', n.nspname, c.relname)
            FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
            WHERE n.nspname IN ('cron', 'cron_engine') AND c.relkind IN ('r', 'v')
            """;

    private final TestDatabase database;
    private final TestJobs jobs;

    LockTests(TestDatabase database) {
        this.database = database;
        this.jobs = new TestJobs(database);
    }

    @Test
    void nobodyLocksATable() {
        String user = database.createUser("locker");
        List<String> relations =
                database.superuser().sql(RELATIONS).query(String.class).list();

        assertThat(relations).contains("cron.job", "cron_engine.request", "cron_engine.queue");
        for (String relation : relations) {
            // What conflicts with a write; ROW EXCLUSIVE, which a plain write takes itself, does not.
            for (String mode : List.of("SHARE UPDATE EXCLUSIVE", "SHARE", "ACCESS EXCLUSIVE")) {
                assertThat(refusal(
                                        database,
                                        user,
                                        "DO $$BEGIN LOCK TABLE %s IN %s MODE; END$$".formatted(relation, mode))
                                .sqlState())
                        .as("%s in %s mode", relation, mode)
                        .isEqualTo("42501");
            }
        }
    }

    @Test
    void nobodysAdvisoryLocksKeepAnybodyFromLeading() throws SQLException {
        try (Connection session = database.connect(database.createUser("bob"));
                Statement statement = session.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(1129467470, 0), pg_advisory_lock(1129467470, -1)");
            TestDaemon daemon = database.startDaemon();

            assertThat(jobs.run("SELECT 1").status()).isEqualTo("succeeded");
            assertThat(daemon.isRunning()).isTrue();
            assertThat(jobs.value("SELECT cron_engine.leader_pid()")).isEqualTo(String.valueOf(daemon.pid()));
            jobs.schedule("@after nothing", "SELECT 1");
        } finally {
            database.stopDaemons();
        }
    }

    @Test
    void nobodyWaitsForAnothersChain() throws SQLException {
        String alice = database.createUser("alice");
        try (Connection session = database.connect(database.createUser("bob"));
                Statement statement = session.createStatement()) {
            session.setAutoCommit(false);
            statement.execute("SELECT cron.schedule('b', '@after a', 'SELECT 1')");

            assertThat(database.as(alice)
                            .sql("SELECT cron.schedule('b', '@after a', 'SELECT 1')")
                            .query(Long.class)
                            .single())
                    .isPositive();
            session.rollback();
        }
    }

    @Test
    void aCopyOfTheDatabaseHasNoLeader() {
        try {
            TestDaemon daemon = database.startDaemon();
            assertThat(jobs.run("SELECT 1").status()).isEqualTo("succeeded");

            assertThat(jobs.value("SELECT cron_engine.leader_pid()")).isEqualTo(String.valueOf(daemon.pid()));
            // As it would be for a session that has the process id by now of one that led.
            database.owner()
                    .sql("UPDATE cron_engine.leader SET backend_start = backend_start - interval '1 us'")
                    .update();
            assertThat(jobs.value("SELECT cron_engine.leader_pid() IS NULL")).isEqualTo("true");
        } finally {
            database.stopDaemons();
        }
    }

    @Test
    void ownRunsCanBeDeletedAllTheSame() {
        String alice = database.createUser("alice");
        String bob = database.createUser("bob");
        for (String role : List.of(alice, bob)) {
            database.owner()
                    .sql(
                            "INSERT INTO cron.job_run_details (jobid, username, command, status, end_time)"
                                    + " VALUES (1, :role, 'SELECT 1', 'succeeded', '2026-01-01'), (1, :role, 'SELECT 1', 'succeeded', '2026-02-01')")
                    .param("role", role)
                    .update();
        }

        assertThat(refusal(database, alice, "DELETE FROM cron.job_run_details RETURNING 1")
                        .sqlState())
                .isEqualTo("42501");
        assertThat(deleted(alice)).isOne();
        assertThat(deleted(alice)).isZero();
        assertThat(database.owner()
                        .sql("SELECT count(*) FROM cron.job_run_details WHERE username = :bob")
                        .param("bob", bob)
                        .query(Long.class)
                        .single())
                .isEqualTo(2);
        assertThat(deleted(database.ownerName())).isOne();
        // Whoever is granted it has it as on pg_cron.
        database.owner()
                .sql("GRANT DELETE ON cron.job_run_details TO " + identifier(bob))
                .update();
        assertThat(database.as(bob).sql("DELETE FROM cron.job_run_details").update())
                .isOne();
    }

    private long deleted(String role) {
        return database.as(role)
                .sql("SELECT cron.delete_runs('2026-01-15')")
                .query(Long.class)
                .single();
    }
}
