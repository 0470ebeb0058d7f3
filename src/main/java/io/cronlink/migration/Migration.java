package io.cronlink.migration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Comparator.naturalOrder;

import io.cronlink.database.Connections;
import io.cronlink.database.Login;
import io.cronlink.database.LoginSettings;
import io.cronlink.database.Pooler;
import io.cronlink.startup.CannotStart;
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
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the database up to date. All objects are made by, and belong to, the owner: the role as which the service works. A
 * stronger role, where one is given, does only what the owner may not do itself.
 */
public final class Migration {

    private static final Logger LOG = LoggerFactory.getLogger(Migration.class);

    private static final String DBLINK_SCHEMA = """
            SELECT pg_catalog.quote_ident(n.nspname)
            FROM pg_catalog.pg_extension AS e
            JOIN pg_catalog.pg_namespace AS n ON n.oid = e.extnamespace
            WHERE e.extname = 'dblink'
            """;

    private static final String IS_SUPERUSER =
            "SELECT r.rolsuper FROM pg_catalog.pg_roles AS r WHERE r.rolname = CURRENT_USER";

    /** Proof that two sessions are in the same database of the same server. */
    private static final String SEES_OWNER = """
            SELECT EXISTS (SELECT FROM pg_catalog.pg_stat_activity AS a
                           WHERE a.pid = ? AND a.usename = ? AND a.datname = pg_catalog.current_database())
            """;

    /**
     * What may be set otherwise for the database or the owner, and would end a migration or give it another meaning. Routines refer
     * to each other in no particular order, and SQL bodies would be bound when they are created.
     */
    private static final String SESSION = """
            SELECT pg_catalog.set_config(s.name, wanted.setting, false)
            FROM pg_catalog.pg_settings AS s
            JOIN (VALUES
                    ('check_function_bodies', 'off'),
                    ('statement_timeout', '0'),
                    ('transaction_timeout', '0'),
                    ('idle_session_timeout', '0'),
                    ('idle_in_transaction_session_timeout', '0'),
                    ('default_transaction_isolation', 'read committed'),
                    ('default_transaction_read_only', 'off'),
                    ('default_table_access_method', 'heap'),
                    ('standard_conforming_strings', 'on'),
                    ('row_security', 'on')) AS wanted (name, setting) USING (name)
            """;

    private final Login owner;
    private final @Nullable Login stronger;
    private final Duration patience;

    public Migration(Login owner, @Nullable Login stronger, Duration patience) {
        this.owner = owner;
        this.stronger = stronger;
        this.patience = patience;
    }

    public static void configure(FluentConfiguration flyway) {
        flyway.locations(
                        "classpath:db/migration",
                        "classpath:db/comment",
                        "classpath:db/routine",
                        "classpath:db/callback")
                .defaultSchema("cron_engine")
                .createSchemas(true)
                // In one transaction: workers that are at work meet this version or the one before, and nothing in
                // between.
                .group(true)
                // A routine that this version no longer has was dropped by a migration, or stays unused.
                .ignoreMigrationPatterns("repeatable:missing")
                .initSql(SESSION)
                .validateMigrationNaming(true);
        // With a lock of the session Flyway has one connection, and what it has done stands in its history in that same
        // transaction.
        flyway.getConfigurationExtension(PostgreSQLConfigurationExtension.class).setTransactionalLock(false);
    }

    /** Runs all steps; {@code flyway} says from where to connect as the owner. */
    public void run(Configuration flyway) {
        try (Connection connection = Connections.await(owner, patience)) {
            Pooler.refuse(connection, owner);
            Connections.pinSearchPath(connection);
            String role = value(connection, "SELECT CURRENT_USER");
            warnOfSuperuser(connection, role);
            try (MigrationLock ignored = MigrationLock.take(connection, patience);
                    MigrationWatch watch = new MigrationWatch(connection, patience)) {
                migrate(flyway, role, watch);
            }
        } catch (SQLException failure) {
            throw CannotStart.because(failure);
        }
    }

