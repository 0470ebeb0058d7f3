package io.cronlink.jobfile;

import io.cronlink.jobfile.LocatedTree.Located;
import jakarta.validation.Validator;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.type.LogicalType;
import tools.jackson.dataformat.yaml.YAMLFactory;

/** Understands files of jobs, and says of what is wrong where it stands. What only the database knows is left to it. */
@Component
class JobFileReader {

    /** Of one file, in bytes. */
    static final int LONGEST = 4 << 20;

    /** Of all commands of a file together, those from other files included. */
    private static final int LONGEST_COMMANDS = 8 << 20;

    private static final int DEEPEST = 8;
    private static final int MOST_FAULTS = 20;
    private static final String JOBS = "jobs";
    private static final String DEFAULTS = "defaults";
    private static final String COMMAND = "command";
    private static final String COMMAND_FILE = "commandFile";

    /** What each job has to say for itself. */
    private static final List<String> NO_DEFAULTS = List.of("jobname", "schedule", COMMAND, COMMAND_FILE);

    private static final StreamReadConstraints LIMITS = StreamReadConstraints.builder()
            .maxNestingDepth(DEEPEST)
            .maxDocumentLength(LONGEST)
            .maxStringLength(2 * CommandFiles.LONGEST)
            .build();

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            // Who gives a number for a text has mixed up two properties, or forgotten the quotes.
            .withCoercionConfig(
                    LogicalType.Textual, text -> text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .build();

    /** The languages that a file of jobs may be written in. */
    enum Language {
        YAML(YAMLFactory.builder()
                .streamReadConstraints(LIMITS)
                .loadSettings(LoadSettings.builder().setCodePointLimit(LONGEST).build())
                .build()),
        JSON(JsonFactory.builder().streamReadConstraints(LIMITS).build());

        private final TokenStreamFactory factory;

        Language(TokenStreamFactory factory) {
            this.factory = factory;
        }
    }

    private final Validator validator;

    JobFileReader(Validator validator) {
        this.validator = validator;
    }

    JobFile read(byte[] octets, Language language, CommandFiles commands) {
        Located file = tree(text(octets), language);
        JobFileText text = typed(file);
        List<Fault> faults = new ArrayList<>(faults(text, file));
        List<ObjectNode> jobs = new ArrayList<>();
        ObjectNode defaults =
                file.root().path(DEFAULTS) instanceof ObjectNode given ? given : MAPPER.createObjectNode();
        int number = 0;
        for (JsonNode entry : file.root().path(JOBS)) {
            ObjectNode job = defaults.deepCopy();
            job.setAll((ObjectNode) entry);
            fillIn(job, commands, file, JOBS + "[" + number + "]", faults);
            jobs.add(job);
            number++;
        }
        if (jobs.stream()
                        .mapToLong(job -> job.path(COMMAND).asString("").length())
                        .sum()
                > LONGEST_COMMANDS) {
            faults.add(Fault.of("The commands of a file have at most 8 MB together."));
        }
        if (!faults.isEmpty()) {
            throw new BadJobFile(faults.subList(0, Math.min(MOST_FAULTS, faults.size())));
        }
        return new JobFile(text.manager(), jobs);
    }

    private static String text(byte[] octets) {
        if (octets.length > LONGEST) {
            throw new BadJobFile(List.of(Fault.of("A file of jobs has at most 4 MB.")));
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .toString()
                    .replaceFirst("^\uFEFF", "");
        } catch (CharacterCodingException other) {
            throw new BadJobFile(List.of(Fault.of("The file is not UTF-8.")));
        }
    }

    private static Located tree(String text, Language language) {
        try (JsonParser parser = language.factory.createParser(ObjectReadContext.empty(), text)) {
            Located file = LocatedTree.read(parser);
            if (!(file.root() instanceof ObjectNode)) {
                throw new BadJobFile(List.of(Fault.of("The file is no object with version and jobs.")));
            }
            return file;
        } catch (JacksonException failure) {
            String problem = String.valueOf(failure.getOriginalMessage())
                    .lines()
                    .findFirst()
                    .orElse("")
                    // Where in our own program it was read from.
                    .replaceFirst("\\s*\\((?:start marker|for )?.*\\[Source.*", "")
                    .strip();
            String advice = language == Language.YAML && !problem.startsWith("Duplicate")
                    ? ". A text that begins with @, *, % or & or has \": \" in it needs quotes."
                    : ".";
            throw new BadJobFile(List.of(LocatedTree.fault(
                    "", "The file is not valid " + language + ": " + problem + advice, failure.getLocation())));
        }
    }

    private static JobFileText typed(Located file) {
        try {
            return MAPPER.treeToValue(file.root(), JobFileText.class);
        } catch (JacksonException failure) {
            throw new BadJobFile(List.of(file.fault(path(failure), words(failure))));
        }
    }

    private static String path(JacksonException failure) {
        StringBuilder path = new StringBuilder();
        for (JacksonException.Reference step : failure.getPath()) {
            if (step.getPropertyName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
            }
        }
        return path.toString();
    }

    private static String words(JacksonException failure) {
        if (failure instanceof UnrecognizedPropertyException) {
            return "is not known";
        }
        if (failure instanceof ValueInstantiationException && failure.getCause() != null) {
            return String.valueOf(failure.getCause().getMessage());
        }
        Class<?> type = failure instanceof MismatchedInputException mismatch ? mismatch.getTargetType() : null;
        if (type == Integer.class) {
            return "must be a whole number";
        }
        if (type == Boolean.class) {
            return "must be true or false";
        }
        if (type == String.class || type == Interval.class || type == Time.class) {
            return "must be a text: put it in quotes";
        }
        return type != null && Collection.class.isAssignableFrom(type) ? "must be a list" : "must be an object";
    }

    private List<Fault> faults(JobFileText text, Located file) {
        List<Fault> faults = new ArrayList<>();
        if (!Objects.equals(text.version(), 1)) {
            faults.add(file.fault("version", "must be 1"));
        }
        if (text.manager() != null
                && (text.manager().isBlank() || text.manager().length() > JobFile.LONGEST_MANAGER)) {
            faults.add(file.fault("manager", "must not be empty, and have at most 200 characters"));
        }
        if (text.jobs() == null) {
            faults.add(file.fault(JOBS, "is required: a list, which may be empty"));
            return faults;
        }
        if (text.defaults() != null) {
            violations(text.defaults(), DEFAULTS, file).forEach(faults::add);
            NO_DEFAULTS.stream()
                    .filter(name -> file.root().path(DEFAULTS).has(name))
                    .forEach(name -> faults.add(file.fault(DEFAULTS + "." + name, "is for each job to say")));
        }
        for (int number = 0; number < text.jobs().size(); number++) {
            JobEntry job = text.jobs().get(number);
            String path = JOBS + "[" + number + "]";
            if (job == null) {
                throw new BadJobFile(List.of(file.fault(path, "is empty")));
            }
            violations(job, path, file).forEach(faults::add);
        }
        return faults;
    }

    private Stream<Fault> violations(JobEntry job, String path, Located file) {
        return validator.validate(job).stream()
                .map(violation -> file.fault(path + "." + violation.getPropertyPath(), violation.getMessage()))
                .sorted((one, other) -> one.field().compareTo(other.field()));
    }

    /** What is null says that the default does not hold. */
    private static void fillIn(ObjectNode job, CommandFiles commands, Located file, String path, List<Fault> faults) {
        job.removeNulls();
        JsonNode name = job.remove(COMMAND_FILE);
        if (name != null && job.has(COMMAND)) {
            faults.add(file.fault(path + "." + COMMAND_FILE, "is there beside command: one of them"));
        } else if (name != null) {
            try {
                job.put(COMMAND, commands.read(name.asString()));
            } catch (IllegalArgumentException wrong) {
                faults.add(file.fault(path + "." + COMMAND_FILE, String.valueOf(wrong.getMessage())));
            }
        }
        if (!job.has("schedule")) {
            faults.add(file.fault(path + ".schedule", "is required"));
        }
        if (name == null && !job.has(COMMAND)) {
            faults.add(file.fault(path + "." + COMMAND, "is required, or commandFile"));
        }
    }

    /** By a file's name. */
    static Optional<Language> languageOf(String fileName) {
        String name = fileName.toLowerCase(Locale.ROOT);
        if (name.endsWith(".json")) {
            return Optional.of(Language.JSON);
        }
        return name.endsWith(".yaml") || name.endsWith(".yml") ? Optional.of(Language.YAML) : Optional.empty();
    }
}
