package io.cronlink.database;

import io.cronlink.embedded.PostgresServer;
import io.cronlink.startup.CannotStart;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** The tests' server in a container, as far as {@code -Dtest.postgres} wants one and Docker answers. */
final class TestContainer {

    private static final Path SOCKET = Path.of("/var/run/docker.sock");

    /** For an engine to answer. */
    private static final Duration ANSWER = Duration.ofSeconds(15);

    /** For the image to be there and the server to be up, where the embedded one would do. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** The same where nothing else will do: an image may have to come from far away. */
    private static final Duration LONG_PATIENCE = Duration.ofMinutes(5);

    private TestContainer() {}

    /** Empty: it is to be the embedded server. */
    static Optional<PostgreSQLContainer> start(String version) {
        String wanted = System.getProperty("test.postgres", "auto");
        return switch (wanted) {
            case "embedded" -> Optional.empty();
            case "docker" -> Optional.of(required(version));
            case "auto" -> atHand(version);
            default -> throw new IllegalArgumentException("-Dtest.postgres is docker, embedded or auto, not " + wanted);
        };
    }

    private static PostgreSQLContainer required(String version) {
        try {
            return start(version, LONG_PATIENCE);
        } catch (Unavailable failure) {
            TestServer.say("none, as -Dtest.postgres=docker and " + failure.getMessage());
            throw new IllegalStateException("-Dtest.postgres=docker: " + failure.getMessage(), failure);
        }
    }

    private static Optional<PostgreSQLContainer> atHand(String version) {
        if (System.getenv("DOCKER_HOST") == null && !Files.exists(SOCKET)) {
            return Optional.empty();
        }
        try {
            return Optional.of(start(version, PATIENCE));
        } catch (Unavailable failure) {
            TestServer.say("NOT A CONTAINER, though Docker seems to be there: " + failure.getMessage());
            return Optional.empty();
        }
    }

    private static PostgreSQLContainer start(String version, Duration patience) throws Unavailable {
        // Testcontainers would look for the way from one container to another for minutes, by means of an image.
        if (Files.exists(Path.of("/.dockerenv"))
                && System.getenv("DOCKER_HOST") == null
                && System.getenv("TESTCONTAINERS_HOST_OVERRIDE") == null) {
            throw new Unavailable(
                    "this is a container itself: TESTCONTAINERS_HOST_OVERRIDE has to say where ports are");
        }
        if (!within(ANSWER, "no Docker engine answers", () -> DockerClientFactory.instance()
                .isDockerAvailable())) {
            throw new Unavailable("no Docker engine answers");
        }
        String image = "postgres:" + version.substring(0, version.indexOf('.'));
        return within(patience, image + " did not start", () -> {
            @SuppressWarnings("resource") // Testcontainers removes it at the end of the JVM
            PostgreSQLContainer container = new PostgreSQLContainer(image)
                    .withUsername(PostgresServer.SUPERUSER)
                    .withPassword("superuser's password")
                    .withEnv("POSTGRES_INITDB_ARGS", "--auth-host=scram-sha-256")
                    .withCommand("postgres", "-c", "fsync=off", "-c", "max_connections=200");
            container.start();
            TestServer.say("Testcontainers, " + image);
            return container;
        });
    }

    /** Testcontainers itself keeps to no time: it goes on in a thread that nobody waits for. */
    private static <T> T within(Duration patience, String otherwise, Call<T> call) throws Unavailable {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread caller = new Thread(
                () -> {
                    try {
                        result.complete(call.make());
                    } catch (Throwable failure) {
                        result.completeExceptionally(failure);
                    }
                },
                "test container");
        caller.setDaemon(true);
        caller.start();
        try {
            return result.get(patience.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw new Unavailable(otherwise + " within " + patience.toSeconds() + " s");
        } catch (ExecutionException failure) {
            throw new Unavailable(otherwise + ": " + CannotStart.line(Objects.requireNonNull(failure.getCause())));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    @FunctionalInterface
    private interface Call<T> {
        T make();
    }

    private static final class Unavailable extends Exception {
        Unavailable(String why) {
            super(why);
        }
    }
}
