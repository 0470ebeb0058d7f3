package io.cronlink.run;

import static io.cronlink.database.TestDatabase.identifier;
import static io.cronlink.database.TestDatabase.literal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cronlink.database.CronlinkDatabase;
import io.cronlink.database.SqlFailure;
import io.cronlink.database.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** cron.parallel, which needs no daemon. */
@Tag("engine")
@CronlinkDatabase
class CronParallelTests {

    private final TestDatabase database;
    private final TestJobs jobs;

    CronParallelTests(TestDatabase database) {
        this.database = database;
        this.jobs = new TestJobs(database);
    }

    @BeforeAll
    static void prepare(TestDatabase database) {
        database.owner().sql("CREATE TABLE app.t (a bigint)").update();
    }

    @AfterEach
    void leavesNoSessionBehind() {
        await().atMost(Duration.ofSeconds(2)).until(() -> sessions().equals("0"));
    }

    private String sessions() {
        return jobs.value("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'cronlink: parallel'");
    }

    private List<String> call(String arguments) {
        return database.owner()
                .sql("SELECT concat_ws('|', ordinal, status, result, message) FROM cron.parallel(" + arguments + ")")
                .query(String.class)
                .list();
    }

    @Test
    void answersInTheOrderOfTheCommands() {
        assertThat(call("""
                ARRAY['SELECT ''slow'' FROM pg_sleep(0.3)', 'SELECT ''quick''', 'SELECT 1 / 0', 'VACUUM app.t', '',
                      'INSERT INTO app.t SELECT generate_series(1, 5)', 'COPY app.t TO STDOUT',
                      'SELECT generate_series(1, 100000)']
                """))
                .containsExactly(
                        "1|succeeded|slow|1 row",
                        "2|succeeded|quick|1 row",
                        "3|failed|ERROR:  division by zero",
                        "4|succeeded|VACUUM",
                        "5|succeeded|0 rows",
                        "6|succeeded|INSERT 0 5",
                        "7|failed|COPY not supported",
                        "8|succeeded|1|100000 rows");
    }

    @Test
    void takesTheTimeOfTheLongest() {
        assertThat(jobs.value("""
                        SELECT max(end_time) - min(start_time) < interval '1.5 s' AND bool_and(end_time - start_time >= interval '0.5 s')
                        FROM cron.parallel(ARRAY['SELECT pg_sleep(0.5)', 'SELECT pg_sleep(0.5)', 'SELECT pg_sleep(0.5)', 'SELECT pg_sleep(0.5)'])
                        """)).isEqualTo("true");
    }

    @ParameterizedTest
    @CsvSource({"1", "3"})
    void opensNoMoreSessionsThanItMay(int limit) {
        database.owner().sql("TRUNCATE app.t").update();

        List<String> answers = call("""
                array_fill('INSERT INTO app.t SELECT count(*) FROM pg_stat_activity
                            WHERE application_name = ''cronlink: parallel'' AND state = ''active'' AND pg_sleep(0.05) IS NOT NULL'::text, ARRAY[10]), %d
                """.formatted(limit));

        assertThat(answers).hasSize(10).allMatch(answer -> answer.contains("succeeded"));
        assertThat(jobs.value("SELECT max(a) FROM app.t")).isEqualTo(String.valueOf(limit));
    }

    @Test
    void stopsACommandThatTakesTooLongAndNoOther() {
        assertThat(call("ARRAY['SELECT pg_sleep(600)', 'SELECT 1'], timeout => '300 ms'"))
                .containsExactly("1|failed|timeout after 00:00:00.3", "2|succeeded|1|1 row");
    }

    @Test
    void cancelsAllWhenItIsCancelled() throws Exception {
        try (Connection connection = database.connect(database.ownerName());
                Statement statement = connection.createStatement()) {
            CompletableFuture<SqlFailure> refusal = CompletableFuture.supplyAsync(
                    () -> SqlFailure.of(
                            () -> statement.execute(
                                    "SELECT * FROM cron.parallel(ARRAY['SELECT pg_sleep(600)', 'DO $$BEGIN LOOP END LOOP; END$$', 'SELECT pg_sleep(600)'], 2)")));
            await().until(() -> sessions().equals("2"));

            statement.cancel();

            assertThat(refusal.get().sqlState()).isEqualTo("57014");
            await().atMost(Duration.ofSeconds(2)).until(() -> sessions().equals("0"));
            assertLeavesNoConnection(statement);
        }
    }

    @Test
    void cancelsAllWhenItIsCancelledTwice() throws Exception {
        try (Connection connection = database.connect(database.ownerName());
                Statement statement = connection.createStatement()) {
            CompletableFuture<SqlFailure> refusal =
                    CompletableFuture.supplyAsync(() -> SqlFailure.of(() -> statement.execute(
                            "SELECT * FROM cron.parallel(array_fill('SELECT pg_sleep(600)'::text, ARRAY[30]), 30)")));
            await().until(() -> sessions().equals("30"));

            database.superuser().sql("""
                        DO $$
                        DECLARE
                            v_pid integer := (SELECT pid FROM pg_stat_activity WHERE query LIKE 'SELECT * FROM cron.parallel%');
                        BEGIN
                            PERFORM pg_cancel_backend(v_pid);
                            LOOP
                                PERFORM pg_stat_clear_snapshot();
                                EXIT WHEN (SELECT count(*) FROM pg_stat_activity WHERE application_name = 'cronlink: parallel') < 30;
                            END LOOP;
                            PERFORM pg_cancel_backend(v_pid);
                        END $$
                        """).update();

            assertThat(refusal.get().sqlState()).isEqualTo("57014");
            await().atMost(Duration.ofSeconds(2)).until(() -> sessions().equals("0"));
            assertLeavesNoConnection(statement);
        }
    }

