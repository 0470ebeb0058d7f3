package io.cronlink.metrics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Prometheus's own tool, which knows what Prometheus takes. */
final class Promtool {

    private Promtool() {}

    /** What it says, and the code with which it ends. */
    record Verdict(int code, String text) {}

    static Verdict run(Path folder, String input, String... arguments) {
        List<String> command = new ArrayList<>(List.of("promtool"));
        command.addAll(List.of(arguments));
        try {
            Path in = Files.createTempFile("promtool", ".in");
            Files.writeString(in, input);
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectInput(in.toFile())
                    .start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int code = process.waitFor();
            Files.delete(in);
            return new Verdict(code, text);
        } catch (IOException missing) {
            throw new UncheckedIOException(
                    "promtool is needed: install Debian's package prometheus, or put promtool of a release of Prometheus into the PATH",
                    missing);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
