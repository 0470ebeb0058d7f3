package io.cronlink.embedded;

import io.cronlink.database.Connections;
import io.cronlink.database.Login;
import io.cronlink.secret.DataFolder;
import io.cronlink.secret.UnusableDataFolder;
import io.cronlink.startup.CannotStart;
import io.cronlink.startup.StopWhileWaiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database of a service that was given none: a PostgreSQL server in the data folder, kept between starts. Services that
 * share a folder share the server; the last one stops it. A server whose service was killed is taken over as it is, and one that
 * ended while a service uses it is started again.
 */
public final class EmbeddedDatabase implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);

    private static final String NAME = "cronlink";
    private static final String OWNER = "cronlink";

    // A server that recovers from a crash may need two minutes to start.
    private static final Duration TURN_PATIENCE = Duration.ofMinutes(3);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(2);

    private static final Map<String, String> SETTINGS = Map.of(
            "listen_addresses", "127.0.0.1",
            "unix_socket_directories", "",
            "max_connections", "200",
            "logging_collector", "on",
            "log_filename", "postgresql-%a.log",
            "log_rotation_age", "1d",
            "log_truncate_on_rotation", "on");

    private final DataFolder data;
    private final PostgresServer server;
    private final FileChannel users;
    private final int port;
    private final EmbeddedDatabaseWatch watch;
    private final Duration grace;

    private EmbeddedDatabase(DataFolder data, PostgresServer server, FileChannel users, int port, Duration grace) {
        this.data = data;
        this.server = server;
        this.users = users;
        this.port = port;
        this.watch = new EmbeddedDatabaseWatch(server::isRunning, this::startAgain);
        this.grace = grace;
    }

    /** Before it stops, running jobs get {@code grace} to end. */
    public static EmbeddedDatabase start(DataFolder data, Duration grace) {
        String version = version();
        String major = version.substring(0, version.indexOf('.'));
        try {
            PostgresServer server = new PostgresServer(
                    Binaries.unpack(data.resolve("binaries-" + version)), data.resolve("postgresql-" + major));
            FileChannel users = open(data.resolve("users.lock"));
            try (FileChannel turn = open(data.resolve("start.lock"));
                    FileLock ignored = takeTurn(turn)) {
                int port = startServer(data, server);
                EmbeddedDatabase database = new EmbeddedDatabase(data, server, users, port, grace);
                try {
                    database.prepareOwner();
                    data.write("postgresql.port", port + "\n");
                    users.lock(0, Long.MAX_VALUE, true);
                } catch (RuntimeException | IOException failure) {
                    uninterrupted(database::release);
                    throw failure;
                }
                database.watch.start();
                return database;
            }
        } catch (IOException failure) {
            throw new UnusableDataFolder(data.path(), failure);
        }
    }

    /** One service at a time starts or stops the server. Another one may be stopping it, which its jobs may take a while for. */
    private static FileLock takeTurn(FileChannel turn) throws IOException {
        @Nullable FileLock lock = turn.tryLock();
        if (lock != null) {
            return lock;
        }
        String other = "another service, which starts or stops the embedded PostgreSQL";
        LOG.info("Waiting up to {} s for {}", TURN_PATIENCE.toSeconds(), other);
        Instant deadline = Instant.now().plus(TURN_PATIENCE);
        try (StopWhileWaiting stop = new StopWhileWaiting(other, s -> s.isOverWithin(STOP_PATIENCE))) {
            while (lock == null) {
                if (stop.isWanted() || Thread.currentThread().isInterrupted()) {
                    throw stop.failure();
                }
                if (Instant.now().isAfter(deadline)) {
                    throw new CannotStart(
                            "waited " + TURN_PATIENCE.toSeconds() + " s for " + other, "End that service.", null);
                }
                LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
                lock = turn.tryLock();
            }
        }
        return lock;
    }

    /** An ordinary role that owns the database. */
    public Login owner() {
        return new Login(url(NAME), OWNER, data.secret("owner.password"));
    }

    public Login superuser() {
        return superuser(NAME);
    }

    /** A command line that opens psql without a password in it. */
    public String psql() {
        String path = data.resolve("pgpass").toString().replace("'", "'\\''");
        return "PGPASSFILE='" + path + "' psql 'postgresql://" + OWNER + "@127.0.0.1:" + port + "/" + NAME + "'";
    }

    /** Stops the server, unless another service uses it. */
    @Override
    public void close() throws IOException {
        watch.close();
        uninterrupted(() -> {
            try (FileChannel turn = open(data.resolve("start.lock"));
                    FileLock ignored = turn.lock()) {
                release();
            }
        });
    }

    EmbeddedDatabaseWatch watch() {
        return watch;
    }

    boolean isRunning() {
        return server.isRunning();
    }

    /** On the same port, which is in everybody's settings; false if another service that uses it was quicker. */
    private boolean startAgain() throws IOException {
        try (FileChannel turn = open(data.resolve("start.lock"));
                FileLock ignored = turn.lock()) {
            if (server.isRunning()) {
                return false;
            }
            server.start(port);
            return true;
        }
    }

    private interface Step {
        void run() throws IOException;
    }

    /** An interrupt, by which a start is broken off, must not keep the server from being stopped. */
    private static void uninterrupted(Step step) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            step.run();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void release() throws IOException {
        users.close();
        try (FileChannel channel = open(data.resolve("users.lock"));
                @Nullable FileLock alone = channel.tryLock()) {
            if (alone != null) {
                WindDown.await(owner(), grace);
                server.stop();
                LOG.info("Stopped the embedded PostgreSQL");
            }
        }
    }

    public static String version() {
        Properties build = new Properties();
        try (var resource = EmbeddedDatabase.class.getResourceAsStream("/embedded-postgresql.properties")) {
            build.load(Objects.requireNonNull(resource));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return build.getProperty("version");
    }

    private static int startServer(DataFolder data, PostgresServer server) {
        data.secret("superuser.password");
        if (!server.exists()) {
            server.create(data.resolve("superuser.password"), SETTINGS);
        }
        Optional<Integer> running = server.running();
        if (running.isPresent()) {
            LOG.info("Found the embedded PostgreSQL running on port {}", running.get());
            return running.get();
        }
        // The port of the last time, so that what people have noted goes on working; another one if it is taken.
        int port = savedPort(data).flatMap(PostgresServer::portIsFree).orElseGet(PostgresServer::freePort);
        server.start(port);
        LOG.info("Started the embedded PostgreSQL on port {}", port);
        return port;
    }

    private static Optional<Integer> savedPort(DataFolder data) {
        Path file = data.resolve("postgresql.port");
        try {
            return Files.exists(file)
                    ? Optional.of(Integer.valueOf(Files.readString(file).strip()))
                    : Optional.empty();
        } catch (IOException | NumberFormatException unreadable) {
            return Optional.empty();
        }
    }

    private void prepareOwner() {
        String password = data.secret("owner.password");
        try (Connection connection = Connections.await(superuser("postgres"), Duration.ofSeconds(30));
                Statement statement = connection.createStatement()) {
            if (isEmpty(statement, "SELECT FROM pg_roles WHERE rolname = '" + OWNER + "'")) {
                statement.execute("CREATE ROLE " + OWNER + " LOGIN");
            }
            // Sends a verifier: the password itself cannot end up in the server's log.
            connection.unwrap(PGConnection.class).alterUserPassword(OWNER, password.toCharArray(), "scram-sha-256");
            if (isEmpty(statement, "SELECT FROM pg_database WHERE datname = '" + NAME + "'")) {
                statement.execute("CREATE DATABASE " + NAME + " OWNER " + OWNER);
            }
        } catch (SQLException failure) {
            throw new CannotStart(
                    "the embedded PostgreSQL cannot be used: " + failure.getMessage(),
                    "Remove " + data.path() + " to start over; its jobs are lost then.",
                    failure);
        }
        data.write("pgpass", "127.0.0.1:" + port + ":*:" + OWNER + ":" + password + "\n");
    }

    private static boolean isEmpty(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            return !rows.next();
        }
    }

    private Login superuser(String database) {
        return new Login(url(database), PostgresServer.SUPERUSER, data.secret("superuser.password"));
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }
}
