package io.cronlink.event;

import static org.awaitility.Awaitility.await;

import io.cronlink.TestUsers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads as a browser's EventSource does: a stream that ends is asked for again, from where it ended. */
final class EventReader implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Pattern RUNID = Pattern.compile("\"runid\":(\\d+)");
    private static final Pattern JOBID = Pattern.compile("\"jobid\":(\\d+)");
    private static final Pattern STREAMS = Pattern.compile("(?m)^cronlink_event_streams (\\d+)");

    private final String path;
    private final int port;
    private final String user;
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final List<String> comments = new CopyOnWriteArrayList<>();
    private final List<String> headers = new CopyOnWriteArrayList<>();
    private final List<Integer> statuses = new CopyOnWriteArrayList<>();
    private volatile @Nullable String lastEventId;
    private volatile @Nullable Socket connection;
    private volatile boolean closed;

    private EventReader(int port, String user, String query, @Nullable String lastEventId) {
        this.path = "/api/v1/events" + query;
        this.port = port;
        this.user = user;
        this.lastEventId = lastEventId;
    }

    static EventReader start(int port, String user, String query, @Nullable String lastEventId) {
        EventReader reader = new EventReader(port, user, query, lastEventId);
        Thread thread = new Thread(reader::run, "event-reader");
        thread.setDaemon(true);
        thread.start();
        return reader;
    }

    static String login(String user) {
        return "Authorization: " + credentials(user) + "\r\n";
    }

    private static String credentials(String user) {
        return "Basic "
                + Base64.getEncoder()
                        .encodeToString((user + ":" + TestUsers.PASSWORD).getBytes(StandardCharsets.UTF_8));
    }

    static int status(int port, String user, String path) {
        try {
            HttpURLConnection connection = open(URI.create("http://127.0.0.1:" + port + path), user);
            int status = connection.getResponseCode();
            connection.disconnect();
            return status;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** A stream to its end; fails if it is broken off, which its last chunk tells. */
    static String whole(int port, String user, String path) {
        try (InputStream stream =
                open(URI.create("http://127.0.0.1:" + port + path), user).getInputStream()) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** As the service counts them. */
    static int streams(int port) {
        try (InputStream scrape = open(URI.create("http://127.0.0.1:" + port + "/actuator/prometheus"), "admin")
                .getInputStream()) {
            Matcher matcher = STREAMS.matcher(new String(scrape.readAllBytes(), StandardCharsets.UTF_8));
            return matcher.find() ? Integer.parseInt(matcher.group(1)) : -1;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static HttpURLConnection open(URI address, String user) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
        connection.setRequestProperty("Authorization", credentials(user));
        connection.setReadTimeout((int) PATIENCE.toMillis());
        return connection;
    }

    int get(String path) {
        return status(port, user, path);
    }

    EventReader awaitReady() {
        await().atMost(PATIENCE).until(() -> names().contains("ready"));
        return this;
    }

    List<String> names() {
        return events.stream().map(Event::name).toList();
    }

    List<String> comments() {
        return comments;
    }

    List<Integer> statuses() {
        return statuses;
    }

    List<String> headers() {
        return headers;
    }

    int connections() {
        return statuses.size();
    }

    /** Of the first event of this name. */
    String data(String name) {
        return events.stream()
                .filter(event -> event.name().equals(name))
                .findFirst()
                .orElseThrow()
                .data();
    }

    List<Long> ended() {
        return events.stream()
                .filter(event -> event.name().equals("run-ended"))
                .map(event -> number(RUNID, event.data()))
                .filter(runid -> runid != 0)
                .toList();
    }

    List<Long> jobids() {
        return events.stream()
                .filter(event -> !event.name().equals("ready"))
                .map(event -> number(JOBID, event.data()))
                .toList();
    }

    private static long number(Pattern pattern, String data) {
        Matcher matcher = pattern.matcher(data);
        return matcher.find() ? Long.parseLong(matcher.group(1)) : -1;
    }

    /** Breaks the connection, wherever it is. */
    void interrupt() {
        Socket present = connection;
        if (present != null) {
            try {
                present.close();
            } catch (IOException gone) {
                throw new UncheckedIOException(gone);
            }
        }
    }

    private void run() {
        while (!closed) {
            try (Socket socket = new Socket("127.0.0.1", port)) {
                connection = socket;
                socket.setSoTimeout((int) PATIENCE.toMillis());
                String last = lastEventId;
                // Of HTTP 1.0, so that the answer is not in chunks.
                String request = "GET " + path + " HTTP/1.0\r\nHost: localhost\r\nAccept: text/event-stream\r\n"
                        + login(user) + (last == null ? "" : "Last-Event-ID: " + last + "\r\n") + "\r\n";
                socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
                read(new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8)));
            } catch (IOException broken) {
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void read(BufferedReader lines) throws IOException {
        String status = lines.readLine();
        if (status == null) {
            return;
        }
        statuses.add(Integer.valueOf(status.split(" ")[1]));
        for (String header = lines.readLine(); header != null && !header.isEmpty(); header = lines.readLine()) {
            headers.add(header);
        }
        String id = null;
        String name = "";
        String data = "";
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(":")) {
                comments.add(line.substring(1).strip());
            } else if (line.startsWith("id: ")) {
                id = line.substring(4);
            } else if (line.startsWith("event: ")) {
                name = line.substring(7);
            } else if (line.startsWith("data: ")) {
                data = line.substring(6);
            } else if (line.isEmpty() && id != null) {
                lastEventId = id;
                events.add(new Event(name, data));
                id = null;
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        interrupt();
    }

    private record Event(String name, String data) {}
}
