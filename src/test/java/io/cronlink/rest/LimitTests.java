package io.cronlink.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.cronlink.database.TestDatabase;
import io.cronlink.rest.Wire.Answer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@ServedTest
class LimitTests {

    private static final int LARGEST = 2 << 20;

    @LocalServerPort
    private int port;

    @Autowired
    private DataSource pool;

    @Autowired
    private TestDatabase database;

    private static String head(String method, String path) {
        return method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n" + Wire.admin()
                + "Content-Type: application/json\r\n";
    }

    private Answer answer(String method, String path, String body) {
        String json = body.replace('\'', '"');
        try (Wire wire = Wire.to(port)) {
            return wire.send(head(method, path) + "Content-Length: " + json.length() + "\r\n\r\n" + json)
                    .answer();
        }
    }

    @Test
    void aBodyThatSaysThatItIsTooLargeIsRefused() {
        try (Wire wire = Wire.to(port)) {
            wire.send(head("POST", "/api/v1/jobs") + "Content-Length: " + (LARGEST + 1) + "\r\n\r\n")
                    .send(" ".repeat(LARGEST + 1));

            assertThat(wire.answer().problem(413).path("detail").asString()).contains("2097152 bytes");
        }
    }

    @Test
    void aBodyThatTurnsOutToBeTooLargeIsRefused() {
        try (Wire wire = Wire.to(port)) {
            wire.send(head("POST", "/api/v1/jobs") + "Transfer-Encoding: chunked\r\n\r\n");
            for (int i = 0; i <= LARGEST / 0x10000; i++) {
                wire.send("10000\r\n" + " ".repeat(0x10000) + "\r\n");
            }
            wire.send("0\r\n\r\n").answer().problem(413);
        }
    }

    @Test
    void aBodyThatIsJustSmallEnoughIsTaken() {
        answer("POST", "/api/v1/jobs", "{}" + " ".repeat(LARGEST - 2)).problem(400);
    }

    @Test
    void whoIsRefusedIsNotAskedForTheBodyFirst() {
        try (Wire wire = Wire.to(port)) {
            Answer answer = wire.send("POST /api/v1/jobs HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n"
                            + "Content-Length: 1000000\r\n\r\n")
                    .answer();

            answer.problem(401);
        }
    }

    @Test
    void aListShowsTheBeginningOfTextsAndOneRowAllOfThem() {
        long jobid = database.owner().sql("""
                        SELECT cron.set_options(cron.schedule('long', '0 3 1 1 *', 'SELECT ' || repeat('€', 300000)),
                            description => repeat('d', 201))
                        """).query(Long.class).single();
        long runid = database.owner().sql("""
                        INSERT INTO cron.job_run_details (jobid, username, command, status, return_message, result, end_time)
                        VALUES (?, CURRENT_USER, repeat('c', 300), 'succeeded', repeat('m', 300), repeat('r', 200), now())
                        RETURNING runid
                        """).param(jobid).query(Long.class).single();

        JsonNode job = row("/api/v1/jobs?jobname=long").path("jobs").path(0);
        assertThat(job.path("command").asString()).hasSize(200).startsWith("SELECT €");
        assertThat(job.path("description").asString()).hasSize(200);
        assertThat(job.path("cut").toString()).isEqualTo("[\"command\",\"description\"]");
        JsonNode run = row("/api/v1/runs?jobid=" + jobid).path("runs").path(0);
        assertThat(run.path("command").asString()).hasSize(200);
        assertThat(run.path("result").asString()).hasSize(200);
        assertThat(run.path("cut").toString()).isEqualTo("[\"returnMessage\",\"command\"]");

        assertThat(row("/api/v1/jobs/" + jobid).path("command").asString()).hasSize(300_007);
        assertThat(row("/api/v1/jobs/" + jobid).has("cut")).isFalse();
        assertThat(row("/api/v1/runs/" + runid).path("returnMessage").asString())
                .hasSize(300);
    }

