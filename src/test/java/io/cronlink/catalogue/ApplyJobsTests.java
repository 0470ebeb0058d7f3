package io.cronlink.catalogue;

import static io.cronlink.database.TestDatabase.identifier;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cronlink.database.CronlinkDatabase;
import io.cronlink.database.SqlFailure;
import io.cronlink.database.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** cron.apply_jobs and cron.export_jobs. */
@Tag("engine")
@CronlinkDatabase
class ApplyJobsTests {

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final String ROLLUP = "{'jobname': 'rollup', 'schedule': '0 3 * * *', 'command': 'CALL rollup()'}";

    private final TestDatabase database;
    private String manager = "";

    ApplyJobsTests(TestDatabase database) {
        this.database = database;
    }

    @BeforeEach
    void begin() {
        manager = "file " + NUMBER.incrementAndGet();
        database.owner().sql("DELETE FROM cron.job").update();
    }

    /** Each job as {@code action jobname changes reason}. */
    private List<String> applyAs(String role, @Nullable String file, String options, String... jobs) {
        return apply(database.as(role), file, options, jobs);
    }

    private static List<String> apply(JdbcClient client, @Nullable String file, String options, String... jobs) {
        return client.sql(
                        "SELECT concat_ws(' ', action, jobname, changes, reason) FROM cron.apply_jobs(CAST(:jobs AS jsonb), :manager"
                                + options + ")")
                .param("jobs", "[" + String.join(", ", jobs).replace('\'', '"') + "]")
                .param("manager", file)
                .query(String.class)
                .list();
    }

    private List<String> apply(String options, String... jobs) {
        return applyAs(database.ownerName(), manager, options, jobs);
    }

    private SqlFailure refusal(String... jobs) {
        return SqlFailure.of(() -> apply("", jobs));
    }

    private String state() {
        return database.owner().sql("""
                        SELECT concat((SELECT string_agg(j::text, ' ' ORDER BY jobid) FROM cron.job AS j),
                                      (SELECT string_agg(o::text, ' ' ORDER BY jobid) FROM cron.job_options AS o),
                                      (SELECT string_agg(t::text, ' ' ORDER BY jobid) FROM cron_engine.timer AS t),
                                      (SELECT string_agg(m::text, ' ' ORDER BY jobid) FROM cron_engine.managed_job AS m))
                        """).query(String.class).single();
    }

    private void run(String sql) {
        if (sql.startsWith("SELECT")) {
            database.owner().sql(sql).query().listOfRows();
        } else {
            database.owner().sql(sql).update();
        }
    }

    private String text(String sql) {
        return database.owner().sql(sql).query(String.class).single();
    }

    @Test
    void addsChangesAndRemovesWhatTheFileManages() {
        run("INSERT INTO cron.job (jobname, schedule, command) VALUES ('by hand', '@daily', 'SELECT 1')");

        assertThat(apply("", ROLLUP, "{'jobname': 'other', 'schedule': '@daily', 'command': 'SELECT 1'}"))
                .containsExactly("add rollup is not there yet", "add other is not there yet");
        assertThat(
                        apply(
                                "",
                                "{'jobname': 'rollup', 'schedule': '0 4 * * *', 'command': 'CALL rollup()', 'max_attempts': 3, 'timeout': 'PT20M'}"))
                .containsExactly(
                        "change rollup {\"timeout\": [null, \"PT20M\"], \"schedule\": [\"0 3 * * *\", \"0 4 * * *\"], \"max_attempts\": [null, 3]}"
                                + " the file has another max_attempts, schedule, timeout",
                        "keep other is no longer in the file, and stays without prune");
        assertThat(text("SELECT schedule || ' ' || max_attempts FROM cron.job_details WHERE jobname = 'rollup'"))
                .isEqualTo("0 4 * * * 3");
        // What is taken out of the file is the default again.
        assertThat(apply(", prune => true", ROLLUP))
                .hasSize(2)
                .element(1)
                .asString()
                .startsWith("remove other");
        assertThat(text("SELECT string_agg(jobname, ',' ORDER BY jobname) FROM cron.job"))
                .isEqualTo("by hand,rollup");
        assertThat(
                        text(
                                "SELECT concat(max_attempts, timeout) FROM cron.job_options JOIN cron.job USING (jobid) WHERE jobname = 'rollup'"))
                .isEmpty();
    }

