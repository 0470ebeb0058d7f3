package io.cronlink.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.cronlink.ServiceProcess;
import io.cronlink.database.CronlinkDatabase;
import io.cronlink.database.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * Each role, and nobody, asks the running service for everything that openapi.yaml describes, with the bodies that are its examples. Who
 * may gets a success that is described, who may not is told so, and nothing comes of it.
 */
@CronlinkDatabase
class EndpointWalkTests {

    private static final String PASSWORD = "pass:word";
    private static final String NOBODY = "nobody";
    private static final String ANYBODY = "anybody";

    /** By rank: each may what those before may. */
    private static final List<String> CALLERS = List.of(NOBODY, "metrics", "reader", "operator", "admin");

    private static final Path ACCESS = Path.of("src", "test", "resources", "contract", "access.txt");

    private final OpenApi description = OpenApi.get();
    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, Integer> seen = new TreeMap<>();

    @TempDir
    private Path data;

    @Test
    void isAnsweredAsDescribed(TestDatabase database) throws IOException, InterruptedException {
        Map<String, String> needed = new HashMap<>();
        for (String line : Files.readAllLines(ACCESS)) {
            String[] words = line.split(" +", 3);
            needed.put(words[0] + " " + words[1], words[2]);
        }
        List<String> faults = new ArrayList<>();
        try (ServiceProcess service = start(database)) {
            Things things = new Things(database);
            for (Map.Entry<String, JsonNode> operation :
                    description.operations().entrySet()) {
                String role = String.valueOf(needed.get(operation.getKey()));
                for (String caller : CALLERS) {
                    boolean mayCall = role.equals(ANYBODY) || CALLERS.indexOf(caller) >= CALLERS.indexOf(role);
                    for (Body body : bodies(operation.getKey(), operation.getValue())) {
                        walk(service, things, operation.getKey(), body, caller, mayCall)
                                .forEach(fault -> faults.add(operation.getKey() + " by " + caller + ": " + fault));
                    }
                }
            }
            assertThat(service.output()).doesNotContain(" ERROR ", "Exception");
        }

        assertThat(faults).isEmpty();
        assertThat(seen.keySet()).contains("200", "201", "202", "204", "401", "403");
    }

