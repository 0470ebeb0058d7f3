package io.cronlink.jobfile;

import static io.cronlink.Json.ok;
import static io.cronlink.Json.problem;
import static io.cronlink.TestUsers.ADMIN;
import static io.cronlink.TestUsers.OPERATOR;
import static io.cronlink.TestUsers.READER;
import static org.assertj.core.api.Assertions.assertThat;

import io.cronlink.CronlinkTest;
import io.cronlink.database.TestDatabase;
import io.cronlink.row.Columns;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.logging.LoggingInitializationContext;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.logging.LoggingSystemProperty;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Files of jobs over REST, from a folder and on the command line. */
@CronlinkTest
class JobFileApiTests {

    private static final String FILE = """
            version: 1
            manager: api
            jobs:
              - jobname: as code
                schedule: "0 0 29 2 *"
                timeout: PT20M
                command: |
                  SELECT 'ü';
                  SELECT 2
            """;

    @Autowired
    private MockMvcTester http;

    @Autowired
    private TestDatabase database;

    @Autowired
    private ManagedJobs jobs;

    @Autowired
    private JobFileReader reader;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @AfterEach
    void remove() {
        database.owner()
                .sql(
                        "DELETE FROM cron.job WHERE jobid IN (SELECT jobid FROM cron_engine.managed_job) OR jobname LIKE 'as code%'")
                .update();
    }

    private MvcTestResult post(String path, String type, String body) {
        return http.post()
                .uri("/api/v1" + path)
                .with(ADMIN)
                .contentType(type)
                .content(body.getBytes(StandardCharsets.UTF_8))
                .exchange();
    }

    private MvcTestResult apply(String query, String body) {
        return post("/jobs:apply" + query, "application/yaml", body);
    }

    private List<String> names() {
        return database.owner()
                .sql("SELECT jobname FROM cron.job JOIN cron_engine.managed_job USING (jobid) ORDER BY 1")
                .query(String.class)
                .list();
    }

    @Test
    void areAppliedAndExportedAgain() throws IOException {
        JsonNode plan = ok(apply("?dryRun=true", FILE));
        assertThat(plan.path("dryRun").asBoolean()).isTrue();
        assertThat(plan.at("/counts/add").asInt()).isEqualTo(1);
        assertThat(plan.at("/jobs/0/jobid").isNull()).isTrue();
        assertThat(names()).isEmpty();

        long jobid = ok(apply("", FILE)).at("/jobs/0/jobid").asLong();
        assertThat(database.owner()
                        .sql("SELECT command FROM cron.job WHERE jobid = ?")
                        .param(jobid)
                        .query(String.class)
                        .single())
                .isEqualTo("SELECT 'ü';\nSELECT 2\n");
        assertThat(ok(apply("", FILE)).at("/jobs/0/action").asString()).isEqualTo("unchanged");
        JsonNode changed =
                ok(apply("?dryRun=true", FILE.replace("PT20M", "PT30M"))).at("/jobs/0");
        assertThat(changed.path("changes")).isEqualTo(json("{\"timeout\": [\"PT20M\", \"PT30M\"]}"));

        MvcTestResult yaml = http.get()
                .uri("/api/v1/jobs:export?jobname=as code")
                .with(READER)
                .exchange();
        assertThat(yaml).hasStatusOk();
        assertThat(MediaType.parseMediaType(String.valueOf(yaml.getResponse().getContentType()))
                        .isCompatibleWith(MediaType.APPLICATION_YAML))
                .isTrue();
        String exported = yaml.getResponse().getContentAsString(StandardCharsets.UTF_8);
        assertThat(exported).contains("jobname: as code").contains("command: |");
        assertThat(ok(apply("?manager=api&prune=true", exported)).at("/counts")).isEqualTo(json("{\"unchanged\": 1}"));
        String sql = http.get()
                .uri("/api/v1/jobs:export?format=sql&jobname=as code")
                .with(READER)
                .exchange()
                .getResponse()
                .getContentAsString(StandardCharsets.UTF_8);
        assertThat(database.owner().sql(sql.strip()).query().listOfRows())
                .singleElement()
                .satisfies(row -> assertThat(row).containsEntry("action", "unchanged"));
        assertThat(http.get()
                        .uri("/api/v1/jobs:export?format=pg_cron")
                        .with(READER)
                        .exchange())
                .bodyText()
                .contains("cron.schedule_in_database('as code'");
    }