    @Test
    void writesNothingWhereThereIsNothingToDo() {
        String job =
                "{'jobname': 'same', 'schedule': '@every 90 min', 'command': 'x', 'retry_delay': '30 days', 'valid_until': '2090-01-01T00:00:00+01:00'}";
        apply("", job);
        String versions =
                "SELECT string_agg(v, ' ') FROM (SELECT concat(ctid, xmin) FROM cron.job UNION ALL SELECT concat(ctid, xmin) FROM cron.job_options"
                        + " UNION ALL SELECT concat(ctid, xmin, xmax) FROM cron_engine.managed_job) AS r (v)";
        String before = text(versions);

        assertThat(apply("", job)).containsExactly("unchanged same is as the file has it");
        assertThat(text(versions)).isEqualTo(before);
        // A month is 30 days, as PostgreSQL compares.
        assertThat(apply("", job.replace("30 days", "1 mon"))).containsExactly("unchanged same is as the file has it");
    }

    /** As two replicas that watch the same folder, or two pipelines, do. */
    @Test
    void isDoneOnceByTwoAtOnce() throws SQLException {
        try (Connection first = database.connect(database.ownerName())) {
            first.setAutoCommit(false);
            assertThat(apply(JdbcClient.create(new SingleConnectionDataSource(first, true)), manager, "", ROLLUP))
                    .containsExactly("add rollup is not there yet");
            CompletableFuture<List<String>> second =
                    CompletableFuture.supplyAsync(() -> apply(", prune => true", ROLLUP));
            await().until(() -> text("""
                    SELECT count(*)::text FROM pg_locks WHERE relation = 'cron_engine.managed_job'::regclass AND NOT granted
                    """), "1"::equals);
            first.commit();

            assertThat(second)
                    .succeedsWithin(Duration.ofSeconds(10))
                    .isEqualTo(List.of("unchanged rollup is as the file has it"));
        }
        assertThat(text("SELECT count(*)::text FROM cron.job")).isEqualTo("1");
    }

    @Test
    void tellsWhatSomebodyElseHasChanged() {
        apply("", ROLLUP);
        run("UPDATE cron.job SET command = 'DROP TABLE x', schedule = '@hourly' WHERE jobname = 'rollup'");

        assertThat(apply(", dry_run => true", ROLLUP.replace("0 3", "0 5")))
                .singleElement()
                .asString()
                .endsWith("the file has another schedule; changed since by somebody else: command");
        assertThat(text("SELECT command FROM cron.job WHERE jobname = 'rollup'"))
                .isEqualTo("DROP TABLE x");
        apply("", ROLLUP);
        assertThat(text("SELECT command FROM cron.job WHERE jobname = 'rollup'"))
                .isEqualTo("CALL rollup()");
    }

    @Test
    void changesNothingInADryRun() {
        apply("", ROLLUP, "{'jobname': 'gone', 'schedule': '@daily', 'command': 'x'}");
        String before = state();

        assertThat(apply(
                        ", prune => true, dry_run => true",
                        ROLLUP.replace("0 3", "0 5"),
                        "{'jobname': 'new', 'schedule': '@daily', 'command': 'x', 'timezone': 'Europe/Berlin'}"))
                .extracting(line -> line.substring(0, line.indexOf(' ')))
                .containsExactly("change", "add", "remove");
        assertThat(state()).isEqualTo(before);
        // It is tried all the same.
        assertThat(SqlFailure.of(() -> apply(", dry_run => true", ROLLUP.replace("0 3", "0 99")))
                        .sqlState())
                .isEqualTo("22023");
    }

