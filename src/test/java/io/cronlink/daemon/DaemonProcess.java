package io.cronlink.daemon;

import io.cronlink.database.Login;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** The service's daemon session as a process that can be killed. */
public final class DaemonProcess implements AutoCloseable {

    private final Process process;
    private final Path log;

    private DaemonProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * @param owner how it reaches the server
     * @param loopback the port by which the server reaches itself
     */
    public static DaemonProcess start(Login owner, int loopback) {
        try {
            Path log = Files.createTempFile(Files.createDirectories(Path.of("target", "services")), "daemon-", ".log");
            ProcessBuilder builder = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-Xmx64m",
                            "-cp",
                            Objects.requireNonNull(System.getProperty(
                                    "surefire.test.class.path", System.getProperty("java.class.path"))),
                            DaemonMain.class.getName(),
                            owner.url(),
                            Objects.requireNonNull(owner.username()),
                            String.valueOf(loopback))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().put("DAEMON_PASSWORD", Objects.requireNonNull(owner.password()));
            return new DaemonProcess(builder.start(), log);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public String output() {
        try {
            return Files.readString(log);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** SIGKILL. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** SIGTERM. */
    @Override
    public void close() {
        process.destroy();
        awaitEnd();
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