    /** As one that somebody has copied from pg_cron. */
    @Test
    void oneOddRowTakesTheListFromNobody() {
        long runid = database.owner()
                .sql(
                        "INSERT INTO cron.job_run_details (username, start_time) VALUES (CURRENT_USER, '-infinity') RETURNING runid")
                .query(Long.class)
                .single();

        assertThat(row("/api/v1/runs").path("runs")).isNotEmpty();
        assertThat(row("/api/v1/runs/" + runid).path("attempt").isNull()).isTrue();
    }

    private JsonNode row(String path) {
        Answer answer = answer("GET", path, "");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body());
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    GET    | /api/v1/jobs | {}
                    POST   | /api/v1/jobs              | {'schedule': '@daily', 'command': 'SELECT 1'}
                    GET    | /api/v1/jobs/1 | {}
                    PATCH  | /api/v1/jobs/1            | {'active': true}
                    DELETE | /api/v1/jobs/1 | {}
                    POST   | /api/v1/jobs/1/pause | {}
                    POST   | /api/v1/jobs/1/resume | {}
                    POST   | /api/v1/jobs/1/runs | {}
                    POST   | /api/v1/runs              | {'command': 'SELECT 1'}
                    GET    | /api/v1/runs | {}
                    GET    | /api/v1/runs/1 | {}
                    POST   | /api/v1/runs/1/cancel | {}
                    POST   | /api/v1/runs/1/rerun | {}
                    POST   | /api/v1/schedules/preview | {'schedule': '@daily'}
                    GET    | /api/v1/settings | {}
                    PATCH  | /api/v1/settings          | {'paused': false}
                    """, delimiter = '|', quoteCharacter = '"')
    void withoutASessionNobodyIsServedAndToldWhy(String method, String path, String body) throws SQLException {
        List<Connection> sessions = new ArrayList<>();
        try {
            for (int i = 0; i < 5; i++) {
                sessions.add(pool.getConnection());
            }

            Answer answer = answer(method, path, body);

            assertThat(answer.problem(503).path("detail").asString())
                    .isEqualTo("All of the service's sessions of the database are in use.");
            assertThat(answer.head()).contains("Retry-After: ");
        } finally {
            for (Connection session : sessions) {
                session.close();
            }
        }
    }

    @Test
    void aFullDiskSaysSo() {
        database.owner().sql("""
                        CREATE FUNCTION cron_engine.fill_the_disk() RETURNS trigger LANGUAGE plpgsql AS $$
                        BEGIN
                            RAISE EXCEPTION 'could not extend file "base/5/1249": No space left on device' USING ERRCODE = 'disk_full';
                        END
                        $$
                        """).update();
        database.owner().sql("""
                        CREATE TRIGGER full_disk BEFORE INSERT ON cron.job FOR EACH ROW WHEN (NEW.jobname = 'too much')
                        EXECUTE FUNCTION cron_engine.fill_the_disk()
                        """).update();

        JsonNode problem = answer(
                        "POST", "/api/v1/jobs", "{'jobname': 'too much', 'schedule': '@daily', 'command': 'SELECT 1'}")
                .problem(503);

        assertThat(problem.path("detail").asString()).isEqualTo("The disk of the database server is full.");
        assertThat(problem.path("sqlstate").asString()).isEqualTo("53100");
    }

    @Test
    void aDurationMayBeLongerThan68Years() {
        assertThat(answer("PATCH", "/api/v1/settings", "{'keepFailedRuns': 'PT860000H0.000001S'}")
                        .status())
                .isEqualTo(200);
        assertThat(database.owner()
                        .sql("SELECT keep_failed_runs::text FROM cron.settings")
                        .query(String.class)
                        .single())
                .isEqualTo("860000:00:00.000001");
    }

    @Test
    void thereIsNoErrorToSee() {
        answer("GET", "/error", "").problem(404);
    }

    @Test
    void aMalformedRequestIsAProblem() {
        try (Wire wire = Wire.to(port)) {
            wire.send("GET /a|b HTTP/1.1\r\nHost: localhost\r\n\r\n").answer().problem(400);
        }
    }
}