    private static JsonNode json(String json) {
        return JsonMapper.shared().readTree(json);
    }

    @Test
    void areRefusedWithThePlaceOfWhatIsWrong() {
        JsonNode fault =
                problem(apply("", FILE.replace("timeout", "timeou")), 400).at("/errors/0");
        assertThat(fault.path("field").asString()).isEqualTo("jobs[0].timeou");
        assertThat(fault.path("line").asInt()).isEqualTo(6);
        JsonNode refused = problem(apply("", FILE.replace("29 2", "29 13")), 400);
        assertThat(refused.path("detail").asString())
                .startsWith("job \"as code\" of role ")
                .contains("invalid schedule");
        assertThat(refused.at("/errors/0/field").asString()).isEqualTo("schedule");
        assertThat(problem(apply("", FILE.replace("manager: api", "")), 400)
                        .path("detail")
                        .asString())
                .contains("?manager=");
        problem(apply("", FILE.replace("command: |", "commandFile: /etc/passwd\n    description: |")), 400);
        problem(apply("", ""), 400);
        problem(post("/jobs:apply", "application/json", "{\"version\": 1, \"jobs\": [5]}"), 400);
        problem(post("/jobs:apply", "text/plain", FILE), 415);
        problem(apply("?dry=true", FILE), 400);
        problem(http.get().uri("/api/v1/jobs:export?format=xml").with(READER).exchange(), 400);
        problem(
                http.get()
                        .uri("/api/v1/jobs:export?format=pg_cron&jobname=a")
                        .with(READER)
                        .exchange(),
                400);
        assertThat(names()).isEmpty();
    }

    @Test
    void tellWhatIsInTheWay() {
        ok(apply("", FILE));

        JsonNode conflict = problem(apply("?manager=other", FILE), 409);

        assertThat(conflict.path("detail").asString()).contains("in the way of 1");
        assertThat(conflict.path("hint").asString()).contains("dry run");
        assertThat(ok(apply("?manager=other&adopt=true", FILE))
                        .at("/jobs/0/action")
                        .asString())
                .isEqualTo("adopt");
    }

