package io.cronlink.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.cronlink.TestUsers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A connection whose bytes are the test's: no client library sends what is not allowed, or that slowly. */
final class Wire implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 20_000;
    private static final Pattern ANSWER = Pattern.compile("HTTP/1\\.1 (\\d{3}) .*?\r\n\r\n", Pattern.DOTALL);
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\nContent-Length: (\\d+)\r\n");

    private final Socket socket;

    private Wire(Socket socket) {
        this.socket = socket;
    }

    static Wire to(int port) {
        try {
            Socket socket = new Socket();
            socket.connect(new InetSocketAddress("127.0.0.1", port), PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            return new Wire(socket);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static String login(String name, String password) {
        return "Authorization: Basic "
                + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8)) + "\r\n";
    }

    static String admin() {
        return login("admin", TestUsers.PASSWORD);
    }

    /** In ISO 8859-1, so that each character is the byte that it says. */
    Wire send(String text) {
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            return this;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** False once the other side has closed the connection. */
    boolean trickle(char letter) {
        try {
            socket.getOutputStream().write(letter);
            return true;
        } catch (IOException closed) {
            return false;
        }
    }

    Answer answer() {
        return answer(false);
    }

    Answer answer(boolean hasNoBody) {
        try {
            InputStream input = socket.getInputStream();
            ByteArrayOutputStream octets = new ByteArrayOutputStream();
            for (int octet = input.read(); octet >= 0; octet = input.read()) {
                octets.write(octet);
                String text = octets.toString(StandardCharsets.UTF_8);
                Matcher head = ANSWER.matcher(text);
                if (octet == '\n' && head.lookingAt()) {
                    Matcher length = LENGTH.matcher(head.group());
                    byte[] body =
                            length.find() ? input.readNBytes(Integer.parseInt(length.group(1))) : chunks(input, head);
                    return new Answer(
                            Integer.parseInt(head.group(1)), head.group(), new String(body, StandardCharsets.UTF_8));
                }
            }
            throw new AssertionError("no answer: " + octets.toString(StandardCharsets.UTF_8));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static byte[] chunks(InputStream input, Matcher head) throws IOException {
        if (!head.group().contains("Transfer-Encoding: chunked")) {
            return input.readAllBytes();
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = size(input); size > 0; size = size(input)) {
            body.write(input.readNBytes(size));
            input.readNBytes(2);
        }
        input.readNBytes(2);
        return body.toByteArray();
    }

    private static int size(InputStream input) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int octet = input.read(); octet != '\n'; octet = input.read()) {
            line.append((char) octet);
        }
        return Integer.parseInt(line.toString().strip(), 16);
    }

    /** Whether the other side has ended, or reset, the connection without a further answer. */
    boolean isClosed() {
        try {
            return socket.getInputStream().read() < 0;
        } catch (IOException reset) {
            return true;
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    record Answer(int status, String head, String body) {

        JsonNode problem(int expected) {
            assertThat(status).as("%s%s", head, body).isEqualTo(expected);
            return problem();
        }

        JsonNode problem() {
            assertThat(head).contains("Content-Type: application/problem+json");
            JsonNode problem = JsonMapper.shared().readTree(body);
            assertThat(problem.path("status").asInt()).isEqualTo(status);
            return problem;
        }
    }
}
