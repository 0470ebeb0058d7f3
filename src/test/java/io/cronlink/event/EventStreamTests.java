package io.cronlink.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cronlink.database.TestDatabase;
import io.cronlink.rest.ServedTest;
import io.cronlink.run.TestJobs;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@ServedTest
class EventStreamTests {

    private static final Duration SOON = Duration.ofSeconds(20);

    @LocalServerPort
    private int port;

    @Autowired
    private TestDatabase database;

    private TestJobs jobs;

    @BeforeEach
    void prepare() {
        jobs = new TestJobs(database);
    }

    @AfterEach
    void clear() {
        database.owner().sql("DELETE FROM cron.job").update();
    }

    private EventReader reader(String query) {
        return EventReader.start(port, "admin", query, null);
    }

    private long sessions() {
        return Long.parseLong(jobs.value("SELECT count(*) FROM pg_stat_activity"
                + " WHERE application_name = 'cronlink events' AND datname = current_database()"));
    }

    @Test
    void tellsOfStartsEndsAndChanges() {
        try (EventReader reader = reader("").awaitReady()) {
            long jobid = jobs.create("SELECT pg_sleep(0.3)");
            long runid = jobs.start(jobid);
            jobs.ended(runid);
            jobs.set(jobid, "priority => 1");
            await().atMost(SOON).until(() -> reader.names().contains("run-ended"));
            jobs.unschedule(jobid);
            database.owner().sql("UPDATE cron.settings SET catch_up_limit = 99").update();

            await().atMost(SOON).untilAsserted(() -> assertThat(reader.names())
                    .contains("run-started", "run-ended", "job-changed", "job-removed", "settings-changed"));
            assertThat(reader.data("run-started"))
                    .contains("\"runid\":" + runid)
                    .contains("\"status\":\"running\"");
            assertThat(reader.data("run-ended"))
                    .contains("\"runid\":" + runid)
                    .contains("\"status\":\"succeeded\"")
                    .contains("\"message\":\"1 row\"")
                    .contains("\"endTime\":");
            assertThat(reader.headers())
                    .contains("Content-Type: text/event-stream;charset=UTF-8", "Cache-Control: no-store");
            assertThat(reader.data("job-removed")).contains("\"jobid\":" + jobid);
        }
    }

    @Test
    void tellsOfOneJobIfAskedTo() {
        long jobid = jobs.create("SELECT 1/0");
        try (EventReader reader = reader("?jobid=" + jobid).awaitReady()) {
            jobs.start(jobs.create("SELECT 1"));
            jobs.start(jobid);

            await().atMost(SOON).until(() -> reader.names().contains("run-ended"));
            assertThat(reader.jobids()).containsOnly(jobid);
            assertThat(reader.data("run-ended"))
                    .contains("\"sqlstate\":\"22012\"")
                    .contains("division by zero");
        }
    }

    /** Streams end all the time, here after three seconds at most. */
    @Test
    void losesNothingAndTellsNothingTwice() throws InterruptedException {
        List<Long> runids = new ArrayList<>();
        try (EventReader reader = reader("").awaitReady();
                EventReader other = reader("").awaitReady()) {
            long jobid = jobs.create("SELECT 1");
            jobs.set(jobid, "overlap => 'allow'");
            for (int round = 0; round < 20; round++) {
                for (int run = 0; run < 20; run++) {
                    runids.add(jobs.start(jobid));
                }
                reader.interrupt();
                Thread.sleep(250);
            }

            await().atMost(SOON)
                    .until(() -> reader.ended().size() >= runids.size()
                            && other.ended().size() >= runids.size());
            assertThat(reader.ended()).doesNotHaveDuplicates().containsAll(runids);
            assertThat(other.ended()).doesNotHaveDuplicates().containsAll(runids);
            assertThat(reader.connections()).isGreaterThan(10);
            assertThat(other.connections()).as("as each ends in time").isGreaterThan(1);
            assertThat(reader.names()).doesNotContain("reset");
        }
    }

