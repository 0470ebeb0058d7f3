package io.cronlink.run;

import static io.cronlink.database.TestDatabase.literal;
import static org.assertj.core.api.Assertions.assertThat;

import io.cronlink.database.SqlFailure;
import io.cronlink.database.TestDaemon;
import io.cronlink.database.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Copies of a database, and other names of it. */
@Tag("engine")
class HomeTests {

    private static final String WHERE_IT_RAN = "INSERT INTO app.trace SELECT current_database() RETURNING place";

    private final List<TestDatabase> databases = new ArrayList<>();
    private final TestDatabase original = keep(TestDatabase.create());

    HomeTests() {
        original.owner().sql("CREATE TABLE app.trace (place text)").update();
        original.owner().sql("GRANT ALL ON app.trace TO PUBLIC").update();
    }

    @AfterEach
    void close() {
        databases.forEach(TestDatabase::close);
    }

    private TestDatabase keep(TestDatabase database) {
        databases.add(database);
        return database;
    }

    private TestDatabase renamed() {
        databases.remove(original);
        return keep(original.renamed());
    }

    private static String notice(TestDatabase copy, TestDatabase of) {
        return ("database \"%1$s\" is a copy of database \"%2$s\": its jobs do not fire until somebody says so, by SELECT cron.adopt() in it"
                        + " or CRONLINK_DAEMON_ADOPT=%1$s for the service")
                .formatted(copy.name(), of.name());
    }

    private static boolean adopt(TestDatabase database) {
        return database.owner().sql("SELECT cron.adopt()").query(Boolean.class).single();
    }

    private static List<String> traces(TestDatabase database) {
        return database.owner()
                .sql("SELECT place FROM app.trace")
                .query(String.class)
                .list();
    }

