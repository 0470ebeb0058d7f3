package io.cronlink.catalogue;

import static io.cronlink.catalogue.Sessions.refusal;
import static io.cronlink.catalogue.Sessions.warnings;
import static io.cronlink.database.TestDatabase.identifier;
import static io.cronlink.database.TestDatabase.literal;
import static org.assertj.core.api.Assertions.assertThat;

import io.cronlink.database.CronlinkDatabase;
import io.cronlink.database.PgCronServer;
import io.cronlink.database.SqlFailure;
import io.cronlink.database.TestDatabase;
import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** From the real pg_cron to here and back. */
@Tag("engine")
@CronlinkDatabase(onThisMachine = true)
class MoveTests {

    private static final String AWKWARD =
            "SELECT 'it''s', E'\\\\', \"a b\", '%s %1$I', $$x$$ -- a comment\n  FROM \"täbelle\";\n\tSELECT 2";
    private static final String JOBS =
            "SELECT concat_ws(' | ', jobname, schedule, command, nodename, database, username, active) FROM cron.job ORDER BY 1";

    private static final List<String> ROLES = new ArrayList<>();

    private static @Nullable PgCronServer there;

    private final TestDatabase database;
    private final Connection session;
    private final String ann;
    private final String bob;

    MoveTests(TestDatabase database) {
        this.database = database;
        this.session = Objects.requireNonNull(there).connect();
        this.ann = ROLES.get(0);
        this.bob = ROLES.get(1);
    }

    @BeforeAll
    static void connectThem(TestDatabase database) throws SQLException {
        there = PgCronServer.start();
        ROLES.addAll(List.of(database.createJobUser("Ann Other"), database.createJobUser("bob"), "ghost"));
        try (Connection session = there.connect();
                Statement statement = session.createStatement()) {
            for (String role : ROLES) {
                statement.execute("CREATE ROLE " + identifier(role) + " LOGIN");
                statement.execute("GRANT USAGE ON SCHEMA cron TO " + identifier(role));
            }
            statement.execute("CREATE DATABASE \"only there\"");
            statement.execute("CREATE ROLE mover LOGIN BYPASSRLS PASSWORD 'mover''s password'");
            statement.execute("GRANT USAGE ON SCHEMA cron TO mover");
            int port = URI.create(session.getMetaData().getURL().substring("jdbc:".length()))
                    .getPort();
            database.owner()
                    .sql(
                            "CREATE SERVER \"pg_cron's home\" FOREIGN DATA WRAPPER dblink_fdw OPTIONS (host '127.0.0.1', port '%d', dbname 'postgres')"
                                    .formatted(port))
                    .update();
        }
        database.owner()
                .sql(
                        "CREATE USER MAPPING FOR CURRENT_USER SERVER \"pg_cron's home\" OPTIONS (user 'mover', password 'mover''s password')")
                .update();
    }

    @AfterAll
    static void stop() {
        Objects.requireNonNull(there).close();
    }

    @BeforeEach
    void empty() throws SQLException {
        thereDo("DELETE FROM cron.job");
        database.owner().sql("DELETE FROM cron.job").update();
    }

    @AfterEach
    void disconnect() throws SQLException {
        session.close();
    }

    private void thereDo(String sql) throws SQLException {
        try (Statement statement = session.createStatement()) {
            statement.execute(sql);
        }
    }

    private void schedule(String role, String call, String... values) throws SQLException {
        thereDo("SET SESSION AUTHORIZATION " + identifier(role));
        try (PreparedStatement statement = session.prepareStatement("SELECT cron." + call)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            statement.execute();
        }
        thereDo("RESET SESSION AUTHORIZATION");
    }

    private void fill() throws SQLException {
        schedule(ann, "schedule(?, ?, ?)", "nightly", "0 3 * * *", AWKWARD);
        schedule(ann, "schedule(?, ?)", "0 4 1 * *", "SELECT 'no name'");
        schedule(bob, "schedule(?, ?)", "30 4 * * mon", "SELECT 'twice'");
        schedule(bob, "schedule(?, ?)", "30 4 * * mon", "SELECT 'twice'");
        schedule(bob, "schedule(?, ?, ?)", "nightly", "5 3 * * *", "");
        thereDo("SELECT cron.schedule_in_database('paused', '0 5 1 1 *', 'VACUUM', 'template1', %s, false)"
                .formatted(literal(bob)));
        thereDo("UPDATE cron.job SET nodename = 'db.example' WHERE jobname = 'nightly' AND username = %s"
                .formatted(literal(bob)));
    }