    private ServiceProcess start(TestDatabase database) {
        Map<String, String> environment = new HashMap<>(database.environment());
        environment.put("CRONLINK_SECURITY_PASSWORD", PASSWORD);
        List<String> arguments = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            String role = CALLERS.get(i + 1);
            arguments.addAll(List.of(
                    "--cronlink.security.users[" + i + "].name=" + role,
                    "--cronlink.security.users[" + i + "].password=" + PASSWORD,
                    "--cronlink.security.users[" + i + "].role=" + role));
        }
        return ServiceProcess.start(data, environment, arguments.toArray(String[]::new))
                .awaitReady();
    }

    /** With each type of body of which there is an example; just once where there is none. */
    private List<Body> bodies(String operation, JsonNode node) {
        if (operation.equals("POST /api/v1/session")) {
            return List.of(new Body(
                    MediaType.APPLICATION_JSON_VALUE,
                    "{\"username\": \"reader\", \"password\": \"" + PASSWORD + "\"}"));
        }
        List<Body> bodies = new ArrayList<>();
        description
                .resolved(node.path("requestBody"))
                .path("content")
                .properties()
                .forEach(type -> {
                    JsonNode example = type.getValue().has("example")
                            ? type.getValue().path("example")
                            : type.getValue()
                                    .path("examples")
                                    .valueStream()
                                    .findFirst()
                                    .map(first -> first.path("value"))
                                    .orElse(null);
                    if (example != null) {
                        bodies.add(
                                new Body(type.getKey(), example.isString() ? example.asString() : example.toString()));
                    }
                });
        return bodies.isEmpty() ? List.of(new Body(null, "")) : bodies;
    }

    private record Body(@Nullable String type, String text) {}

    private List<String> walk(
            ServiceProcess service, Things things, String operation, Body body, String caller, boolean mayCall)
            throws IOException, InterruptedException {
        String method = operation.substring(0, operation.indexOf(' '));
        String path = operation.substring(operation.indexOf(' ') + 1);
        String filled = things.fill(path, mayCall);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(service.url() + filled + query(operation)))
                .timeout(Duration.ofSeconds(30))
                .method(method, BodyPublishers.ofString(things.fill(body.text(), mayCall)));
        if (body.type() != null) {
            request.header("Content-Type", body.type());
        }
        if (!caller.equals(NOBODY)) {
            String login =
                    Base64.getEncoder().encodeToString((caller + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
            request.header("Authorization", "Basic " + login);
        }
        HttpResponse<InputStream> response = client.send(request.build(), BodyHandlers.ofInputStream());
        seen.merge(String.valueOf(response.statusCode()), 1, Integer::sum);
        String type = response.headers().firstValue("Content-Type").orElse(null);
        boolean isStream = type != null && type.startsWith(MediaType.TEXT_EVENT_STREAM_VALUE);
        try (InputStream content = response.body()) {
            // A stream does not end; that it has begun is an answer.
            String text = isStream ? "" : new String(content.readAllBytes(), StandardCharsets.UTF_8);
            List<String> faults =
                    new ArrayList<>(description.faults(method, filled, response.statusCode(), type, text));
            if (!isExpected(operation, caller, mayCall, response.statusCode())) {
                faults.add("answered with " + response.statusCode() + ": " + text);
            }
            return faults;
        }
    }

    /** What is optional, as far as it has an example. */
    private String query(String operation) {
        JsonNode parameters = description.operations().getOrDefault(operation, MissingNode.getInstance());
        String query = OpenApi.elements(parameters.path("parameters"))
                .map(description::resolved)
                .filter(parameter -> parameter.path("in").asString().equals("query") && parameter.has("example"))
                .map(parameter -> parameter.path("name").asString() + "="
                        + URLEncoder.encode(text(parameter.path("example")), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return query.isEmpty() ? "" : "?" + query;
    }

    /** A list has commas, as all of them are described. */
    private static String text(JsonNode example) {
        return example.isArray()
                ? example.valueStream().map(JsonNode::asString).collect(Collectors.joining(","))
                : example.asString();
    }

    private static boolean isExpected(String operation, String caller, boolean mayCall, int status) {
        if (!mayCall || operation.equals("GET /api/v1/session") && caller.equals(NOBODY)) {
            return status == (caller.equals(NOBODY) ? 401 : 403);
        }
        return status < 300;
    }

    /** What the paths speak of, made anew for each who may do something to it. */
    private static final class Things {

        private static final String JOB = """
                INSERT INTO cron.job (schedule, command, active) VALUES ('@yearly', 'SELECT pg_sleep(60)', false) RETURNING jobid
                """;

        private final TestDatabase database;
        private final JdbcClient owner;
        private int roles;

        Things(TestDatabase database) {
            this.database = database;
            owner = database.owner();
        }

        String fill(String text, boolean isWanted) {
            String filled = text;
            for (String name :
                    List.of("jobid", "runid", "alarmid", "auditid", "token", "jobname", "name", "username")) {
                String variable = "{" + name + "}";
                if (filled.contains(variable)) {
                    filled = filled.replace(variable, isWanted ? make(name, text) : "1");
                }
            }
            // The examples' role and database are none of this server's.
            return filled.replace("\"via\":\"cronlink\"", "\"via\":" + quoted(database.ownerName()))
                    .replace("\"database\":\"staging\"", "\"database\":" + quoted(database.name()));
        }

        private static String quoted(String text) {
            return JsonMapper.shared().writeValueAsString(text);
        }

        private String make(String name, String path) {
            return switch (name) {
                case "jobid" -> one(JOB);
                case "runid" -> path.endsWith("cancel") ? one("SELECT cron.run_job(" + one(JOB) + ")") : one("""
                        INSERT INTO cron.job_run_details (jobid, command, database, username, status, trigger, queued_time, start_time, end_time)
                        VALUES (1, 'SELECT 1', current_database(), CURRENT_USER, 'succeeded', 'schedule', now(), now(), now()) RETURNING runid
                        """);
                case "alarmid" -> one("""
                        INSERT INTO cron.alarm (kind, severity, raised_at, ended_at, message) VALUES ('test', 'info', now(), now(), '')
                        RETURNING alarmid
                        """);
                case "auditid" -> one("SELECT max(auditid) FROM cron.audit");
                case "token" -> one("""
                        INSERT INTO cron_engine.api_token (name, role, hash, created_by, expires_at)
                        VALUES (gen_random_uuid(), 'reader', sha256(gen_random_uuid()::text::bytea), 'admin', now() + interval '1 day')
                        RETURNING tokenid
                        """);
                case "jobname" -> jobname();
                case "name" -> one("""
                        INSERT INTO cron.job_group (name, max_running) VALUES (gen_random_uuid(), 1) RETURNING name
                        """);
                default -> role();
            };
        }

        private String jobname() {
            return one("""
                    INSERT INTO cron.job (schedule, command, active, jobname) VALUES ('@yearly', 'SELECT 1', false, gen_random_uuid())
                    RETURNING jobname
                    """);
        }

        /** Whose name may stand in a path, and as whom the owner may act. */
        private String role() {
            roles++;
            String role = database.createRoleCalled(
                    "walker_" + roles + "_" + database.name().hashCode());
            owner.sql("GRANT USAGE ON SCHEMA cron TO " + TestDatabase.identifier(role))
                    .update();
            database.superuser()
                    .sql("GRANT " + TestDatabase.identifier(role) + " TO "
                            + TestDatabase.identifier(database.ownerName()))
                    .update();
            owner.sql("SELECT cron.add_login(:role, :password)")
                    .param("role", role)
                    .param("password", database.password(role))
                    .query()
                    .singleRow();
            return role;
        }

        private String one(String sql) {
            return String.valueOf(owner.sql(sql).query().singleValue());
        }
    }
}
