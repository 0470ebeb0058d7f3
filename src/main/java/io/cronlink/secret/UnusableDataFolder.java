package io.cronlink.secret;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** The service has something to keep and no place for it, as in a container whose root file system is read-only. */
public class UnusableDataFolder extends UncheckedIOException {

    public UnusableDataFolder(Path folder, IOException cause) {
        super("cannot use the data folder " + folder + ": " + reason(cause), cause);
    }

    /** Java's own message for some failures is a path and nothing else. */
    private static String reason(IOException cause) {
        if (cause instanceof AccessDeniedException denied) {
            return "permission denied for " + denied.getFile();
        }
        if (cause instanceof FileSystemException failure && failure.getReason() != null) {
            return failure.getReason() + " (" + failure.getFile() + ")";
        }
        return String.valueOf(cause.getMessage());
    }
}
