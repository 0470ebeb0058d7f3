package io.cronlink.secret;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** The service has something to keep and no place for it, as in a container whose root file system is read-only. */
class UnwritableDataFolder extends UncheckedIOException {

    UnwritableDataFolder(Path folder, IOException cause) {
        super("cannot write to the data folder " + folder + ": " + reason(cause), cause);
    }

    private static String reason(IOException cause) {
        return cause.getClass().getSimpleName().replace("Exception", "") + " " + cause.getMessage();
    }
}