    @Test
    void areForAdministratorsToApply() {
        for (String path : List.of("/jobs:apply", "/jobs:import?format=crontab")) {
            problem(
                    http.post()
                            .uri("/api/v1" + path)
                            .with(OPERATOR)
                            .contentType("application/yaml")
                            .content(FILE)
                            .exchange(),
                    403);
        }
        assertThat(http.get().uri("/api/v1/jobs:export").exchange()).hasStatus(401);
        assertThat(http.get().uri("/api/v1/jobs-file.schema.json").with(READER).exchange())
                .hasStatusOk()
                .hasContentType("application/schema+json");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            crontab | 0 0 29 2 * psql -c "SELECT 'ü'"\\n0 0 29 2 * rm x\\n99 * * * * SELECT 1
            pg_cron | SELECT cron.schedule('as code 1', '0 0 29 2 *', $$SELECT 'ü'$$);\\nDROP TABLE x;\\nSELECT cron.schedule('as code 2', '99 * * * *', 'SELECT 1')
            """)
    void areMadeOfOtherSchedulersScripts(String format, String script) {
        String path = "/jobs:import?format=" + format;
        String text = script.replace("\\n", "\n");
        String count = "SELECT count(*) FROM cron.job WHERE command = 'SELECT ''ü'''";

        JsonNode tried = ok(post(path + "&dryRun=true", "text/plain;charset=UTF-8", text));
        assertThat(database.owner().sql(count).query(Long.class).single()).isZero();
        JsonNode done = ok(post(path, "text/plain;charset=UTF-8", text));

        for (JsonNode answer : List.of(tried, done)) {
            assertThat(answer.path("jobs")).hasSize(1);
            assertThat(answer.at("/jobs/0/action").asString()).isEqualTo("add");
            assertThat(answer.at("/jobs/0/line").asInt()).isEqualTo(1);
            assertThat(answer.at("/jobs/0/schedule").asString()).isEqualTo("0 0 29 2 *");
            assertThat(answer.at("/jobs/0/command").asString()).isEqualTo("SELECT 'ü'");
            assertThat(answer.path("leftOut")).hasSize(2);
            assertThat(answer.at("/leftOut/0/line").asInt()).isEqualTo(2);
            assertThat(answer.at("/leftOut/1/reason").asString()).contains("invalid schedule: 99 * * * *");
        }
        assertThat(ok(post(path, "text/plain;charset=UTF-8", text))
                        .at("/jobs/0/action")
                        .asString())
                .isEqualTo("unchanged");
        assertThat(database.owner().sql(count).query(Long.class).single()).isEqualTo(1);
        database.owner()
                .sql("DELETE FROM cron.job WHERE command = 'SELECT ''ü'''")
                .update();
    }

    @Test
    void areNotMadeOfAServerThatIsNotThere() {
        assertThat(problem(
                                http.post()
                                        .uri("/api/v1/jobs:import?server=nowhere&dryRun=true")
                                        .with(ADMIN)
                                        .exchange(),
                                400)
                        .path("detail")
                        .asString())
                .contains("nowhere");
        problem(post("/jobs:import", "text/plain", "@daily SELECT 1"), 400);
        problem(post("/jobs:import?format=systemd", "text/plain", "@daily SELECT 1"), 400);
    }

    private JobFolderKeeper keeper(Path folder, boolean prune) {
        return new JobFolderKeeper(new JobFolderProperties(folder, prune, false, Duration.ofSeconds(5)), reader, jobs);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, String> files(Health health) {
        return (Map<String, String>) Objects.requireNonNull(health.getDetails().get("files"));
    }

    @Test
    void areAppliedFromAFolderWhenTheyChange(@TempDir Path folder) throws IOException {
        Instant now = Instant.parse("2027-01-01T00:00:00Z");
        JobFolderKeeper keeper = keeper(folder, true);
        // As Kubernetes mounts a ConfigMap, and swaps it for another.
        Path first = Files.createDirectories(folder.resolve("..first"));
        Files.writeString(
                first.resolve("a.yaml"), FILE.replace("command: |", "commandFile: a.sql\n    description: |"));
        Files.writeString(first.resolve("a.sql"), "SELECT 1\n");
        Files.writeString(
                first.resolve("b.yaml"),
                "version: 1\njobs: [{jobname: as code b, schedule: \"@daily\", command: SELECT 1}]");
        Path data = Files.createSymbolicLink(folder.resolve("..data"), Path.of("..first"));
        for (String name : List.of("a.yaml", "a.sql", "b.yaml")) {
            Files.createSymbolicLink(folder.resolve(name), Path.of("..data", name));
        }

        keeper.look(now);
        assertThat(names()).containsExactly("as code", "as code b");
        assertThat(keeper.health().getStatus()).isEqualTo(Status.UP);
        assertThat(files(keeper.health())).containsEntry("a.yaml", "applied at " + now);

        database.owner()
                .sql("UPDATE cron.job SET command = 'by hand' WHERE jobname = 'as code'")
                .update();
        keeper.look(now.plusSeconds(5));
        assertThat(database.owner()
                        .sql("SELECT command FROM cron.job WHERE jobname = 'as code'")
                        .query(String.class)
                        .single())
                .isEqualTo("by hand");
        Path second = Files.createDirectories(folder.resolve("..second"));
        Files.copy(first.resolve("a.yaml"), second.resolve("a.yaml"));
        Files.writeString(second.resolve("a.sql"), "SELECT 2\n");
        Files.delete(data);
        Files.createSymbolicLink(data, Path.of("..second"));
        keeper.look(now.plusSeconds(10));
        assertThat(database.owner()
                        .sql("SELECT command FROM cron.job WHERE jobname = 'as code'")
                        .query(String.class)
                        .single())
                .isEqualTo("SELECT 2");
        // Its file is gone.
        assertThat(names()).containsExactly("as code");
    }

    @Test
    void harmNoOtherWhenOneIsWrong(@TempDir Path folder) throws IOException {
        Instant now = Instant.parse("2027-01-01T00:00:00Z");
        Path bad = Files.writeString(folder.resolve("a.yaml"), "version: 1\njobs: [{schedule: x}]");
        Path refused = Files.writeString(folder.resolve("b.yaml"), FILE.replace("29 2", "29 13"));
        Files.writeString(
                folder.resolve("c.yaml"), FILE.replace("as code", "as code c").replace("manager: api", ""));
        Files.writeString(
                folder.resolve("d.yaml"), FILE.replace("as code", "as code d").replace("manager: api", "manager: c"));
        JobFolderKeeper keeper = keeper(folder, false);

        keeper.look(now);

        assertThat(names()).containsExactly("as code c");
        assertThat(keeper.health().getStatus()).isEqualTo(Status.DOWN);
        assertThat(files(keeper.health()).get("a.yaml")).contains("jobs[0].command is required");
        assertThat(files(keeper.health()).get("b.yaml")).contains("invalid schedule");
        assertThat(files(keeper.health()).get("d.yaml")).contains("has the same manager as c.yaml");
        Files.writeString(bad, "version: 1\njobs: []");
        Files.writeString(refused, FILE);
        Files.delete(folder.resolve("d.yaml"));
        keeper.look(now.plusSeconds(5));
        assertThat(keeper.health().getStatus()).isEqualTo(Status.UP);
        // Without prune what is gone from the folder stays in the database, and with it too if all is gone.
        Files.delete(folder.resolve("c.yaml"));
        keeper.look(now.plusSeconds(10));
        Files.delete(refused);
        Files.delete(bad);
        JobFolderKeeper pruning = keeper(folder, true);
        pruning.look(now.plusSeconds(15));
        assertThat(names()).containsExactly("as code", "as code c");
        Files.delete(folder);
        pruning.look(now.plusSeconds(20));
        assertThat(pruning.health().getDetails()).containsKey("reason");
        Files.createDirectories(folder);
    }

    /** Both know the same properties: an option that is new to the tables is to be one of files, too. */
    @Test
    void haveTheColumnsOfTheTables() {
        List<String> columns = database.owner().sql("""
                        SELECT attname FROM pg_attribute
                         WHERE attrelid IN ('cron.job'::regclass, 'cron.job_options'::regclass) AND attnum > 0 AND NOT attisdropped AND attname <> 'jobid'
                        """).query(String.class).list();

        assertThat(Arrays.stream(JobEntry.class.getRecordComponents())
                        .map(property -> Columns.column(property.getName()))
                        .filter(column -> !column.equals("command_file")))
                .containsExactlyInAnyOrderElementsOf(columns);
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        Map<String, String> settings = Map.of(
                "spring.datasource.url", database.environment().get("SPRING_DATASOURCE_URL"),
                "spring.datasource.username", database.environment().get("SPRING_DATASOURCE_USERNAME"),
                "spring.datasource.password", database.environment().get("SPRING_DATASOURCE_PASSWORD"));
        settings.forEach(System::setProperty);
        try {
            return CommandLineTool.run(arguments, new PrintWriter(out, true), new PrintWriter(err, true));
        } finally {
            settings.keySet().forEach(System::clearProperty);
        }
    }

    @Test
    void areAppliedOnTheCommandLine(@TempDir Path folder) throws IOException {
        String file = Files.writeString(folder.resolve("reports.yaml"), FILE.replace("manager: api", ""))
                .toString();

        assertThat(run("check", file)).isEqualTo(1);
        assertThat(out.toString())
                .contains("(manager reports)")
                .contains("+ as code of ")
                .endsWith("Plan: 1 to add.\n");
        assertThat(run("apply", file, "--dry-run")).isZero();
        assertThat(names()).isEmpty();
        assertThat(run("apply", file)).isZero();
        assertThat(out.toString()).endsWith("Applied: 1 added.\n");
        assertThat(run("check", file)).isZero();
        assertThat(out.toString()).endsWith("Plan: 1 unchanged.\n");

        // An escape sequence is shown and not obeyed.
        database.owner()
                .sql("UPDATE cron.job SET command = E'\\x1b[2J' WHERE jobname = 'as code'")
                .update();
        assertThat(run("check", file)).isEqualTo(1);
        assertThat(out.toString())
                .contains("~ as code of ")
                .contains("changed since by somebody else: command")
                .contains("command: \"")
                .contains(" → ")
                .doesNotContain("\u001b");
        assertThat(run("check", file, "--json")).isEqualTo(1);
        assertThat(json(out.toString()).at("/0/jobs/0/action").asString()).isEqualTo("change");

        assertThat(run("apply", file, "--manager", "other")).isEqualTo(2);
        assertThat(err.toString()).contains("in the way of 1").contains("is managed by \"reports\"");
        assertThat(run("apply", file, "--manager", "other", "--dry-run")).isEqualTo(2);
        assertThat(out.toString()).contains("! as code of ").endsWith("Plan: 1 in conflict.\n");
        assertThat(run("export", "--jobname", "as code")).isZero();
        assertThat(out.toString()).startsWith("version: 1\njobs:\n  - jobname: as code\n");
    }

    @Test
    void areRefusedOnTheCommandLineByTheirLines(@TempDir Path folder) throws IOException {
        String file = Files.writeString(folder.resolve("a.yml"), FILE.replace("PT20M", "20 min"))
                .toString();

        assertThat(run("validate", file)).isEqualTo(2);
        assertThat(err.toString())
                .isEqualTo(file + ":6:5: jobs[0].timeout must be a duration such as PT90S, PT20M or P1DT12H\n");
        assertThat(run("validate", folder.resolve("nowhere.yaml").toString())).isEqualTo(2);
        Files.writeString(folder.resolve("a.yml"), FILE);
        Files.writeString(folder.resolve("b.json"), "{\"version\": 1, \"jobs\": []}");
        assertThat(run("validate", folder.toString())).isZero();
        assertThat(out.toString()).isEqualTo(file + ": 1 jobs\n" + folder.resolve("b.json") + ": 0 jobs\n");
        assertThat(run("apply", folder.toString(), "--manager", "one")).isEqualTo(2);
        assertThat(run("aply", file)).isEqualTo(2);
        assertThat(err.toString()).contains("apply");
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("validate").contains("SPRING_DATASOURCE_URL");
        assertThat(CommandLineTool.isMeant(new String[] {"--server.port=1"})).isFalse();
        assertThat(CommandLineTool.isMeant(new String[] {"aply"})).isTrue();
        assertThat(CommandLineTool.isMeant(new String[0])).isFalse();
        try {
            assertThat(CommandLineTool.run(
                            new String[] {"check", file}, new PrintWriter(out, true), new PrintWriter(err, true)))
                    .isEqualTo(2);
        } finally {
            speakAgain();
        }
        assertThat(err.toString()).contains("no database is given. Set SPRING_DATASOURCE_URL");
    }

    /** A command that asks for the database silences its process, which here is that of all tests. */
    private static void speakAgain() {
        System.clearProperty(LoggingSystemProperty.CONSOLE_THRESHOLD.getEnvironmentVariableName());
        LoggingSystem log = LoggingSystem.get(JobFileApiTests.class.getClassLoader());
        log.cleanUp();
        log.beforeInitialize();
        log.initialize(new LoggingInitializationContext(new StandardEnvironment()), null, null);
    }
}
