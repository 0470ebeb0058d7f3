package io.cronlink.jobfile;

import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The files that a command is about. */
@SuppressWarnings("NullAway.Init")
class JobFiles {

    @Parameters(
            paramLabel = "FILE|FOLDER",
            description = "A file of jobs (.yaml, .yml or .json), or a folder of such files.")
    private Path path;

    @Option(
            names = "--manager",
            paramLabel = "NAME",
            description =
                    "The name by which the file's jobs are known to be its own, instead of that in the file, which else is"
                            + " the file's own name.")
    private @Nullable String manager;

    /** By their names, read and found good. */
    Map<String, JobFile> read() {
        JobFileReader reader = new JobFileReader(validator());
        Map<String, JobFile> files = new LinkedHashMap<>();
        List<String> faults = new ArrayList<>();
        for (Path file : paths()) {
            try {
                files.put(file.toString(), named(JobFolder.read(file, reader), file));
            } catch (BadJobFile bad) {
                bad.faults().forEach(fault -> faults.add(fault.in(file.toString())));
            } catch (IOException unreadable) {
                faults.add(file + ": cannot be read");
            }
        }
        if (!faults.isEmpty()) {
            throw new CommandFailure(faults);
        }
        return files;
    }

    private JobFile named(JobFile file, Path path) {
        if (manager != null) {
            return file.managedBy(manager);
        }
        return file.manager() == null ? file.managedBy(JobFolder.nameOf(path)) : file;
    }

    private List<Path> paths() {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try {
            List<Path> files = new JobFolder(path).files();
            if (files.isEmpty()) {
                throw new CommandFailure(
                        List.of(path + ": there is no file of jobs; their names end in .yaml, .yml or .json"));
            }
            if (manager != null && files.size() > 1) {
                throw new CommandFailure(List.of("--manager: several files cannot have the same one"));
            }
            return files;
        } catch (IOException unreadable) {
            throw new CommandFailure(List.of(path + ": cannot be read"));
        }
    }

    private static Validator validator() {
        // None of our messages has an expression in it, and what evaluates those takes long to load.
        try (ValidatorFactory factory = Validation.byDefaultProvider()
                .configure()
                .messageInterpolator(new ParameterMessageInterpolator())
                .buildValidatorFactory()) {
            return factory.getValidator();
        }
    }
}