    private void migrate(Configuration flyway, String role, MigrationWatch watch) throws SQLException {
        try {
            apply(
                    Flyway.configure()
                            .configuration(flyway)
                            .dataSource(new MigrationDataSource(flyway.getDataSource(), role, watch))
                            .placeholders(Map.of(
                                    "dblink", prepare(role, watch), "patience", String.valueOf(patience.toSeconds())))
                            .load(),
                    watch);
        } catch (SQLException failure) {
            watch.requireUndisturbed();
            throw failure;
        } catch (FlywayException failure) {
            watch.requireUndisturbed();
            throw new CannotStart("the migration failed: " + CannotStart.line(failure), "", failure);
        }
        watch.requireUndisturbed();
    }

    private static void apply(Flyway migration, MigrationWatch watch) {
        try {
            migration.migrate();
        } catch (FlywayException failure) {
            watch.requireUndisturbed();
            // Only now: to ask for it reads all files once more.
            refuseNewer(migration.info());
            throw failure;
        }
    }

    /** One that has migrations which are not known here: what they have changed would be undone by halves. */
    private static void refuseNewer(MigrationInfoService schema) {
        Stream.of(schema.all())
                .filter(migration -> migration.getState() == MigrationState.FUTURE_SUCCESS)
                .map(MigrationInfo::getVersion)
                .max(naturalOrder())
                .ifPresent(version -> {
                    throw new CannotStart(
                            "the database was migrated by a newer version of Cronlink, to schema version " + version,
                            "Start that version, or a later one; an older one cannot work with its tables",
                            null);
                });
    }

    private static void warnOfSuperuser(Connection connection, String role) throws SQLException {
        if ("t".equals(value(connection, IS_SUPERUSER))) {
            LOG.warn(
                    "The scheduler's role \"{}\" is a superuser: whoever can make jobs over REST, or finds a fault in the scheduler,"
                            + " has the whole server. Take an ordinary role, with the few grants that README names",
                    role);
        }
    }

    /** What Flyway needs to begin; answers where dblink is. */
    private String prepare(String role, MigrationWatch watch) throws SQLException {
        try (Connection connection = watch.watched(owner.connect())) {
            Connections.pinSearchPath(connection);
            if (stronger != null) {
                prepare(stronger, role, connection, watch);
            }
            execute(connection, read("/db/preconditions.sql"));
            return dblinkSchema(connection);
        }
    }

    private void prepare(Login stronger, String role, Connection ownersSession, MigrationWatch watch)
            throws SQLException {
        LoginSettings settings = stronger.url().equals(owner.url()) ? LoginSettings.FLYWAY_USER : LoginSettings.FLYWAY;
        try (Connection connection = watch.watched(Connections.await(stronger, settings, patience))) {
            Connections.pinSearchPath(connection);
            requireSameDatabase(connection, role, ownersSession, settings);
            try (PreparedStatement setting =
                    connection.prepareStatement("SELECT pg_catalog.set_config('cronlink.owner', ?, false)")) {
                setting.setString(1, role);
                setting.execute();
            }
            execute(connection, read("/db/prepare.sql"));
        } catch (SQLException failure) {
            watch.requireUndisturbed();
            throw new CannotStart(
                    "the user of " + settings.username() + ", " + stronger + ", cannot prepare the database: "
                            + CannotStart.line(failure),
                    "Let " + settings.username() + " and " + settings.password()
                            + " name an administrator, or unset them and run"
                            + " by hand what README says under \"On your own database\".",
                    failure);
        }
        LOG.debug("Prepared the database as {}", stronger);
    }

    private static void requireSameDatabase(
            Connection connection, String role, Connection ownersSession, LoginSettings settings) throws SQLException {
        try (PreparedStatement question = connection.prepareStatement(SEES_OWNER)) {
            question.setInt(1, Pooler.backend(ownersSession));
            question.setString(2, role);
            try (ResultSet row = question.executeQuery()) {
                row.next();
                if (!row.getBoolean(1)) {
                    throw new CannotStart(
                            settings.url() + " leads to another database than SPRING_DATASOURCE_URL",
                            "Let both name the same, or unset " + settings.url() + ".",
                            null);
                }
            }
        }
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
