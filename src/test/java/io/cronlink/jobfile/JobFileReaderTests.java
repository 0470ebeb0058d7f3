package io.cronlink.jobfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.cronlink.jobfile.JobFileReader.Language;
import jakarta.validation.Validation;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

class JobFileReaderTests {

    private static final String JOB = "version: 1\njobs:\n  - schedule: '@daily'\n    command: SELECT 1\n";
    private static final JobFileReader READER =
            new JobFileReader(Validation.buildDefaultValidatorFactory().getValidator());

    /** Values that an option may have, and those that it may not. */
    private static final String OPTIONS = """
            jobname       | "a"                          | 5
            username      | alice                        | true
            timezone      | Europe/Berlin                | 1
            active        | false                        | "yes"
            database      | app                          | [app]
            nodename      | db.example.com               | {a: b}
            nodeport      | 5433                         | 65536
            description   | "what it is for"             | 1.5
            validFrom     | 2027-01-31T08:00:00Z         | 2027-01-31
            validUntil    | infinity                     | 31.1.2027
            jitter        | PT1M                         | 1 min
            timeout       | P1DT2H3M4.5S                 | PT
            maxAttempts   | 3                            | 0
            retryDelay    | P2W                          | -PT1S
            overlap       | skip                         | Skip
            catchUp       | all                          | ever
            startDeadline | PT0.25S                      | 5
            maxFailures   | 1000000                      | 1000001
            priority      | -7                           | 1.5
            transactional | true                         | 1
            jobGroup      | heavy                        | ""
            logLevel      | failures                     | debug
            """;

    private static JobFile read(String text) {
        return READER.read(text.getBytes(StandardCharsets.UTF_8), Language.YAML, CommandFiles.NONE);
    }

    private static List<String> faults(String text) {
        return faults(text, CommandFiles.NONE);
    }

    private static List<String> faults(String text, CommandFiles commands) {
        BadJobFile bad = catchThrowableOfType(
                BadJobFile.class, () -> READER.read(text.getBytes(StandardCharsets.UTF_8), Language.YAML, commands));
        assertThat(bad).as(text).isNotNull();
        return bad.faults().stream().map(fault -> fault.in("f")).toList();
    }

    private static final Schema SCHEMA = schema();