    private List<String> thereJobs() throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = session.createStatement();
                ResultSet result = statement.executeQuery(JOBS)) {
            while (result.next()) {
                rows.add(result.getString(1));
            }
        }
        return rows.stream().sorted().toList();
    }

    private List<String> hereJobs() {
        return database.owner().sql(JOBS).query(String.class).list().stream()
                .sorted()
                .toList();
    }

    private int imported() {
        return database.owner()
                .sql("SELECT cron.import_pg_cron('pg_cron''s home')")
                .query(Integer.class)
                .single();
    }

    @Test
    void importTakesOverJobsOwnersAndActivity() throws SQLException {
        fill();

        assertThat(imported()).isEqualTo(6);

        assertThat(hereJobs()).hasSize(6).isEqualTo(thereJobs());
        assertThat(database.owner()
                        .sql(
                                "SELECT string_agg(DISTINCT nodeport::text, ' ') FROM cron.job WHERE nodename = 'localhost'")
                        .query(String.class)
                        .single())
                .as("the own server's port")
                .isEqualTo(Integer.toString(database.port()));
        assertThat(database.owner()
                        .sql("SELECT count(*) FROM cron_engine.timer WHERE next_fire IS NOT NULL")
                        .query(Long.class)
                        .single())
                .as("active ones have a next fire")
                .isEqualTo(5);
    }

    @Test
    void importChangesNothingTheSecondTime() throws SQLException {
        fill();
        imported();
        List<String> before = everything();

        assertThat(imported()).isZero();
        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void importLeavesAloneWhatIsHereAlready() throws SQLException {
        fill();
        database.as(ann)
                .sql("SELECT cron.schedule('nightly', '0 6 * * *', 'SELECT 1')")
                .query()
                .singleRow();

        assertThat(imported()).isEqualTo(5);
        assertThat(database.as(ann)
                        .sql("SELECT schedule FROM cron.job WHERE jobname = 'nightly'")
                        .query(String.class)
                        .list())
                .containsExactly("0 6 * * *");
    }

    private List<String> everything() {
        return database.owner()
                .sql(
                        "SELECT concat(j.ctid, j, t.ctid, t) FROM cron.job AS j JOIN cron_engine.timer AS t USING (jobid) ORDER BY jobid")
                .query(String.class)
                .list();
    }

    @Test
    void importNamesWhatItCannotTakeOverAndGoesOn() throws SQLException {
        schedule("ghost", "schedule(?, ?, ?)", "haunting", "0 0 * * *", "SELECT 1");
        thereDo("SELECT cron.schedule_in_database('elsewhere', '0 3 * * *', 'SELECT 1', 'only there')");
        thereDo("INSERT INTO cron.job (schedule, command, username) VALUES ('garbage', 'SELECT 1', %s)"
                .formatted(literal(ann)));
        thereDo(
                "INSERT INTO cron.job (schedule, command, username, nodename, nodeport) VALUES ('0 3 * * *', 'SELECT 1', %s, '::1', 4)"
                        .formatted(literal(ann)));
        schedule(bob, "schedule(?, ?, ?)", "last", "0 3 * * *", "SELECT 1");

        List<String> warnings =
                warnings(database, database.ownerName(), "SELECT cron.import_pg_cron('pg_cron''s home')");

        assertThat(warnings)
                .containsExactlyInAnyOrder(
                        "job 'haunting' of role \"ghost\" was not taken over: role \"ghost\" does not exist",
                        "no login is registered for role \"postgres\", its jobs will fail",
                        "job 'elsewhere' of role \"postgres\" was not taken over: database \"only there\" does not exist",
                        "job 'SELECT 1' of role \"" + ann + "\" was not taken over: invalid schedule: garbage");
        assertThat(hereJobs())
                .containsExactlyInAnyOrder(
                        "0 3 * * * | SELECT 1 | ::1 | postgres | " + ann + " | t",
                        "last | 0 3 * * * | SELECT 1 | localhost | postgres | " + bob + " | t");
    }

    @Test
    void importIsForTheOwner() {
        assertThat(refusal(database, ann, "SELECT cron.import_pg_cron('pg_cron''s home')")
                        .message())
                .startsWith("user mapping not found");
        assertThat(refusal(database, database.ownerName(), "SELECT cron.import_pg_cron('host=127.0.0.1')"))
                .isEqualTo(new SqlFailure("42704", "server \"host=127.0.0.1\" does not exist", null, null));
    }

    @Test
    void exportedJobsAreTheSameInPgCron() throws SQLException {
        fill();
        imported();
        List<String> before = thereJobs();
        thereDo("DELETE FROM cron.job");

        for (String statement : exported()) {
            thereDo(statement);
        }

        assertThat(thereJobs()).hasSize(6).isEqualTo(before);
    }

    @Test
    void exportMakesCommentsOfWhatPgCronDoesNotKnow() throws SQLException {
        String attack = "SELECT 1\n; CREATE TABLE public.injected ()\r; CREATE TABLE public.injected ()";
        for (String schedule : List.of(
                "@every 1 hour",
                "@at 2090-01-01 12:00",
                "@after none\nCREATE TABLE public.injected ();",
                "\n# a comment\n @every 1 hour")) {
            database.owner()
                    .sql("SELECT cron.schedule(?, ?, ?)")
                    .param("ours " + schedule)
                    .param(schedule)
                    .param(attack)
                    .query()
                    .singleRow();
        }

        List<String> lines = exported();
        for (String line : lines) {
            thereDo(line);
        }

        assertThat(lines).hasSize(4).allMatch(line -> line.startsWith("-- pg_cron has no schedule like that of job "));
        assertThat(String.join("", lines)).doesNotContain("\n", "\r");
        assertThat(thereJobs()).isEmpty();
        // It would have failed, had there been the table already.
        thereDo("CREATE TABLE public.injected ()");
        thereDo("DROP TABLE public.injected");
    }

    @Test
    void exportShowsAUserItsOwnJobsOnly() throws SQLException {
        fill();
        imported();

        assertThat(database.as(ann)
                        .sql("SELECT cron.export_pg_cron()")
                        .query(String.class)
                        .list())
                .hasSize(2)
                .allMatch(line -> line.contains(literal(ann)));
    }

    private List<String> exported() {
        return database.owner()
                .sql("SELECT cron.export_pg_cron()")
                .query(String.class)
                .list();
    }
}
