package io.cronlink.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the database up to date. All objects are made by, and belong to, the owner: the role as which the service works. A
 * stronger role, where one is given, does only what the owner may not do itself.
 */
final class Migration {

    private static final Logger LOG = LoggerFactory.getLogger(Migration.class);

    private static final String DBLINK_SCHEMA = """
            SELECT pg_catalog.quote_ident(n.nspname)
            FROM pg_catalog.pg_extension AS e
            JOIN pg_catalog.pg_namespace AS n ON n.oid = e.extnamespace
            WHERE e.extname = 'dblink'
            """;

    // Replicas that start together would trip over each other's grants: Flyway's own lock covers its migrations only.
    private static final String ONE_AT_A_TIME = "SELECT pg_catalog.pg_advisory_lock(1129467470)";

    private final Login owner;
    private final @Nullable Login stronger;
    private final Duration patience;

    Migration(Login owner, @Nullable Login stronger, Duration patience) {
        this.owner = owner;
        this.stronger = stronger;
        this.patience = patience;
    }

    static void configure(FluentConfiguration flyway) {
        flyway.locations("classpath:db/migration", "classpath:db/routine", "classpath:db/callback")
                .defaultSchema("cron_engine")
                .createSchemas(true)
                // Routines refer to each other in no particular order, and SQL bodies would be bound when they are
                // created.
                .initSql("SET check_function_bodies = off; SET default_transaction_read_only = off")
                .validateMigrationNaming(true);
    }

    /** Runs all steps; {@code flyway} says from where to connect as the owner. */
    void run(Configuration flyway) {
        try (Connection connection = Connections.await(owner, patience)) {
            execute(connection, ONE_AT_A_TIME);
            String role = value(connection, "SELECT CURRENT_USER");
            if (stronger != null) {
                prepare(stronger, role);
            }
            execute(connection, read("/db/preconditions.sql"));
            Flyway.configure()
                    .configuration(flyway)
                    .dataSource(new MigrationDataSource(flyway.getDataSource(), role))
                    .placeholders(Map.of("dblink", dblinkSchema(connection)))
                    .load()
                    .migrate();
        } catch (SQLException failure) {
            throw CannotStart.because(failure);
        } catch (FlywayException failure) {
            throw new CannotStart("the migration failed: " + CannotStart.line(failure), "", failure);
        }
    }

    private void prepare(Login stronger, String role) throws SQLException {
        try (Connection connection = Connections.await(stronger, patience);
                PreparedStatement setting =
                        connection.prepareStatement("SELECT pg_catalog.set_config('cronlink.owner', ?, false)")) {
            setting.setString(1, role);
            setting.execute();
            execute(connection, read("/db/prepare.sql"));
        }
        LOG.debug("Prepared the database as {}", stronger);
    }

    private static String dblinkSchema(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(DBLINK_SCHEMA)) {
            if (rows.next()) {
                return Objects.requireNonNull(rows.getString(1));
            }
        }
        throw new CannotStart(
                "the extension dblink is not installed in the database",
                "Run CREATE SCHEMA dblink; CREATE EXTENSION dblink SCHEMA dblink; in it as an administrator, or let"
                        + " SPRING_FLYWAY_USER and SPRING_FLYWAY_PASSWORD name one.",
                null);
    }

    private static String value(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return Objects.requireNonNull(rows.getString(1));
        }
    }

    private static void execute(Connection connection, String script) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(script);
        }
    }

    private static String read(String resource) {
        try (InputStream script = Migration.class.getResourceAsStream(resource)) {
            return new String(Objects.requireNonNull(script, resource).readAllBytes(), UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
