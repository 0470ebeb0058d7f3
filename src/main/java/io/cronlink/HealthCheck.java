package io.cronlink;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;

/**
 * Asks a running service whether it is well: exit code 0 if so, else 1 and one line. For containers, whose images need no curl
 * for it. The only argument is the address; by default that of the liveness probe on this machine, at the port that
 * {@code SERVER_PORT} names, or 8080.
 */
final class HealthCheck {

    private static final int PATIENCE_MILLIS = 2_000;

    private HealthCheck() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] args) {
        String url = args.length > 0 ? args[0] : "http://127.0.0.1:" + port() + "/actuator/health/liveness";
        try {
            int status = status(url);
            if (status == HttpURLConnection.HTTP_OK) {
                return;
            }
            System.out.println(url + " answered with status " + status);
        } catch (IOException | IllegalArgumentException failure) {
            System.out.println(url + " gave no answer: " + failure.getMessage());
        }
        System.exit(1);
    }

    private static String port() {
        return System.getenv().getOrDefault("SERVER_PORT", "8080");
    }

    private static int status(String url) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(url).toURL().openConnection();
        connection.setConnectTimeout(PATIENCE_MILLIS);
        connection.setReadTimeout(PATIENCE_MILLIS);
        return connection.getResponseCode();
    }
}
