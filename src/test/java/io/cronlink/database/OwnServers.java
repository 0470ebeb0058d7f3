package io.cronlink.database;

import io.cronlink.embedded.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.springframework.util.FileSystemUtils;

/** What the tests that have a server of their own share. */
final class OwnServers {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private OwnServers() {}

    /** Each statement on its own, outside of a transaction. */
    static void execute(Login login, String... statements) {
        try (Connection connection = Connections.await(login, PATIENCE);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Stops a server and removes its files. */
    static void remove(PostgresServer server, Path folder) {
        server.stop();
        try {
            FileSystemUtils.deleteRecursively(folder);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