    private static SqlFailure failure(TestDatabase database) {
        TestDaemon daemon = database.startDaemon();
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> !daemon.isRunning());
        SQLException failure = daemon.failure();
        return SqlFailure.of(failure == null ? new SQLException("it was stopped") : failure);
    }

    @Test
    void aCopyFiresNothingUntilItIsAdopted() throws SQLException {
        String role = original.createJobUser("somebody");
        long jobid = new TestJobs(original).schedule(role, "1 second", WHERE_IT_RAN);
        TestDatabase copy = keep(original.copy());
        TestJobs jobs = new TestJobs(copy);

        assertThat(failure(copy)).isEqualTo(new SqlFailure("55000", notice(copy, original), null, null));
        assertThat(jobs.runsOf(jobid)).isEmpty();
        assertThat(SqlFailure.of(() -> jobs.start(jobid)).message()).isEqualTo(notice(copy, original));
        assertThat(warning(copy, "SELECT cron.schedule('in the copy', '0 3 * * *', 'SELECT 1')"))
                .isEqualTo(notice(copy, original));

        assertThat(adopt(copy)).isTrue();
        assertThat(adopt(copy)).as("once is enough").isFalse();
        copy.startDaemon();

        assertThat(jobs.ended(jobid, 2)).extracting(RecordedRun::status).containsOnly("succeeded");
        assertThat(traces(copy)).containsOnly(copy.name());
        assertThat(traces(original)).isEmpty();
    }

    private static String warning(TestDatabase database, String sql) throws SQLException {
        try (Connection session = database.connect(database.ownerName());
                Statement statement = session.createStatement()) {
            statement.execute(sql);
            return String.valueOf(statement.getWarnings().getMessage());
        }
    }

    @Test
    void anAdoptedCopyOwesNothing() {
        TestJobs before = new TestJobs(original);
        long missed = before.schedule("@every 1 hour", WHERE_IT_RAN);
        long waiting = before.start(before.create(WHERE_IT_RAN));
        original.owner()
                .sql(
                        "UPDATE cron_engine.timer SET next_fire = next_fire - interval '1 day', scheduled_time = next_fire - interval '1 day'")
                .update();
        original.owner()
                .sql("UPDATE cron_engine.due SET next_fire = next_fire - interval '1 day'")
                .update();
        TestDatabase copy = keep(original.copy());
        TestJobs jobs = new TestJobs(copy);

        adopt(copy);
        copy.startDaemon();

        assertThat(jobs.find(waiting).status()).isEqualTo("skipped");
        assertThat(jobs.find(waiting).returnMessage()).isEqualTo("the database was copied");
        assertThat(jobs.run(WHERE_IT_RAN).status()).isEqualTo("succeeded");
        assertThat(jobs.runsOf(missed)).isEmpty();
        original.startDaemon();
        assertThat(before.ended(waiting).status()).isEqualTo("succeeded");
        assertThat(before.ended(missed, 1)).hasSize(1);
    }

    @Test
    void aCopyGoesOnByItselfInPlaceOfItsOriginal() {
        long jobid = new TestJobs(original).schedule("1 second", WHERE_IT_RAN);
        TestDatabase copy = keep(original.copy());
        databases.remove(original);
        original.close();

        copy.startDaemon();

        new TestJobs(copy).ended(jobid, 1);
        assertThat(traces(copy)).contains(copy.name());
    }

    @Test
    void whatWasFoundToBeACopyStaysOneWhenTheOriginalIsGone() {
        new TestJobs(original).schedule("1 second", WHERE_IT_RAN);
        TestDatabase copy = keep(original.copy());
        String notice = notice(copy, original);
        assertThat(failure(copy).message()).isEqualTo(notice);
        databases.remove(original);
        original.close();

        assertThat(failure(copy).message()).isEqualTo(notice);
        adopt(copy);
        copy.startDaemon();
        assertThat(new TestJobs(copy).run(WHERE_IT_RAN).result()).isEqualTo(copy.name());
    }

    @Test
    void whereTheServerDoesNotTellItsClusterTheNameHasToDo() {
        new TestJobs(original).schedule("1 second", WHERE_IT_RAN);
        original.owner()
                .sql("UPDATE cron_engine.home SET system_identifier = NULL")
                .update();
        TestDatabase copy = keep(original.copy());
        TestDatabase moved = keep(original.copy());
        moved.owner().sql("UPDATE cron_engine.home SET database = 'another'").update();

        assertThat(failure(copy).message()).isEqualTo(notice(copy, original));
        moved.startDaemon();
        assertThat(new TestJobs(moved).run(WHERE_IT_RAN).result()).isEqualTo(moved.name());
    }

    @Test
    void nobodyElseAdopts() {
        new TestJobs(original).schedule("1 second", WHERE_IT_RAN);
        String role = original.createUser("somebody");
        TestDatabase copy = keep(original.copy());

        assertThat(SqlFailure.of(() ->
                                copy.as(role).sql("SELECT cron.adopt()").query().singleRow())
                        .sqlState())
                .isEqualTo("42501");
    }

    @Test
    void parallelCommandsOfACopyRunInIt() {
        new TestJobs(original).schedule("1 second", WHERE_IT_RAN);
        TestDatabase copy = keep(original.copy());

        assertThat(new TestJobs(copy).value("SELECT result FROM cron.parallel(ARRAY[" + literal(WHERE_IT_RAN) + "])"))
                .isEqualTo(copy.name());
        assertThat(traces(original)).isEmpty();
    }

    @Test
    void anotherNameTakesTheJobsAlong() {
        String role = original.createJobUser("somebody");
        TestJobs before = new TestJobs(original);
        TestDatabase other = keep(original.createEmptyBeside());
        long firing = before.schedule(role, "1 second", WHERE_IT_RAN);
        long away = before.create("SELECT current_database()");
        original.owner()
                .sql("UPDATE cron.job SET database = ? WHERE jobid = ?")
                .param(other.name())
                .param(away)
                .update();
        long waiting = before.start(before.create(WHERE_IT_RAN));
        // A role that may not connect any more: its job fails, and keeps nobody else's from moving.
        String stranger = original.createJobUser("stranger");
        before.create(stranger, "SELECT 1");
        original.superuser()
                .sql("REVOKE CONNECT ON DATABASE %s FROM PUBLIC".formatted(TestDatabase.identifier(original.name())))
                .update();
        original.superuser()
                .sql("GRANT CONNECT ON DATABASE %s TO %s, %s"
                        .formatted(
                                TestDatabase.identifier(original.name()),
                                TestDatabase.identifier(role),
                                TestDatabase.identifier(original.ownerName())))
                .update();

        TestDatabase renamed = renamed();
        renamed.startDaemon();
        TestJobs jobs = new TestJobs(renamed);

        assertThat(jobs.ended(waiting).result()).isEqualTo(renamed.name());
        jobs.ended(firing, 1);
        assertThat(jobs.runsOf(firing).get(0).database()).isEqualTo(renamed.name());
        assertThat(jobs.run("VACUUM app.trace").status()).isEqualTo("succeeded");
        assertThat(jobs.ended(jobs.start(away)).result()).isEqualTo(other.name());
        assertThat(renamed.owner()
                        .sql("SELECT DISTINCT database FROM cron.job")
                        .query(String.class)
                        .list())
                .containsExactlyInAnyOrder(renamed.name(), other.name());
    }

    @Test
    void whatRanUnderTheOldNameRunsAgainHere() {
        original.startDaemon();
        RecordedRun run = new TestJobs(original).run(WHERE_IT_RAN);
        String oldName = original.name();
        TestDatabase renamed = renamed();
        TestDatabase namesake = keep(renamed.createEmptyBeside(oldName));
        renamed.startDaemon();
        TestJobs jobs = new TestJobs(renamed);
        long later = renamed.owner()
                .sql(
                        "SELECT cron.run_job(cron.schedule_in_database('abroad', '0 0 29 2 *', 'SELECT current_database()', ?))")
                .param(namesake.name())
                .query(Long.class)
                .single();
        assertThat(jobs.ended(later).result()).isEqualTo(namesake.name());

        assertThat(jobs.ended(rerun(renamed, run.runid())).result()).isEqualTo(renamed.name());
        assertThat(jobs.ended(rerun(renamed, later)).result()).isEqualTo(namesake.name());
    }

    private static long rerun(TestDatabase database, long runid) {
        return database.owner()
                .sql("SELECT cron.rerun(?)")
                .param(runid)
                .query(Long.class)
                .single();
    }

    @Test
    void whatIsLearntOfACommandInAnotherDatabaseIsNotTrueOfThisOne() {
        TestDatabase other = keep(original.createEmptyBeside());
        original.startDaemon();
        TestJobs jobs = new TestJobs(original);
        long jobid = original.owner()
                .sql("SELECT cron.schedule_in_database('traveller', '0 0 29 2 *', 'SELECT current_database()', ?)")
                .param(other.name())
                .query(Long.class)
                .single();
        assertThat(jobs.ended(jobs.start(jobid)).result()).isEqualTo(other.name());
        // What is learnt of a run is learnt before any later one starts.
        jobs.run("SELECT 1");

        original.owner()
                .sql("UPDATE cron.job SET database = current_database() WHERE jobid = ?")
                .param(jobid)
                .update();

        assertThat(jobs.ended(jobs.start(jobid)).result()).isEqualTo(original.name());
        assertThat(jobs.value("SELECT top_level FROM cron_engine.effective_job WHERE jobid = " + jobid))
                .isEmpty();
    }

    @Test
    void sequencesThatARestoreLeftBehindArePutRight() {
        original.startDaemon();
        TestJobs jobs = new TestJobs(original);
        RecordedRun last = jobs.run(WHERE_IT_RAN);
        original.owner().sql("DELETE FROM cron.job").update();
        original.stopDaemons();
        original.owner()
                .sql("SELECT setval('cron.jobid_seq', 1, false), setval('cron.runid_seq', 1, false)")
                .query()
                .singleRow();
        original.owner()
                .sql("UPDATE cron_engine.recovery_point SET first_runid = 1000")
                .update();

        original.startDaemon();

        Awaitility.await()
                .until(() -> jobs.value("SELECT last_value FROM cron.runid_seq").equals(String.valueOf(last.runid())));
        RecordedRun next = jobs.run(WHERE_IT_RAN);
        assertThat(next.runid()).isEqualTo(last.runid() + 1);
        assertThat(jobs.value("SELECT count(DISTINCT jobid) FROM cron.job_run_details"))
                .as("a job has no runs of another one before it")
                .isEqualTo("2");
        assertThat(jobs.value("SELECT first_runid FROM cron_engine.recovery_point"))
                .isNotEqualTo("1000");
    }
}
