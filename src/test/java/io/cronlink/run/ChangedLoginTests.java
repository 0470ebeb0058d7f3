package io.cronlink.run;

import static io.cronlink.database.TestDatabase.identifier;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cronlink.database.CronlinkDatabase;
import io.cronlink.database.TestDatabase;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Sessions are kept warm, but what an administrator lays down for a role is in force within seconds, and so is that it is taken back. */
@Tag("engine")
@CronlinkDatabase
class ChangedLoginTests {

    private static final Duration SOON = Duration.ofSeconds(10);

    private final TestDatabase database;
    private final TestJobs jobs;
    private final String role;
    private final long jobid;

    ChangedLoginTests(TestDatabase database) {
        this.database = database;
        this.jobs = new TestJobs(database);
        this.role = database.createJobUser("changed");
        this.jobid = jobs.create(role, "SELECT current_setting('work_mem')");
    }

    @BeforeAll
    static void start(TestDatabase database) {
        database.startDaemon();
    }

    @BeforeEach
    void warmUp() {
        assertThat(run().status()).isEqualTo("succeeded");
    }

    private RecordedRun run() {
        return jobs.ended(jobs.start(jobid));
    }

    private void alter(String change) {
        database.superuser().sql(change).update();
    }

    private void failsWith(String message) {
        await().atMost(SOON).untilAsserted(() -> assertThat(run().returnMessage())
                .startsWith("connection failed\nDETAIL:  ")
                .contains(message));
    }

    private void runsAgain() {
        await().atMost(SOON).untilAsserted(() -> assertThat(run().status()).isEqualTo("succeeded"));
    }

    @Test
    void aRoleIsRenamed() {
        String renamed = role.substring(1);
        alter("ALTER ROLE %s RENAME TO %s".formatted(identifier(role), identifier(renamed)));
        try {
            failsWith("role \"" + role + "\" does not exist");
        } finally {
            alter("ALTER ROLE %s RENAME TO %s".formatted(identifier(renamed), identifier(role)));
        }
        runsAgain();
    }

    @Test
    void aRoleIsRenamedWhileItsRunIsUnderWay() {
        String renamed = role.substring(1);
        try (TestLock lock = new TestLock(database)) {
            long runid = jobs.start(jobs.create(role, lock.command()));
            jobs.running(runid);
            alter("ALTER ROLE %s RENAME TO %s".formatted(identifier(role), identifier(renamed)));
            lock.open();

            assertThat(jobs.ended(runid).returnMessage())
                    .isEqualTo("ERROR:  the role was renamed to \"" + renamed + "\" while its run was under way");
        } finally {
            alter("ALTER ROLE %s RENAME TO %s".formatted(identifier(renamed), identifier(role)));
        }
        runsAgain();
    }

    @Test
    void aRoleMayNoLongerLogIn() {
        alter("ALTER ROLE %s NOLOGIN".formatted(identifier(role)));
        failsWith("is not permitted to log in");
        alter("ALTER ROLE %s LOGIN".formatted(identifier(role)));
        runsAgain();
    }

    @Test
    void aPasswordHasExpired() {
        alter("ALTER ROLE %s VALID UNTIL '2001-01-01'".formatted(identifier(role)));
        failsWith("password authentication failed");
        alter("ALTER ROLE %s VALID UNTIL 'infinity'".formatted(identifier(role)));
        runsAgain();
    }

    @Test
    void aRoleMayNoLongerConnect() {
        String name = identifier(database.name());
        alter("GRANT CONNECT ON DATABASE %s TO %s".formatted(name, identifier(database.ownerName())));
        alter("REVOKE CONNECT ON DATABASE %s FROM PUBLIC".formatted(name));
        try {
            failsWith("permission denied for database");
        } finally {
            alter("GRANT CONNECT ON DATABASE %s TO PUBLIC".formatted(name));
        }
        runsAgain();
    }

    @Test
    void aRolesSettingsChange() {
        alter("ALTER ROLE %s SET work_mem = '77MB'".formatted(identifier(role)));
        await().atMost(SOON).untilAsserted(() -> assertThat(run().result()).isEqualTo("77MB"));
        alter("ALTER ROLE %s IN DATABASE %s SET work_mem = '66MB'"
                .formatted(identifier(role), identifier(database.name())));
        await().atMost(SOON).untilAsserted(() -> assertThat(run().result()).isEqualTo("66MB"));
        alter("ALTER ROLE %s IN DATABASE %s RESET ALL".formatted(identifier(role), identifier(database.name())));
        await().atMost(SOON).untilAsserted(() -> assertThat(run().result()).isEqualTo("77MB"));
    }

    @Test
    void aDatabasesSettingsChange() {
        String name = identifier(database.name());
        alter("ALTER DATABASE %s SET work_mem = '55MB'".formatted(name));
        try {
            await().atMost(SOON).untilAsserted(() -> assertThat(run().result()).isEqualTo("55MB"));
        } finally {
            alter("ALTER DATABASE %s RESET work_mem".formatted(name));
        }
    }

    @Test
    void aLoginIsDropped() {
        database.owner().sql("SELECT cron.drop_login(?)").param(role).query().singleRow();
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(run().returnMessage()).startsWith("no login is registered for role"));
        database.owner()
                .sql("SELECT cron.add_login(:role, :password)")
                .param("role", role)
                .param("password", database.password(role))
                .query()
                .singleRow();
        runsAgain();
    }

    /** It is reached by SET ROLE, which asks for neither. */
    @Test
    void aRoleThatAnotherOneBecomesMayNoLongerLogIn() {
        String guest = database.createUser("guest");
        alter("GRANT %s TO %s".formatted(identifier(guest), identifier(role)));
        database.owner()
                .sql("SELECT cron.add_login(:guest, via => :role)")
                .param("guest", guest)
                .param("role", role)
                .query()
                .singleRow();
        long job = jobs.create(guest, "SELECT current_user");
        assertThat(jobs.ended(jobs.start(job)).result()).isEqualTo(guest);

        alter("ALTER ROLE %s NOLOGIN".formatted(identifier(guest)));
        assertThat(jobs.ended(jobs.start(job)).returnMessage())
                .isEqualTo("ERROR:  role \"" + guest + "\" is not permitted to log in");
        // Nothing was sent to a top level either, so there is nothing unknown.
        jobs.set(job, "transactional = false");
        assertThat(jobs.ended(jobs.start(job)).returnMessage())
                .isEqualTo("ERROR:  role \"" + guest + "\" is not permitted to log in");
        alter("ALTER ROLE %s LOGIN".formatted(identifier(guest)));

        assertThat(jobs.ended(jobs.start(job)).result()).isEqualTo(guest);
    }
}
