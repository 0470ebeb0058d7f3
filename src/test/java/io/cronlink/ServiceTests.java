package io.cronlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cronlink.database.CronlinkDatabase;
import io.cronlink.database.TestDatabase;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@CronlinkDatabase
class ServiceTests {

    private static final Duration TAKEOVER = Duration.ofSeconds(10);

    @TempDir
    private Path data;

    private String status(TestDatabase database, long runid) {
        return database.owner()
                .sql("SELECT status FROM cron.job_run_details WHERE runid = ?")
                .param(runid)
                .query(String.class)
                .single();
    }

    @Test
    void anotherGoesOnWhenItIsKilledAndNoRunIsHarmed(TestDatabase database) {
        try (ServiceProcess first = ServiceProcess.start(data, database).awaitReady();
                ServiceProcess second = ServiceProcess.start(data, database).awaitReady()) {
            assertThat(second.output()).contains("Standing by");
            long ticking = database.owner()
                    .sql("SELECT cron.schedule('ticking', '1 second', 'SELECT 1')")
                    .query(Long.class)
                    .single();
            long runid = database.owner()
                    .sql("SELECT cron.run_job(cron.schedule('long', '0 3 1 1 *', 'SELECT pg_sleep(10)'))")
                    .query(Long.class)
                    .single();
            await().atMost(TAKEOVER).until(() -> status(database, runid).equals("running"));

            first.kill();

            await().atMost(TAKEOVER).until(() -> second.output().contains("Leading"));
            long fires = fires(database, ticking);
            await().atMost(TAKEOVER).until(() -> fires(database, ticking) > fires + 2);
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> status(database, runid).equals("succeeded"));
            assertThat(doubles(database, ticking)).isZero();
        }
    }

    @Test
    void saysThatItsDatabaseIsACopyAndAdoptsItWhenToldTo() {
        try (TestDatabase original = TestDatabase.create()) {
            original.owner()
                    .sql("SELECT cron.schedule('0 3 29 2 *', 'SELECT 1')")
                    .query()
                    .singleRow();
            try (TestDatabase copy = original.copy()) {
                // As JSON writes it.
                String notice = "is a copy of database \\\"" + original.name().replace("\"", "\\\"") + "\\\"";
                try (ServiceProcess service = ServiceProcess.start(data, copy).awaitReady()) {
                    assertThat(service.output()).contains("Not leading: database");
                    assertThat(service.get("/actuator/health").statusCode()).isEqualTo(503);
                    assertThat(service.get("/actuator/health").body())
                            .contains("\"session\":\"copy\"")
                            .contains(notice)
                            .contains("CRONLINK_DAEMON_ADOPT=");
                    HttpResponse<String> refused = service.post("/api/v1/jobs/1/runs", "{}");
                    assertThat(refused.statusCode()).isEqualTo(409);
                    assertThat(refused.body()).contains(notice);
                }
                Map<String, String> environment = new HashMap<>(copy.environment());
                environment.put("CRONLINK_DAEMON_ADOPT", copy.name());
                try (ServiceProcess service =
                        ServiceProcess.start(data, environment).awaitReady()) {
                    await().atMost(TAKEOVER).until(() -> health(service) == 200);
                    assertThat(service.post("/api/v1/jobs/1/runs", "{}").statusCode())
                            .isEqualTo(201);
                }
            }
        }
    }

    @Test
    void startsAgainWithoutALoopBackSettingThatWasWrong() {
        try (TestDatabase database = TestDatabase.create()) {
            Map<String, String> environment = new HashMap<>(database.environment());
            environment.put("CRONLINK_LOOPBACK_PORT", "1");
            try (ServiceProcess service = ServiceProcess.start(data, environment)) {
                assertThat(service.exitCode()).isEqualTo(1);
                assertThat(service.output()).contains("Check CRONLINK_LOOPBACK_PORT: the server listens on port ");
            }
            try (ServiceProcess service = ServiceProcess.start(data, database).awaitReady()) {
                await().atMost(TAKEOVER).until(() -> health(service) == 200);
            }
        }
    }

    @Test
    void livesWithoutItsDatabaseAndGoesOnWithIt() {
        try (TestDatabase database = TestDatabase.create();
                ServiceProcess service = ServiceProcess.start(data, database).awaitReady()) {
            await().atMost(TAKEOVER).until(() -> health(service) == 200);

            database.shut();
            await().atMost(TAKEOVER).until(() -> health(service) == 503);
            // Whoever asks does not wait as long as that: a request waits 5 s for a session.
            long begin = System.nanoTime();
            assertThat(health(service)).isEqualTo(503);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(4));

            assertThat(service.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
            assertThat(service.get("/actuator/health/readiness").statusCode()).isEqualTo(503);
            begin = System.nanoTime();
            await().atMost(TAKEOVER).until(() -> scrape(service).contains("\ncronlink_database_up 0.0\n"));
            assertThat(scrape(service)).doesNotContain("cronlink_scheduler_").doesNotContain("cronlink_runs_");
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(8));
            HttpResponse<String> refused = service.get("/api/v1/jobs");
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
            assertThat(refused.body()).contains("The database is not available.");

            database.open();
            await().atMost(TAKEOVER).until(() -> health(service) == 200);
            await().atMost(TAKEOVER).until(() -> scrape(service).contains("\ncronlink_scheduler_leading 1.0\n"));
            assertThat(service.output().lines().filter(line -> line.contains("Disconnected")))
                    .hasSize(1);
        }
    }

    private static String scrape(ServiceProcess service) {
        return service.get("/actuator/prometheus").body();
    }

    private static int health(ServiceProcess service) {
        return service.get("/actuator/health").statusCode();
    }

    @Test
    void bringsAnEmptyDatabaseUpWithTheHelpOfAStrongerRole() {
        Path folder = data.resolve("it's here");
        try (TestDatabase database = TestDatabase.createEmpty();
                ServiceProcess service = ServiceProcess.start(
                                folder,
                                database,
                                "--spring.flyway.user=" + database.superuserName(),
                                "--spring.flyway.password=" + database.password(database.superuserName()))
                        .awaitReady()) {
            assertThat(service.get("/actuator/health/readiness").statusCode()).isEqualTo(200);
            assertThat(service.output()).doesNotContain("PGPASSFILE");
            assertThat(folder.resolve("postgresql-18")).doesNotExist();
            // To be pasted into a shell.
            assertThat(service.output())
                    .contains("--netrc-file '"
                            + folder.resolve("netrc").toString().replace("'", "'\\''") + "' ");
            assertThat(database.superuser().sql("""
                                    SELECT DISTINCT pg_get_userbyid(relowner)
                                    FROM pg_class
                                    WHERE relnamespace IN ('cron'::regnamespace, 'cron_engine'::regnamespace)
                                    """).query(String.class).list()).containsExactly(database.ownerName());
        }
    }

    /** The locale of a service that was given none. */
    @Test
    void readsItsEnvironmentAsUtf8InEveryLocale(TestDatabase database) {
        Map<String, String> environment = new HashMap<>(database.environment());
        environment.put("LC_ALL", "C");

        try (ServiceProcess service = ServiceProcess.start(data, environment)) {
            service.awaitReady();
        }
    }

    @Test
    void readsItsArgumentsAsUtf8InEveryLocale(TestDatabase database) {
        Map<String, String> environment = new HashMap<>(database.environment());
        String password = Objects.requireNonNull(environment.remove("SPRING_DATASOURCE_PASSWORD"));
        environment.put("LC_ALL", "C");

        try (ServiceProcess service = ServiceProcess.start(
                data, environment, "--spring.application.name=", "--spring.datasource.password=" + password)) {
            service.awaitReady();
        }
    }

    private static long fires(TestDatabase database, long jobid) {
        return database.owner()
                .sql("SELECT count(*) FROM cron.job_run_details WHERE jobid = ?")
                .param(jobid)
                .query(Long.class)
                .single();
    }

    private static long doubles(TestDatabase database, long jobid) {
        return database.owner().sql("""
                        SELECT count(*) - count(DISTINCT scheduled_time)
                        FROM cron.job_run_details
                        WHERE jobid = ? AND trigger IN ('schedule', 'catch-up')
                        """).param(jobid).query(Long.class).single();
    }
}