    @Test
    void takesOverOnlyWhatIsEqualOrIsToBeAdopted() {
        run(
                "INSERT INTO cron.job (jobname, schedule, command) VALUES ('rollup', '0 3 * * *', 'CALL rollup()'), ('other', '@daily', 'x')");
        String other = "{'jobname': 'other', 'schedule': '@weekly', 'command': 'x'}";

        assertThat(apply(", dry_run => true", ROLLUP, other))
                .containsExactly(
                        "adopt rollup is taken over",
                        "conflict other {\"schedule\": [\"@daily\", \"@weekly\"]} is there, differs in schedule, and no file manages it");
        String before = state();
        SqlFailure refused = refusal(ROLLUP, other);
        assertThat(refused.sqlState()).isEqualTo("55000");
        assertThat(refused.detail()).contains("Job \"other\"").contains("no file manages it");
        assertThat(state()).isEqualTo(before);

        apply(", adopt => true", ROLLUP, other);
        manager = "another";
        assertThat(refusal(ROLLUP).detail()).contains("is managed by \"file ");
        assertThat(apply(", adopt => true", ROLLUP))
                .singleElement()
                .asString()
                .startsWith("adopt rollup is taken over from \"file ");
    }

    @Test
    void leavesPausedWhatSomebodyHasPausedUnlessTheFileSaysOtherwise() {
        apply("", ROLLUP);
        run("UPDATE cron.job SET active = false");

        assertThat(apply("", ROLLUP)).singleElement().asString().startsWith("unchanged");
        assertThat(apply("", ROLLUP.replace("0 3", "0 4")))
                .singleElement()
                .asString()
                .startsWith("change");
        assertThat(text("SELECT active::text FROM cron.job")).isEqualTo("false");
        assertThat(apply("", ROLLUP.replace("}", ", 'active': true}")))
                .singleElement()
                .asString()
                .contains("\"active\": [false, true]");
        assertThat(text("SELECT active::text FROM cron.job")).isEqualTo("true");
    }

    /** Or each check would find a difference that nobody has made. */
    @Test
    void takesWhatTheSchedulerDeactivatedForActive() {
        String job = "{'jobname': 'once', 'schedule': '@at 2001-01-01 00:00', 'command': 'x', 'active': true}";
        apply("", job);
        assertThat(text("SELECT active::text FROM cron.job")).isEqualTo("false");

        assertThat(apply("", job)).containsExactly("unchanged once is as the file has it");
        assertThat(text("SELECT cron.export_jobs()::text")).doesNotContain("active");
        apply("", job.replace("2001", "2090"));
        assertThat(text("SELECT active::text FROM cron.job")).isEqualTo("true");
    }

    /** In GMT its time is over, in its own zone it is not. */
    @Test
    void readsTheTimeOfANewJobInItsZone() {
        String soon =
                text("SELECT to_char((now() + interval '1 h') AT TIME ZONE 'America/Anchorage', 'YYYY-MM-DD HH24:MI')");

        apply(
                "",
                "{'jobname': 'zoned', 'schedule': '@at %s', 'command': 'x', 'timezone': 'America/Anchorage'}"
                        .formatted(soon));

        assertThat(
                        text(
                                "SELECT (active AND next_fire BETWEEN now() AND now() + interval '1 h')::text FROM cron.job_details"))
                .isEqualTo("true");
    }

    @Test
    void makesChainsInWhateverOrder() {
        assertThat(Sessions.warnings(
                        database,
                        database.ownerName(),
                        "SELECT * FROM cron.apply_jobs('[{\"jobname\": \"b\", \"schedule\": \"@after a\", \"command\": \"x\"},"
                                + " {\"jobname\": \"a\", \"schedule\": \"@daily\", \"command\": \"x\"}]', 'chains')"))
                .isEmpty();
        manager = "chains";
        assertThat(refusal(
                                "{'jobname': 'a', 'schedule': '@after b', 'command': 'x'}",
                                "{'jobname': 'b', 'schedule': '@after a', 'command': 'x'}")
                        .message())
                .contains("would run after itself");
    }

    @Test
    void knowsJobsWithoutANameByWhatTheyAre() {
        String twin = "{'schedule': '@daily', 'command': 'VACUUM'}";
        apply("", twin, twin, "{'schedule': '@weekly', 'command': 'VACUUM'}");

        assertThat(apply(", prune => true", twin, twin))
                .extracting(line -> line.substring(0, line.indexOf(' ')))
                .containsExactly("unchanged", "unchanged", "remove");
        assertThat(text("SELECT count(*)::text FROM cron.job")).isEqualTo("2");
    }

