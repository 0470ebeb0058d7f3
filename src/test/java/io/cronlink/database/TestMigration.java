package io.cronlink.database;

import io.cronlink.migration.Migration;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.Location;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jspecify.annotations.Nullable;

/** Migrates as a start of the service does. */
final class TestMigration {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private TestMigration() {}

    static void run(Login owner, @Nullable Login stronger) {
        new Migration(owner, stronger, PATIENCE).run(configuration(owner));
    }

    /** To another version, whose {@code db} folder is given. */
    static void run(Login owner, @Nullable Login stronger, Path db) {
        FluentConfiguration flyway = configuration(owner);
        flyway.locations(Arrays.stream(flyway.getLocations())
                .map(Location::getRootPath)
                .map(folder -> "filesystem:" + db.resolve(Path.of("db").relativize(Path.of(folder))))
                .toArray(String[]::new));
        new Migration(owner, stronger, PATIENCE).run(flyway);
    }

    private static FluentConfiguration configuration(Login owner) {
        FluentConfiguration flyway = Flyway.configure().dataSource(owner.url(), owner.username(), owner.password());
        Migration.configure(flyway);
        return flyway;
    }
}
