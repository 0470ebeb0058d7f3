package io.cronlink.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class SecretTests {

    private static final String REFERENCED = """
            database: {host: db, name: app, existingSecret: {name: database}}
            """;

    private static final String SECRETS = "/api/v1/namespaces/" + Chart.NAMESPACE + "/secrets/";

    private static String password(Manifests manifests) {
        return new String(
                Base64.getDecoder()
                        .decode(manifests
                                .only("Secret")
                                .at("/data/admin-password")
                                .asString()),
                StandardCharsets.UTF_8);
    }

    private static JsonNode annotations(String... values) {
        return Chart.render(values).pod().at("/metadata/annotations");
    }

    @Test
    void hasAPasswordForTheAdministratorIfNoneIsGiven() {
        Manifests manifests = Chart.render(REFERENCED);

        assertThat(password(manifests)).matches("[A-Za-z0-9]{32}").isNotEqualTo(password(Chart.render(REFERENCED)));
        assertThat(manifests.secret("CRONLINK_SECURITY_PASSWORD")).isEqualTo("release-cronlink/admin-password");
    }

    @Test
    void keepsThePasswordThatTheClusterHas() throws IOException {
        try (Cluster cluster = new Cluster(Map.of("admin-password", "from the first install"))) {
            assertThat(password(Chart.renderWithCluster(cluster.address(), REFERENCED)))
                    .isEqualTo("from the first install");
        }
    }

    @Test
    void hasANewPasswordIfTheClusterHasNone() throws IOException {
        try (Cluster cluster = new Cluster(Map.of())) {
            assertThat(password(Chart.renderWithCluster(cluster.address(), REFERENCED)))
                    .matches("[A-Za-z0-9]{32}");
        }
    }

    @Test
    void replacesThePasswordThatTheClusterHasByOneThatIsGiven() throws IOException {
        try (Cluster cluster = new Cluster(Map.of("admin-password", "from the first install"))) {
            assertThat(password(Chart.renderWithCluster(cluster.address(), REFERENCED, "security: {password: given}")))
                    .isEqualTo("given");
        }
    }

    @Test
    void doesNotExistIfAllIsReferredTo() {
        assertThat(Chart.render(REFERENCED, "security: {existingSecret: {name: login}}")
                        .kind("Secret"))
                .isEmpty();
    }

    @Test
    void rollsThePodsWhenAGivenPasswordChanges() {
        String key = "checksum/secret";
        JsonNode before = annotations(Chart.MINIMAL);

        assertThat(before.has(key)).isTrue();
        assertThat(annotations(Chart.MINIMAL)).isEqualTo(before);
        assertThat(annotations(Chart.MINIMAL, "database: {password: another}").path(key))
                .isNotEqualTo(before.path(key));
        assertThat(annotations(Chart.MINIMAL, "jobs: {username: reports, password: inline-secret}")
                        .path(key))
                .isNotEqualTo(before.path(key));
    }

    @Test
    void rollsThePodsWhenTheConfigurationChanges() {
        String key = "checksum/config";
        JsonNode before = annotations(Chart.MINIMAL, "config: {debug: true}");

        assertThat(before.has(key)).isTrue();
        assertThat(annotations(Chart.MINIMAL, "config: {debug: false}").path(key))
                .isNotEqualTo(before.path(key));
    }

    /** The generated one never changes: an upgrade must not roll the pods because the chart could not see it at first. */
    @Test
    void doesNotRollThePodsForAGeneratedPassword() {
        assertThat(Chart.render(REFERENCED).pod())
                .isEqualTo(Chart.render(REFERENCED).pod());
    }

    /** As much of Kubernetes as Helm asks when it looks a secret up. */
    private static final class Cluster implements AutoCloseable {

        private final HttpServer server;

        Cluster(Map<String, String> secret) throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> answer(exchange, 404, """
                    {"kind": "Status", "apiVersion": "v1", "status": "Failure", "reason": "NotFound", "code": 404}"""));
            server.createContext("/api/v1", exchange -> answer(exchange, 200, """
                    {"kind": "APIResourceList", "apiVersion": "v1", "groupVersion": "v1", "resources":
                      [{"name": "secrets", "singularName": "secret", "namespaced": true, "kind": "Secret", "verbs": ["get"]}]}"""));
            server.createContext(SECRETS, exchange -> answer(exchange, 404, """
                    {"kind": "Status", "apiVersion": "v1", "status": "Failure", "reason": "NotFound", "code": 404}"""));
            if (!secret.isEmpty()) {
                server.createContext(SECRETS + "release-cronlink", exchange -> answer(exchange, 200, json(secret)));
            }
            server.start();
        }

        private static String json(Map<String, String> secret) {
            StringBuilder data = new StringBuilder();
            secret.forEach((key, value) -> data.append(data.isEmpty() ? "" : ", ")
                    .append('"')
                    .append(key)
                    .append("\": \"")
                    .append(Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8)))
                    .append('"'));
            return """
                    {"kind": "Secret", "apiVersion": "v1", "metadata": {"name": "release-cronlink"}, "data": {%s}}""".formatted(data);
        }

        private static void answer(HttpExchange exchange, int status, String body) throws IOException {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        }

        String address() {
            return "http://127.0.0.1:" + server.getAddress().getPort();
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
