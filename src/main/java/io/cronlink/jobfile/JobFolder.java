package io.cronlink.jobfile;

import io.cronlink.jobfile.JobFileReader.Language;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The files of jobs in a folder: all that end in {@code .yaml}, {@code .yml} or {@code .json}, but hidden ones. */
record JobFolder(Path path) {

    /** By their names. */
    List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(file -> language(file).isPresent()
                            && !file.getFileName().toString().startsWith(".")
                            && Files.isRegularFile(file))
                    .sorted()
                    .toList();
        }
    }

    /** The name that a file manages its jobs by, unless it says another. */
    static String nameOf(Path file) {
        return file.getFileName().toString().replaceFirst("\\.[^.]*$", "");
    }

    static Optional<Language> language(Path file) {
        return JobFileReader.languageOf(file.getFileName().toString());
    }

    static JobFile read(Path file, JobFileReader reader) throws IOException {
        if (Files.size(file) > JobFileReader.LONGEST) {
            throw new BadJobFile(List.of(Fault.of("A file of jobs has at most 4 MB.")));
        }
        Path folder = file.toAbsolutePath().getParent();
        return reader.read(
                Files.readAllBytes(file),
                language(file).orElse(Language.YAML),
                folder == null ? CommandFiles.NONE : CommandFiles.in(folder));
    }
}
