package io.cronlink.embedded;

import io.cronlink.startup.CannotStart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * PostgreSQL refuses to run as root. A user namespace in which we are nobody satisfies it, and leaves all files ours.
 */
public final class ServerUser {

    private static final List<String> NAMESPACE = List.of("unshare", "--user");

    private ServerUser() {}

    /** What to put before the command of a PostgreSQL program. */
    public static List<String> prefix() {
        return Prefix.VALUE;
    }

    private static final class Prefix {
        static final List<String> VALUE = find();
    }

    private static List<String> find() {
        if (!"0".equals(answer(List.of("id", "-u")))) {
            return List.of();
        }
        String inside = answer(List.of("unshare", "--user", "id", "-u"));
        if (inside.isEmpty() || inside.equals("0")) {
            throw new CannotStart(
                    "the embedded PostgreSQL cannot run as root here: `unshare --user` does not work",
                    "Start the service as an ordinary user, or set SPRING_DATASOURCE_URL to use a database of your own.",
                    null);
        }
        return NAMESPACE;
    }

    private static String answer(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? output.strip() : "";
        } catch (IOException missing) {
            return "";
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
