package io.cronlink.image;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Volume;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.startupcheck.StartupCheckStrategy;
import org.testcontainers.containers.wait.strategy.Wait;

/** Cronlink's image, held as tightly as README.md says: a read-only root, no capabilities, 256 MB. */
final class ServiceContainer extends GenericContainer<ServiceContainer> {

    static final String IMAGE = "cronlink";

    private static final int PORT = 8080;
    private static final long MEMORY = 256L * 1024 * 1024;
    private static final String PASSWORD = "admin's own";

    private ServiceContainer() {
        super(IMAGE);
        withTmpFs(Map.of("/tmp", "rw"));
        withCreateContainerCmdModifier(command -> {
            HostConfig host = Objects.requireNonNull(command.getHostConfig());
            host.withReadonlyRootfs(true)
                    .withCapDrop(Capability.ALL)
                    .withSecurityOpts(List.of("no-new-privileges"))
                    .withMemory(MEMORY)
                    .withMemorySwap(MEMORY);
        });
    }

    /** On the database of this network. */
    static ServiceContainer on(Network network) {
        return new ServiceContainer()
                .withNetwork(network)
                .withExposedPorts(PORT)
                .withEnv("SPRING_DATASOURCE_URL", DatabaseContainer.URL)
                .withEnv("SPRING_DATASOURCE_USERNAME", DatabaseContainer.OWNER)
                .withEnv("SPRING_DATASOURCE_PASSWORD", DatabaseContainer.OWNER_PASSWORD)
                .withEnv("CRONLINK_SECURITY_PASSWORD", PASSWORD)
                .waitingFor(Wait.forLogMessage(".*Cronlink is ready.*", 1));
    }

    /** Told of no database: it is expected to end by itself. */
    static ServiceContainer withoutDatabase() {
        return new ServiceContainer().withStartupCheckStrategy(new HasEnded());
    }

    /** Mounts a folder to where the service looks for an application.yml. */
    ServiceContainer withConfiguration(Path folder) {
        // Testcontainers' own way would first look for files by an image that has to be pulled.
        return withCreateContainerCmdModifier(command -> Objects.requireNonNull(command.getHostConfig())
                .withBinds(new Bind(folder.toString(), new Volume("/app/config"), AccessMode.ro)));
    }

    int status(String path) {
        return get(path).statusCode();
    }

    HttpResponse<String> get(String path) {
        String login = Base64.getEncoder().encodeToString(("admin:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://" + getHost() + ":" + getMappedPort(PORT) + path))
                .header("Authorization", "Basic " + login)
                .timeout(Duration.ofSeconds(10))
                .build();
        try {
            return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    ExecResult exec(String... command) {
        return Commands.run(this, command);
    }

    /** What a line of a shell in the container prints. */
    List<String> shell(String line) {
        return exec("sh", "-c", line).getStdout().lines().toList();
    }

    /** SIGTERM, and SIGKILL after this time. Answers the exit code; its log and state can still be asked for. */
    int terminate(Duration grace) {
        DockerClientFactory.lazyClient()
                .stopContainerCmd(getContainerId())
                .withTimeout((int) grace.toSeconds())
                .exec();
        return exitCode();
    }

    void kill() {
        DockerClientFactory.lazyClient().killContainerCmd(getContainerId()).exec();
    }

    int exitCode() {
        return Math.toIntExact(Objects.requireNonNull(state().getExitCodeLong()));
    }

    boolean wasKilledForItsMemory() {
        return Boolean.TRUE.equals(state().getOOMKilled());
    }

    private ContainerState state() {
        return getCurrentContainerInfo().getState();
    }

    private static final class HasEnded extends StartupCheckStrategy {

        @Override
        public StartupStatus checkStartupState(DockerClient docker, String containerId) {
            ContainerState state = getCurrentState(docker, containerId);
            return Boolean.TRUE.equals(state.getRunning()) ? StartupStatus.NOT_YET_KNOWN : StartupStatus.SUCCESSFUL;
        }
    }
}
