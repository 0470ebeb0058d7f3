package io.cronlink.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.cronlink.embedded.Binaries;
import io.cronlink.embedded.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** A server of its own with the real pg_cron, from Debian's packages. */
public final class PgCronServer implements AutoCloseable {

    private static final Path INSTALLATION = Path.of("/usr/lib/postgresql/15");
    private static final Path EXTENSION = Path.of("/usr/share/postgresql/15/extension/pg_cron.control");

    private static final Map<String, String> SETTINGS = Map.of(
            "listen_addresses", "127.0.0.1",
            "unix_socket_directories", "",
            "fsync", "off",
            "max_worker_processes", "40",
            "shared_preload_libraries", "pg_cron",
            "cron.use_background_workers", "on",
            "cron.max_running_jobs", "30",
            "cron.log_statement", "off");

    private final PostgresServer server;
    private final Path folder;
    private final Login login;

    private PgCronServer(PostgresServer server, Path folder, Login login) {
        this.server = server;
        this.folder = folder;
        this.login = login;
    }

    /** Fails if pg_cron is not installed: without the original there is nothing to be compatible with. */
    public static PgCronServer start() {
        assertThat(EXTENSION)
                .as("the Debian packages postgresql-15 and postgresql-15-cron (apt-get install postgresql-15-cron)")
                .exists();
        try {
            Path target = Path.of("target").toAbsolutePath();
            Path folder = Files.createTempDirectory(Files.createDirectories(target), "pg-cron-");
            Path password = Files.writeString(folder.resolve("password"), "superuser's password");
            PostgresServer server = new PostgresServer(new Binaries(INSTALLATION), folder.resolve("data"));
            server.create(password, new LinkedHashMap<>(SETTINGS));
            int port = PostgresServer.freePort();
            server.start(port);
            Login login = new Login(
                    "jdbc:postgresql://127.0.0.1:" + port + "/postgres",
                    PostgresServer.SUPERUSER,
                    Files.readString(password));
            PgCronServer pgCron = new PgCronServer(server, folder, login);
            pgCron.execute("CREATE EXTENSION pg_cron");
            return pgCron;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** As superuser. */
    public Connection connect() {
        return Connections.await(login, Duration.ofSeconds(60));
    }

    private void execute(String sql) {
        OwnServers.execute(login, sql);
    }

    @Override
    public void close() {
        OwnServers.remove(server, folder);
    }
}
