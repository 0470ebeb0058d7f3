package io.cronlink.security;

import static io.cronlink.Json.ok;
import static io.cronlink.Json.send;
import static io.cronlink.TestUsers.ADMIN;
import static io.cronlink.database.TestDatabase.identifier;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cronlink.CronlinkTest;
import io.cronlink.Json;
import io.cronlink.database.TestDatabase;
import io.cronlink.run.TestJobs;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

/**
 * Where everybody may create in schema public, as before PostgreSQL 15, nothing of that is executed as the service's role. The driver sends
 * parameters as varchar: an operator for just that type is preferred to PostgreSQL's own, for text.
 */
@CronlinkTest
class HostileSchemaTests {

    private static final List<String> OPERATORS = List.of("=", "<>", "<", ">", "<=", ">=", "||", "~~", "~");
    private static final List<String> TYPES = List.of("text", "varchar", "name", "bigint", "boolean", "timestamptz");

    @Autowired
    private MockMvcTester http;

    @Autowired
    private TestDatabase database;

    private String attacker = "";

    @BeforeEach
    void lay() throws SQLException {
        attacker = database.createUser("attacker");
        database.superuser()
                .sql("GRANT ALL ON SCHEMA public TO " + identifier(attacker))
                .update();
        database.superuser().sql("GRANT USAGE ON SCHEMA public TO PUBLIC").update();
        try (Connection session = database.connect(attacker);
                Statement statement = session.createStatement()) {
            statement.execute("CREATE TABLE public.loot (name text)");
            statement.execute("GRANT ALL ON public.loot TO PUBLIC");
            for (String type : TYPES) {
                for (boolean before : new boolean[] {true, false}) {
                    String arguments = before ? "varchar, " + type : type + ", varchar";
                    statement.execute("""
                            CREATE OR REPLACE FUNCTION public.steal(%s) RETURNS boolean LANGUAGE plpgsql AS $$
                            BEGIN
                                INSERT INTO public.loot VALUES (current_user);
                                RETURN false;
                            END$$
                            """.formatted(arguments));
                    String[] side = arguments.split(", ");
                    for (String operator : OPERATORS) {
                        if (!type.equals("varchar") || before) {
                            statement.execute(
                                    "CREATE OPERATOR public.%s (FUNCTION = public.steal, LEFTARG = %s, RIGHTARG = %s)"
                                            .formatted(operator, side[0], side[1]));
                        }
                    }
                }
            }
            for (String function : List.of("nullif(varchar, varchar)", "lower(varchar)", "coalesce(varchar)")) {
                statement.execute(
                        "CREATE FUNCTION public.\"%s RETURNS text LANGUAGE plpgsql AS $$BEGIN INSERT INTO public.loot VALUES (current_user); RETURN $1; END$$"
                                .formatted(function.replaceFirst("\\(", "\"(")));
            }
        }
    }

    @AfterEach
    void clear() {
        database.superuser()
                .sql("DROP OWNED BY " + identifier(attacker) + " CASCADE")
                .update();
    }

    private List<String> loot() {
        return database.as(attacker)
                .sql("SELECT name FROM public.loot")
                .query(String.class)
                .list();
    }

    @Test
    void theTrapWouldBeSprung() throws SQLException {
        try (Connection session = database.connect(database.ownerName());
                PreparedStatement query =
                        session.prepareStatement("SELECT jobid FROM cron.job WHERE jobname = ? OR username = ?")) {
            new TestJobs(database).create("SELECT 1");
            query.setString(1, "x");
            query.setString(2, "x");
            query.executeQuery();
        }

        assertThat(loot()).contains(database.ownerName());
    }

    @Test
    void noRequestSpringsIt() {
        long jobid = Json.of(send(
                                http.post().uri("/api/v1/jobs").with(ADMIN),
                                "{'jobname': 'bait', 'schedule': '0 0 29 2 *', 'command': 'SELECT 1', 'timezone': 'Europe/Berlin', 'jobGroup': 'bait'}")
                        .exchange())
                .path("jobid")
                .asLong();
        for (String path : List.of(
                "/jobs?jobname=bait",
                "/jobs?username=x&active=true&after=1&limit=5",
                "/jobs/" + jobid,
                "/runs?status=failed&before=100000",
                "/runs?jobid=" + jobid,
                "/settings")) {
            ok(http.get().uri("/api/v1" + path).with(ADMIN).exchange());
        }
        ok(send(
                        http.patch().uri("/api/v1/jobs/" + jobid).with(ADMIN),
                        "{'jobname': 'bait 2', 'command': 'SELECT 2', 'timezone': 'Asia/Tokyo', 'timeout': 'PT1M', 'validUntil': '2090-01-01T00:00:00Z'}")
                .exchange());
        ok(send(http.patch().uri("/api/v1/settings").with(ADMIN), "{'timezone': 'GMT', 'logLevel': 'all'}")
                .exchange());
        ok(send(
                        http.post().uri("/api/v1/schedules/preview").with(ADMIN),
                        "{'schedule': '0 3 * * *', 'timezone': 'Europe/Berlin', 'after': '2030-01-01T00:00:00Z', 'count': 3}")
                .exchange());
        long runid = Json.of(send(
                                http.post().uri("/api/v1/runs").with(ADMIN),
                                "{'command': 'SELECT pg_sleep(600)', 'timeout': 'PT1M', 'note': 'why'}")
                        .exchange())
                .path("runid")
                .asLong();
        send(http.post().uri("/api/v1/runs/" + runid + "/cancel").with(ADMIN), "{'note': 'why'}")
                .exchange();
        await().until(() -> new TestJobs(database)
                .value("SELECT end_time IS NOT NULL FROM cron.job_run_details WHERE runid = " + runid)
                .equals("true"));
        send(http.post().uri("/api/v1/runs/" + runid + "/rerun").with(ADMIN), "{'note': 'why'}")
                .exchange();
        send(http.post().uri("/api/v1/jobs/" + jobid + "/runs").with(ADMIN), "{'note': 'why'}")
                .exchange();
        http.post().uri("/api/v1/jobs/" + jobid + "/pause").with(ADMIN).exchange();
        http.post().uri("/api/v1/jobs/" + jobid + "/resume").with(ADMIN).exchange();
        ok(http.get().uri("/actuator/health").with(ADMIN).exchange());
        http.delete().uri("/api/v1/jobs/" + jobid).with(ADMIN).exchange();

        assertThat(loot()).isEmpty();
    }
}