    private static Schema schema() {
        try (InputStream file = JobFileReaderTests.class.getResourceAsStream("/cronlink-jobs.schema.json")) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(Objects.requireNonNull(file), InputFormat.JSON);
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static boolean fitsTheSchema(String yaml) {
        JsonNode tree = new YAMLMapper().readTree(yaml);
        return SCHEMA.validate(tree.toString(), InputFormat.JSON).isEmpty();
    }

    @Test
    void fillsInDefaultsUnlessTheJobSaysNull() {
        JobFile file = read("""
                version: 1
                manager: reports
                defaults: {timezone: Europe/Berlin, maxAttempts: 3}
                jobs:
                  - {jobname: a, schedule: "@daily", command: x, maxAttempts: 5}
                  - {jobname: b, schedule: "@daily", command: x, maxAttempts: null, username: bob}
                """);

        assertThat(file.manager()).isEqualTo("reports");
        assertThat(JsonMapper.shared().readTree(file.columns("alice")))
                .isEqualTo(JsonMapper.shared().readTree("""
                [{"timezone": "Europe/Berlin", "max_attempts": 5, "jobname": "a", "schedule": "@daily", "command": "x", "username": "alice"},
                 {"timezone": "Europe/Berlin", "jobname": "b", "schedule": "@daily", "command": "x", "username": "bob"}]
                """));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            jobs: []                                                                  | f:1:1: version must be 1
            version: 2\\njobs: []                                                     | f:1:1: version must be 1
            version: 1                                                                | f:1:1: jobs is required: a list, which may be empty
            version: 1\\njobs: {a: b}                                                 | f:2:1: jobs must be a list
            version: 1\\njobs: [5]                                                    | f:2:8: jobs[0] must be an object
            version: 1\\njobs: [null]                                                 | f:2:8: jobs[0] is empty
            version: 1\\njobs: []\\njob: []                                           | f:3:1: job is not known
            version: 1\\njobs: []\\njobs: []                                          | f:3:5: The file is not valid YAML: Duplicate Object property "jobs".
            version: 1\\nmanager: " "\\njobs: []                                      | f:2:1: manager must not be empty, and have at most 200 characters
            version: 1\\ndefaults: {schedule: a}\\njobs: []                           | f:2:12: defaults.schedule is for each job to say
            version: 1\\njobs:\\n  - command: x                                       | f:3:5: jobs[0].schedule is required
            version: 1\\njobs:\\n  - schedule: a                                      | f:3:5: jobs[0].command is required, or commandFile
            version: 1\\njobs:\\n  - {schedule: a, command: x, commandFile: y}        | f:3:31: jobs[0].commandFile is there beside command: one of them
            version: 1\\njobs:\\n  - {schedule: a, commandFile: y}                    | f:3:19: jobs[0].commandFile is for files on a disk: put the text into command
            version: 1\\njobs:\\n  - {schedule: a, command: x, comand: y}             | f:3:31: jobs[0].comand is not known
            version: 1\\njobs:\\n  - {schedule: 5, command: x}                        | f:3:6: jobs[0].schedule must be a text: put it in quotes
            version: 1\\njobs:\\n  - {schedule: a, command: x, maxAttempts: 500}      | f:3:31: jobs[0].maxAttempts must be from 1 to 100
            version: 1\\njobs:\\n  - {schedule: a, command: x, timeout: 5 min}        | f:3:31: jobs[0].timeout must be a duration such as PT90S, PT20M or P1DT12H
            version: 1\\njobs:\\n  - {schedule: a, command: &x x}\\n  - {schedule: a, command: *x} | f:4:28: jobs[1].command is an alias, which files of jobs cannot have. A text that begins with * needs quotes
            []                                                                        | f: The file is no object with version and jobs.
            ``                                                                        | f: The file is no object with version and jobs.
            version: 1\\n---\\nversion: 1                                             | f:3:1: The file has a second document.
            """)
    void saysWhereWhatIsWrong(String text, String fault) {
        assertThat(faults(text.replace("\\n", "\n"))).contains(fault);
    }

    @Test
    void tellsHowToQuoteASchedule() {
        assertThat(faults(JOB.replace("'@daily'", "@daily")))
                .singleElement()
                .asString()
                .startsWith("f:3:13: The file is not valid YAML")
                .endsWith("needs quotes.");
        assertThat(faults(JOB.replace("'@daily'", "* * * * *")))
                .singleElement()
                .asString()
                .contains("f:3:")
                .endsWith("needs quotes.");
    }

    @Test
    void isNotFilledUpByWhatNobodyWrites() {
        assertThat(faults("version: 1\njobs: " + "[".repeat(5000) + "]".repeat(5000)))
                .hasSize(1);
        assertThat(faults("version: 1\njobs:\n" + "  - {}\n".repeat(30000))).hasSize(20);
        assertThat(faults("#" + "x".repeat(JobFileReader.LONGEST)))
                .containsExactly("f: A file of jobs has at most 4 MB.");
        assertThat(faults("a: &a [x, x]\nb: &b [*a, *a]"))
                .singleElement()
                .asString()
                .contains("alias");
        assertThat(catchThrowableOfType(
                                BadJobFile.class,
                                () -> READER.read(new byte[] {(byte) 0xff}, Language.YAML, CommandFiles.NONE))
                        .faults())
                .containsExactly(Fault.of("The file is not UTF-8."));
        assertThat(catchThrowableOfType(
                                BadJobFile.class,
                                () -> READER.read(
                                        "[1".getBytes(StandardCharsets.UTF_8), Language.JSON, CommandFiles.NONE))
                        .faults()
                        .toString())
                .contains("not valid JSON")
                .doesNotContain("Source");
    }

    @Test
    void readsCommandsFromFilesBelowItsFolderOnly(@TempDir Path folder) throws IOException {
        Path home = Files.createDirectories(folder.resolve("jobs/sql"));
        Files.writeString(home.resolve("a.sql"), "\uFEFFSELECT 1;\nSELECT 'ü'\n\n");
        Files.writeString(folder.resolve("secret"), "secret");
        Files.write(home.resolve("latin.sql"), new byte[] {(byte) 0xfc});
        Files.write(home.resolve("large.sql"), new byte[CommandFiles.LONGEST + 1]);
        Files.createSymbolicLink(home.resolve("link.sql"), folder.resolve("secret"));
        CommandFiles commands = CommandFiles.in(folder.resolve("jobs"));
        String file = "version: 1\njobs:\n  - {schedule: a, commandFile: NAME}";

        assertThat(READER.read(
                                file.replace("NAME", "sql/a.sql").getBytes(StandardCharsets.UTF_8),
                                Language.YAML,
                                commands)
                        .jobs())
                .singleElement()
                .satisfies(job -> assertThat(job.path("command").asString()).isEqualTo("SELECT 1;\nSELECT 'ü'"));
        assertThat(faults(file.replace("NAME", "../secret"), commands))
                .first()
                .asString()
                .endsWith("must be a path below the folder of the file");
        assertThat(faults(file.replace("NAME", "sql/../../secret"), commands))
                .first()
                .asString()
                .endsWith("must be a path below the folder of the file");
        assertThat(faults(file.replace("NAME", folder.resolve("secret").toString()), commands))
                .first()
                .asString()
                .endsWith("must be a path below the folder of the file");
        assertThat(faults(file.replace("NAME", "sql/link.sql"), commands))
                .first()
                .asString()
                .endsWith("must not lead out of the folder of the file");
        assertThat(faults(file.replace("NAME", "sql"), commands))
                .first()
                .asString()
                .contains("is no file beside this one");
        assertThat(faults(file.replace("NAME", "sql/latin.sql"), commands))
                .first()
                .asString()
                .contains("must be UTF-8");
        assertThat(faults(file.replace("NAME", "sql/large.sql"), commands))
                .first()
                .asString()
                .contains("at most 1048576 bytes");
        assertThat(faults(file.replace("NAME", "\"a\\0b\""), commands))
                .first()
                .asString()
                .endsWith("is no path");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = OPTIONS)
    void agreesWithItsSchema(String option, String good, String bad) {
        String file = JOB + "    " + option + ": ";

        assertThat(read(file + good).jobs()).hasSize(1);
        assertThat(fitsTheSchema(file + good)).isTrue();
        assertThat(read(file + "null").jobs()).hasSize(1);
        assertThat(fitsTheSchema(file + "null")).isTrue();
        assertThat(faults(file + bad)).hasSize(1);
        assertThat(fitsTheSchema(file + bad)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "version: 1",
                "version: 2\njobs: []",
                "version: 1\njobs: []\nother: 1",
                "version: 1\njobs: [{schedule: a}]",
                "version: 1\njobs: [{command: a}]",
                "version: 1\njobs: [{schedule: a, command: a, commandFile: b}]",
                "version: 1\njobs: [{schedule: a, command: a, other: b}]",
                "version: 1\ndefaults: {schedule: a}\njobs: []",
                "version: 1\nmanager: ''\njobs: []"
            })
    void refusesWhatItsSchemaRefuses(String file) {
        assertThat(faults(file)).isNotEmpty();
        assertThat(fitsTheSchema(file)).isFalse();
    }

    @Test
    void hasTheSamePropertiesAsItsSchema() throws IOException {
        JsonNode definitions;
        try (InputStream file = JobFileReaderTests.class.getResourceAsStream("/cronlink-jobs.schema.json")) {
            definitions = JsonMapper.shared().readTree(file).path("$defs");
        }
        Set<String> described = new TreeSet<>(definitions.at("/job/properties").propertyNames());
        described.addAll(definitions.at("/properties/properties").propertyNames());
        Set<String> tried = OPTIONS.lines()
                .map(line -> line.split("\\|")[0].strip())
                .collect(Collectors.toCollection(TreeSet::new));
        tried.addAll(List.of("schedule", "command", "commandFile"));

        assertThat(described)
                .isEqualTo(Arrays.stream(JobEntry.class.getRecordComponents())
                        .map(RecordComponent::getName)
                        .collect(Collectors.toCollection(TreeSet::new)))
                .isEqualTo(tried);
    }

    /** Whatever is in a command, it is the same when the file is read again. */
    @Test
    void readsWhatWasWritten() {
        Random random = new Random(5);
        List<ObjectNode> jobs = Stream.generate(() -> JsonMapper.shared()
                        .createObjectNode()
                        .put("schedule", "* * * * *")
                        .put("command", nasty(random))
                        .put("description", nasty(random)))
                .limit(2000)
                .toList();

        String yaml = JobFileWriter.yaml(jobs);

        assertThat(read(yaml).jobs()).isEqualTo(jobs);
        assertThat(fitsTheSchema(JobFileWriter.yaml(jobs.subList(0, 100)))).isTrue();
    }

    private static String nasty(Random random) {
        List<String> parts = List.of(
                "SELECT 1",
                "\n",
                "\n\n",
                " ",
                "\t",
                "'",
                "\"",
                ": ",
                "#",
                " #",
                "- ",
                "\\",
                "\r\n",
                "ü",
                "\u0085",
                "\u2028",
                "\uFEFF",
                "😀",
                "%",
                "*",
                "&",
                "!",
                "|",
                ">",
                "{",
                "}",
                "[",
                "]",
                ",",
                "?",
                "~",
                "null",
                "true",
                "012",
                "1e3",
                "0x1f",
                "1_000",
                "@",
                "`",
                "---",
                "...",
                "=",
                "<<",
                "2027-01-01",
                "\u0007",
                "no",
                "1:30",
                "$$");
        return random.ints(1 + random.nextInt(6), 0, parts.size())
                .mapToObj(parts::get)
                .collect(Collectors.joining());
    }
}
