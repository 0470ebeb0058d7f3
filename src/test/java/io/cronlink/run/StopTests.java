package io.cronlink.run;

import static io.cronlink.database.TestDatabase.identifier;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cronlink.database.CronlinkDatabase;
import io.cronlink.database.TestDatabase;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** G6, for roles as which no session more can be had. */
@Tag("engine")
@CronlinkDatabase
class StopTests {

    private static final Duration WITHIN = Duration.ofSeconds(5);

    private final TestDatabase database;
    private final TestJobs jobs;

    StopTests(TestDatabase database) {
        this.database = database;
        this.jobs = new TestJobs(database);
    }

    @BeforeAll
    static void start(TestDatabase database) {
        database.startDaemon();
    }

    @AfterAll
    static void stop(TestDatabase database) {
        database.stopDaemons();
    }

    private void alter(String role, String change) {
        database.superuser()
                .sql("ALTER ROLE " + identifier(role) + " " + change)
                .update();
    }

    @ParameterizedTest
    @ValueSource(strings = {"CONNECTION LIMIT 1", "PASSWORD 'another one'", "NOLOGIN", "VALID UNTIL '2000-01-01'"})
    void aRunIsStoppedWithoutAnotherSession(String change) {
        String role = database.createJobUser("full");
        long canceled = jobs.start(jobs.create(role, "SELECT pg_sleep(600)"));
        jobs.running(canceled);
        alter(role, change);

        jobs.cancel(canceled);

        await().atMost(WITHIN).until(() -> !jobs.find(canceled).status().equals("running"));
        assertThat(jobs.find(canceled).returnMessage()).isEqualTo("job canceled");
    }

    @Test
    void aRunThatCannotBeStoppedSaysSo() {
        String role = database.createJobUser("deaf");
        long runid = jobs.start(jobs.create(role, """
                DO $$BEGIN
                    LOOP
                        BEGIN PERFORM pg_sleep(600); EXCEPTION WHEN query_canceled THEN NULL; END;
                    END LOOP;
                END$$"""));
        jobs.running(runid);
        alter(role, "NOLOGIN");
        database.owner().sql("UPDATE cron.settings SET cancel_grace = '200 ms'").update();
        try {
            jobs.cancel(runid);

            await().atMost(WITHIN)
                    .until(() -> String.valueOf(jobs.find(runid).note()).contains("is not permitted to log in"));
            assertThat(jobs.find(runid).status()).isEqualTo("running");
            assertThat(jobs.find(runid).note()).contains("cannot be stopped: ");

            // Somebody makes it possible.
            database.superuser()
                    .sql("GRANT %s TO %s".formatted(identifier(role), identifier(database.ownerName())))
                    .update();
            assertThat(jobs.ended(runid).returnMessage()).isEqualTo("job canceled");
        } finally {
            database.owner()
                    .sql("UPDATE cron.settings SET cancel_grace = DEFAULT")
                    .update();
        }
    }
}
