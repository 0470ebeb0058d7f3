package io.cronlink.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

@ServedTest
class SlowClientTests {

    /** That of Kubernetes, for a probe. */
    private static final Duration SOON = Duration.ofSeconds(1);

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration FAR_TOO_LONG = Duration.ofSeconds(10);

    @LocalServerPort
    private int port;

    private final List<Wire> wires = new ArrayList<>();

    /** What is loaded or compiled first is slow, for whatever reason. */
    @BeforeEach
    void warmUp() {
        for (int i = 0; i < 20; i++) {
            assertThat(open().send("GET /api/v1/settings HTTP/1.1\r\nHost: localhost\r\n" + Wire.admin() + "\r\n")
                            .answer()
                            .status())
                    .isEqualTo(200);
        }
        close();
    }

    @AfterEach
    void close() {
        wires.forEach(Wire::close);
        wires.clear();
    }

    private Wire open() {
        Wire wire = Wire.to(port);
        wires.add(wire);
        return wire;
    }

    private List<Wire> open(int number, String text) {
        return Stream.generate(() -> open().send(text)).limit(number).toList();
    }

    private void requireLiveness() {
        long begin = System.nanoTime();
        try (Wire wire = Wire.to(port).send("GET /actuator/health/liveness HTTP/1.1\r\nHost: localhost\r\n\r\n")) {
            assertThat(wire.answer().status()).isEqualTo(200);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(SOON);
    }

    /** A byte now and then, until nobody listens any more, or for far too long. */
    private static Duration trickle(Wire wire, Predicate<Wire> listens) {
        long begin = System.nanoTime();
        while (listens.test(wire) && System.nanoTime() - begin < FAR_TOO_LONG.toNanos()) {
            try {
                Thread.sleep(100);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(interrupted);
            }
        }
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /api/v1/jobs HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n",
                "POST /api/v1/jobs HTTP/1.1\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n",
                "POST /api/v1/jobs HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n",
                "PATCH /api/v1/jobs/1 HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n",
                "POST /api/v1/jobs HTTP/1.1\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 1000\r\n",
                "POST /actuator/health/liveness HTTP/1.1\r\nContent-Length: 1000\r\n",
                "GET /actuator/health/liveness HTTP/1.1\r\nContent-Length: 1000\r\n",
                "GET /actuator/health/liveness HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n",
                "POST /actuator/health/readiness HTTP/1.1\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n",
                "GET /actuator/health/readiness HTTP/1.1\r\nTransfer-Encoding: chunked\r\n",
                "POST /error HTTP/1.1\r\nTransfer-Encoding: chunked\r\n",
                "POST /a//b HTTP/1.1\r\nTransfer-Encoding: chunked\r\n",
                "POST /api/v1/jobs HTTP/1.1\r\nOrigin: https://evil.example\r\nContent-Length: 1000\r\n",
            })
    void strangersHoldNoThread(String head) {
        List<Wire> strangers = open(250, head + "Host: localhost\r\n\r\n{");

        requireLiveness();

        assertThat(strangers.stream().map(wire -> wire.answer().head()).distinct())
                .isNotEmpty()
                .allSatisfy(answer -> assertThat(answer).containsIgnoringCase("connection: close"));
        assertThat(strangers).allMatch(Wire::isClosed);
    }

    @Test
    void aStrangerIsAnsweredOncePerConnection() {
        String request = "GET /api/v1/jobs HTTP/1.1\r\nHost: localhost\r\n\r\n";

        Wire wire = open().send(request.repeat(50));

        wire.answer().problem(401);
        assertThat(wire.isClosed()).isTrue();
    }

    @Test
    void aUserHasOneConnectionForManyRequests() {
        Wire wire = open();

        for (int i = 0; i < 3; i++) {
            wire.send("PATCH /api/v1/settings HTTP/1.1\r\nHost: localhost\r\n" + Wire.admin()
                    + "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");
            assertThat(wire.answer().status()).isEqualTo(200);
        }
    }

    @Test
    void aUserWithSlowBodiesLeavesThreadsToOthers() {
        String head = "POST /api/v1/jobs HTTP/1.1\r\nHost: localhost\r\n" + Wire.admin()
                + "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{";
        List<Wire> slow = open(250, head);

        requireLiveness();
        Wire other = open().send("GET /api/v1/settings HTTP/1.1\r\nHost: localhost\r\n"
                + Wire.login("rita", io.cronlink.TestUsers.PASSWORD) + "\r\n");
        assertThat(other.answer().status()).isEqualTo(200);

        assertThat(slow.stream().map(wire -> wire.answer().status()).toList())
                .containsOnly(408, 503)
                .contains(408);
    }

    @Test
    void aBodyThatTricklesIsRefusedInTime() {
        Wire wire = open().send("POST /api/v1/jobs HTTP/1.1\r\nHost: localhost\r\n" + Wire.admin()
                + "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n");

        assertThat(trickle(wire, slow -> slow.trickle(' '))).isBetween(PATIENCE, PATIENCE.multipliedBy(2));
    }

    @Test
    void aBodyThatDoesNotComeIsRefusedInTime() {
        Wire wire = open().send("POST /api/v1/jobs HTTP/1.1\r\nHost: localhost\r\n" + Wire.admin()
                + "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n");

        wire.answer().problem(408);
    }

    @Test
    void headersThatTrickleAreNotWaitedFor() {
        Wire first = open().send("GET /actuator/health/liveness HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");

        assertThat(trickle(first, slow -> slow.trickle('x'))).isBetween(PATIENCE, PATIENCE.multipliedBy(2));
    }

    @Test
    void norAreThoseOfALaterRequest() {
        Wire wire = open().send("GET /api/v1/settings HTTP/1.1\r\nHost: localhost\r\n" + Wire.admin() + "\r\n");
        assertThat(wire.answer().status()).isEqualTo(200);

        wire.send("GET /api/v1/settings?");
        assertThat(trickle(wire, slow -> slow.trickle('x'))).isBetween(PATIENCE, PATIENCE.multipliedBy(2));
    }

    /** It lasts longer than headers may take to arrive. */
    @Test
    void aStreamOfEventsIsNoneOfThese() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/v1/events"))
                .header("Authorization", Wire.admin().strip().substring("Authorization: ".length()))
                .build();

        // The client throws if the stream is cut off.
        HttpResponse<String> stream = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());

        assertThat(stream.statusCode()).isEqualTo(200);
    }

    @Test
    void moreConnectionsThanThereAreKeepNobodyOut() {
        open(450, "GET /");

        requireLiveness();
    }
}