    @Test
    void endsWithTheSessionThatCalledIt() throws SQLException {
        try (Connection connection = database.connect(database.ownerName());
                Statement statement = connection.createStatement()) {
            CompletableFuture<SqlFailure> refusal = CompletableFuture.supplyAsync(() -> SqlFailure.of(
                    () -> statement.execute("SELECT * FROM cron.parallel(ARRAY['SELECT pg_sleep(600)'])")));
            await().until(() -> sessions().equals("1"));
            database.superuser()
                    .sql(
                            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'SELECT * FROM cron.parallel%'")
                    .query()
                    .listOfRows();

            assertThat(refusal.join().sqlState()).startsWith("57P");
            await().atMost(Duration.ofSeconds(3)).until(() -> sessions().equals("0"));
        }
    }

    @Test
    void leavesNoConnectionToItsCaller() throws SQLException {
        try (Connection connection = database.connect(database.ownerName());
                Statement statement = connection.createStatement()) {
            for (String commands : new String[] {"'SELECT 1', 'SELECT 1 / 0'", "'COPY app.t TO STDOUT'", ""}) {
                statement.execute("SELECT * FROM cron.parallel(ARRAY[" + commands + "]::text[])");
                assertLeavesNoConnection(statement);
            }
        }
    }

    private static void assertLeavesNoConnection(Statement statement) throws SQLException {
        var connections = statement.executeQuery("SELECT public.dblink_get_connections()");
        connections.next();
        assertThat(connections.getString(1)).isNull();
    }

    @Test
    void makesEachCommandATransactionOfItsOwn() throws SQLException {
        database.owner().sql("TRUNCATE app.t").update();
        try (Connection connection = database.connect(database.ownerName());
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(
                    "SELECT * FROM cron.parallel(ARRAY['INSERT INTO app.t VALUES (1)', 'INSERT INTO app.t VALUES (2); SELECT 1 / 0'])");
            connection.rollback();
        }
        assertThat(jobs.value("SELECT string_agg(a::text, ' ') FROM app.t")).isEqualTo("1");
    }

    @Test
    void runsAsItsCaller() throws SQLException {
        String role = database.createJobUser("caller");
        database.superuser()
                .sql("GRANT " + identifier(role) + " TO " + identifier(database.ownerName()))
                .update();
        String who = "SELECT result FROM cron.parallel(ARRAY['SELECT session_user || '' '' || current_user'])";

        assertThat(database.as(role).sql(who).query(String.class).single()).isEqualTo(role + " " + role);
        try (Connection connection = database.connect(database.ownerName());
                Statement statement = connection.createStatement()) {
            statement.execute("SET ROLE " + identifier(role));
            var result = statement.executeQuery(who);
            result.next();
            assertThat(result.getString(1)).isEqualTo(role + " " + role);
        }
    }

    @Test
    void runsThroughTheRoleThatLeadsToItsCaller() {
        String door = database.createJobUser("door");
        String behind = database.createUser("behind");
        database.superuser()
                .sql("GRANT " + identifier(behind) + " TO " + identifier(door))
                .update();
        database.owner()
                .sql("SELECT cron.add_login(?, via => ?)")
                .param(behind)
                .param(door)
                .query()
                .singleRow();

        assertThat(database.as(behind)
                        .sql("SELECT result FROM cron.parallel(ARRAY['SELECT current_user'])")
                        .query(String.class)
                        .single())
                .isEqualTo(behind);
    }

    @Test
    void needsALogin() {
        String role = database.createUser("unknown");

        SqlFailure refusal = SqlFailure.of(() -> database.as(role)
                .sql("SELECT * FROM cron.parallel(ARRAY['SELECT 1'])")
                .query()
                .listOfRows());

        assertThat(refusal.sqlState()).isEqualTo("42704");
        assertThat(refusal.message()).isEqualTo("no login is registered for role \"" + role + "\"");
        assertThat(refusal.hint()).contains("cron.add_login(" + literal(role));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NULL | 22004",
                "ARRAY['SELECT 1', NULL] | 22004",
                "ARRAY['SELECT 1'], 0 | 22023",
                "ARRAY['SELECT 1'], 101 | 22023",
                "ARRAY['SELECT 1'], NULL | 22023"
            })
    void refusesWhatMakesNoSense(String arguments, String sqlstate) {
        assertThat(SqlFailure.of(() -> call(arguments)).sqlState()).isEqualTo(sqlstate);
    }

    @Test
    void answersNothingToNothing() {
        assertThat(call("'{}'")).isEmpty();
    }
}