    @Test
    void goesOnWhenItsSessionIsKilled() {
        try (EventReader reader = reader("").awaitReady()) {
            assertThat(sessions()).isOne();
            long jobid = jobs.create("SELECT 1");
            jobs.set(jobid, "overlap => 'allow'");
            database.superuser()
                    .sql(
                            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'cronlink events'")
                    .query()
                    .listOfRows();
            List<Long> runids = new ArrayList<>();
            for (int run = 0; run < 10; run++) {
                runids.add(jobs.start(jobid));
            }

            await().atMost(SOON).until(() -> reader.ended().containsAll(runids));
            assertThat(reader.ended()).doesNotHaveDuplicates();
            assertThat(reader.names()).doesNotContain("reset");
        }
        await().atMost(SOON.plusSeconds(5)).until(() -> sessions() == 0);
    }

    /** A crash of the server takes the log; and nobody's place is kept for ever. */
    @Test
    void saysSoWhenSomethingMayBeMissing() {
        try (EventReader old = EventReader.start(port, "admin", "", "17")) {
            await().atMost(SOON).until(() -> old.names().contains("reset"));
            assertThat(old.names()).doesNotContain("ready");
        }
        try (EventReader reader = reader("").awaitReady()) {
            jobs.run("SELECT 1");
            await().atMost(SOON).until(() -> !reader.ended().isEmpty());
            database.owner().sql("DELETE FROM cron_engine.event").update();

            reader.interrupt();

            await().atMost(SOON).until(() -> reader.names().contains("reset"));
            long runid = jobs.run("SELECT 1").runid();
            await().atMost(SOON).until(() -> reader.ended().contains(runid));
        }
    }

    @Test
    void isHarmedByNoReaderThatDoesNotRead() throws IOException {
        List<Socket> silent = new ArrayList<>();
        try (EventReader reader = reader("").awaitReady()) {
            for (int number = 0; number < 20; number++) {
                silent.add(silentReader());
            }
            long jobid = jobs.create("SELECT 1");
            for (int round = 0; round < 3; round++) {
                // More than a socket takes.
                database.owner().sql("""
                        SELECT cron_engine.log_event('runs', array_agg(0::bigint), array_agg(:jobid), array_agg(repeat('x', 1000)))
                        FROM generate_series(1, 5000)
                        """).param("jobid", jobid).query().listOfRows();
                // Whoever waited for each of them would wait for a second, twenty times.
                long begin = System.nanoTime();
                long runid = jobs.start(jobid);
                await().atMost(SOON).until(() -> reader.ended().contains(runid));
                assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(8));
                assertThat(reader.get("/api/v1/jobs")).isEqualTo(200);
            }
            // They end as all do, and nobody waits for them.
            await().atMost(SOON).until(() -> threadsInStreams() == 0 && EventReader.streams(port) <= 1);
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }
    }

    private Socket silentReader() throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.connect(new InetSocketAddress("127.0.0.1", port));
        socket.getOutputStream()
                .write(("GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n" + EventReader.login("admin") + "\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static long threadsInStreams() {
        return Thread.getAllStackTraces().values().stream()
                .filter(stack -> List.of(stack).stream()
                        .anyMatch(frame -> frame.getClassName().equals(EventStream.class.getName())))
                .count();
    }

    @Test
    void servesAHundredReadersAndNoMore() {
        List<EventReader> readers = new ArrayList<>();
        try {
            for (int number = 0; number < 100; number++) {
                readers.add(EventReader.start(port, number % 2 == 0 ? "admin" : "rita", "", null));
            }
            readers.forEach(EventReader::awaitReady);
            // Streams end all the time here, and their readers come back: for a moment there may be a place.
            await().atMost(SOON).until(() -> EventReader.status(port, "admin", "/api/v1/events") == 503);
            assertThat(EventReader.status(port, "admin", "/api/v1/jobs")).isEqualTo(200);

            long runid = jobs.run("SELECT 1").runid();

            await().atMost(SOON).until(() -> readers.stream()
                    .allMatch(reader -> reader.ended().contains(runid)));
            assertThat(sessions()).isOne();
        } finally {
            readers.forEach(EventReader::close);
        }
        await().atMost(SOON).until(() -> EventReader.streams(port) == 0);
    }

    @Test
    void keepsAConnectionAlive() {
        try (EventReader reader = reader("?jobid=0").awaitReady()) {
            await().atMost(SOON).until(() -> reader.comments().contains("alive"));
        }
    }

    /** Which may be longer than headers may take to arrive. */
    @Test
    void endsWhenItsTimeIsOver() throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port));
            socket.getOutputStream()
                    .write(("GET /api/v1/events?jobid=0 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                                    + EventReader.login("admin") + "\r\n")
                            .getBytes(StandardCharsets.US_ASCII));

            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answer).contains("event: ready").endsWith("\r\n0\r\n\r\n");
        }
    }

    @Test
    void endsAStreamOnlyWhenItsTimeIsOver() {
        assertThat(EventReader.whole(port, "rita", "/api/v1/events?jobid=0")).contains("ready");
    }

    @Test
    void refusesWhomItDoesNotKnowAndWhatItDoesNotUnderstand() {
        assertThat(EventReader.status(port, "nobody", "/api/v1/events")).isEqualTo(401);
        assertThat(EventReader.status(port, "rita", "/api/v1/events?job=1")).isEqualTo(400);
        assertThat(EventReader.status(port, "rita", "/api/v1/events?jobid=x")).isEqualTo(400);
        try (EventReader strange = EventReader.start(port, "rita", "", "yesterday")) {
            await().atMost(SOON).until(() -> strange.statuses().contains(400));
        }
        await().atMost(SOON).until(() -> EventReader.streams(port) == 0);
    }
}