    @Test
    void exportsWhatChangesNothingWhenItIsApplied() {
        String owner = database.createUser("export");
        database.as(owner)
                .sql("SELECT cron.schedule('of another', '@daily', 'SELECT 1')")
                .query()
                .listOfRows();
        run(
                "SELECT cron.set_options(cron.schedule('all', '*/5 * * * *', E'SELECT ''\\\\n'';\\nSELECT 2\\n'), timezone => 'Europe/Berlin', description => 'ü', valid_from => '2020-01-01',"
                        + " valid_until => 'infinity', jitter => '90 s', timeout => '1 day 00:00:00.5', max_attempts => 3, retry_delay => '1 mon', overlap => 'skip', catch_up => 'all',"
                        + " start_deadline => '5 min', max_failures => 6, priority => -7, transactional => false, job_group => 'g', log_level => 'failures')");
        run("SELECT cron.schedule('@daily', 'SELECT 1')");
        run("SELECT cron.schedule('paused', '@daily', 'SELECT 1')");
        run("UPDATE cron.job SET active = false WHERE jobname = 'paused'");
        String exported = "(SELECT jsonb_agg(j) FROM cron.export_jobs() AS j)";
        String before = state();

        assertThat(text("SELECT string_agg(DISTINCT action, ',') FROM cron.apply_jobs(" + exported + ")"))
                .isEqualTo("unchanged");
        assertThat(state()).isEqualTo(before);
        assertThat(text("SELECT string_agg(DISTINCT action, ',') FROM cron.apply_jobs(" + exported + ", 'all of it')"))
                .isEqualTo("adopt");
        assertThat(text("SELECT string_agg(DISTINCT action, ',') FROM cron.apply_jobs(" + exported
                        + ", 'all of it', prune => true)"))
                .isEqualTo("unchanged");
        assertThat(database.as(owner)
                        .sql("SELECT cron.export_jobs()")
                        .query(String.class)
                        .list())
                .singleElement()
                .asString()
                .contains("of another");
        assertThat(text("SELECT count(*)::text FROM cron.export_jobs(jobname => 'paused')"))
                .isEqualTo("1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'jobname': 'b', 'schedule': '@dail', 'command': 'x'}                          | 22023 | job "b" of role "%s": invalid schedule: @dail
            {'jobname': 'b', 'schedule': '@daily', 'command': 'x', 'max_attempts': 101}    | 22023 | job "b" of role "%s": max_attempts has a value that is not allowed
            {'jobname': 'b', 'schedule': '@daily', 'command': 'x', 'timezone': 'Mars/Base'}| 22023 | job "b" of role "%s": time zone "Mars/Base" not recognized
            {'jobname': 'b', 'schedule': '@daily', 'command': 'x', 'database': 'nowhere'}  | 3D000 | job "b" of role "%s": database "nowhere" does not exist
            {'jobname': 'b', 'schedule': '@daily', 'command': 'x', 'username': 'nobody?'}  | 42704 | job "b" of role "nobody?": role "nobody?" does not exist
            {'jobname': 'b', 'schedule': '@daily', 'command': 'x', 'timeout': 'soon'}      | 22007 | job 2 (b): invalid input syntax for type interval: "soon"
            {'jobname': 'b', 'schedule': '@daily', 'command': 'x', 'nodeport': 'abc'}      | 22P02 | job 2 (b): invalid input syntax for type integer: "abc"
            {'jobname': 'b', 'schedule': '@daily', 'command': 'x', 'comand': 'x'}          | 22023 | job 2 (b): "comand" is no column of a job, or not a single value
            {'jobname': 'b', 'schedule': '@daily', 'command': ['x']}                       | 22023 | job 2 (b): "command" is no column of a job, or not a single value
            {'jobname': 'b', 'schedule': '@daily', 'command': 'x', 'jobid': 5}             | 22023 | job 2 (b): "jobid" is no column of a job, or not a single value
            {'jobname': 'b', 'schedule': '@daily'}                                         | 22004 | job 2 (b): command can not be NULL
            {'jobname': 'rollup', 'schedule': '@daily', 'command': 'x'}                    | 22023 | the file has job "rollup" of role "%s" more than once
            5                                                                              | 22023 | job 2 (without a name): it is no object
            """)
    void namesTheJobThatIsWrongAndMakesNone(String job, String sqlState, String message) {
        SqlFailure refused = refusal(ROLLUP, job);

        assertThat(refused.sqlState()).isEqualTo(sqlState);
        assertThat(refused.message()).isEqualTo(message.formatted(database.ownerName()));
        assertThat(refused.hint()).isNotBlank();
        assertThat(text("SELECT count(*)::text FROM cron.job")).isEqualTo("0");
    }

    @Test
    void refusesWhatIsNoFile() {
        assertThat(SqlFailure.of(() -> run("SELECT * FROM cron.apply_jobs('{}')"))
                        .message())
                .isEqualTo("jobs must be an array");
        assertThat(SqlFailure.of(() -> run("SELECT * FROM cron.apply_jobs(NULL)"))
                        .message())
                .isEqualTo("jobs must be an array");
        assertThat(SqlFailure.of(() -> run("SELECT * FROM cron.apply_jobs('[]', '')"))
                        .sqlState())
                .isEqualTo("22023");
        assertThat(SqlFailure.of(
                                () -> run(
                                        "SELECT * FROM cron.apply_jobs((SELECT jsonb_agg(i) FROM generate_series(1, 10001) AS i), 'm')"))
                        .sqlState())
                .isEqualTo("54000");
    }

    @Test
    void actsForNobodyElse() {
        String user = database.createUser("applies");
        String other = database.createRoleCalled("apply_jobs_other");
        assertThat(SqlFailure.of(() -> applyAs(user, "theirs", "", ROLLUP)).sqlState())
                .isEqualTo("42501");

        run("GRANT EXECUTE ON FUNCTION cron.apply_jobs TO " + identifier(user));
        apply("", ROLLUP.replace("rollup'", "owners'"));
        assertThat(applyAs(user, "theirs", "", ROLLUP)).containsExactly("add rollup is not there yet");
        assertThat(text("SELECT username FROM cron.job WHERE jobname = 'rollup'"))
                .isEqualTo(user);
        assertThat(SqlFailure.of(() ->
                                applyAs(user, "theirs", "", ROLLUP.replace("}", ", 'username': '" + other + "'}")))
                        .sqlState())
                .isEqualTo("42501");
        // Nor by the name of another's file.
        assertThat(applyAs(user, manager, ", prune => true")).isEmpty();
        assertThat(text("SELECT count(*)::text FROM cron.job WHERE jobname = 'owners'"))
                .isEqualTo("1");
        assertThat(applyAs(user, "theirs", ", prune => true"))
                .singleElement()
                .asString()
                .startsWith("remove rollup");
    }

    @Test
    void forgetsAJobThatIsUnscheduled() {
        apply("", ROLLUP);
        run("SELECT cron.unschedule('rollup')");

        assertThat(text("SELECT count(*)::text FROM cron_engine.managed_job")).isEqualTo("0");
    }

    @Test
    void appliesAThousandJobsInThreeSecondsAndAgainInOne() {
        String apply = """
                SELECT string_agg(DISTINCT action, ',') FROM cron.apply_jobs((
                    SELECT jsonb_agg(jsonb_build_object('jobname', 'job ' || i, 'schedule', format('%s %s * * *', i % 60, i % 24), 'command', 'SELECT ' || i,
                                                        'timezone', 'Europe/Berlin', 'timeout', 'PT20M', 'max_attempts', 3))
                      FROM generate_series(1, 1000) AS i), 'thousand')
                """;

        long begin = System.nanoTime();
        assertThat(text(apply)).isEqualTo("add");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(3));
        begin = System.nanoTime();
        assertThat(text(apply)).isEqualTo("unchanged");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
        assertThat(
                        text(
                                "SELECT count(*)::text FROM cron.job_details WHERE next_fire > now() AND timezone = 'Europe/Berlin'"))
                .isEqualTo("1000");
    }
}
