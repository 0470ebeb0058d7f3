package io.cronlink.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.cronlink.database.CronlinkDatabase;
import io.cronlink.database.Release;
import io.cronlink.database.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What was published stays: see "After a release" in CONTRIBUTING.md. */
@Tag("engine")
@CronlinkDatabase
class ReleaseTests {

    /** Whoever may log in calls these: workers do. */
    private static final String ROUTINES_OF_WORKERS = """
            SELECT concat_ws(' ', p.oid::regprocedure, pg_get_function_result(p.oid))
              FROM pg_proc p
             WHERE p.pronamespace = 'cron_engine'::regnamespace
                   AND EXISTS (SELECT FROM aclexplode(p.proacl) a WHERE a.grantee = 0 AND a.privilege_type = 'EXECUTE')
            """;

    private final TestDatabase database;

    ReleaseTests(TestDatabase database) {
        this.database = database;
    }

    static List<Release> published() {
        return Release.published();
    }

    @ParameterizedTest
    @MethodSource("published")
    void neverChangesItsMigrations(Release release) {
        Map<String, String> migrations = migrations(release);

        assertThat(migrations).isNotEmpty();
        assertThat(migrations(Release.present())).containsAllEntriesOf(migrations);
    }

    @ParameterizedTest
    @MethodSource("published")
    void isUpgradedToWhatAFreshInstallationHas(Release release) {
        try (TestDatabase upgraded = TestDatabase.createEmpty().migrate(release).migrate()) {
            assertThat(Schema.of(upgraded)).isEqualTo(Schema.of(database));
        }
    }

    /** Or a service of before, which knows no newer migration, would put its own routines back. */
    @ParameterizedTest
    @MethodSource("published")
    void isToldFromTheReleaseBeforeByAMigration(Release release) {
        List<Release> later = Stream.concat(published().stream(), Stream.of(Release.present()))
                .dropWhile(other -> !other.equals(release))
                .skip(1)
                .filter(other -> !other.files().equals(release.files()))
                .toList();

        assertThat(later).allSatisfy(other -> assertThat(migrations(other))
                .hasSizeGreaterThan(migrations(release).size()));
    }

    @ParameterizedTest
    @MethodSource("published")
    void hasTheSchemaOnFile(Release release) throws IOException {
        try (TestDatabase installed = TestDatabase.createEmpty().migrate(release)) {
            assertThat(Schema.of(installed))
                    .isEqualTo(Files.readAllLines(
                            Release.FOLDER.resolve(release.version()).resolve("schema.txt")));
        }
    }

    /** A worker that is under way while the database is upgraded goes on with the body of then, and calls what that calls. */
    @Test
    void findsWhatItsWorkersCallAfterTheNextUpgrade() {
        try (TestDatabase last = TestDatabase.createEmpty().migrate(Release.last())) {
            List<String> routines = routinesOfWorkers(last);

            assertThat(routines).hasSizeGreaterThan(40);
            assertThat(routinesOfWorkers(database)).containsAll(routines);
        }
    }

    private static Map<String, String> migrations(Release release) {
        return release.files().entrySet().stream()
                .filter(file -> file.getKey().startsWith("migration/"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static List<String> routinesOfWorkers(TestDatabase database) {
        return database.owner().sql(ROUTINES_OF_WORKERS).query(String.class).list();
    }
}
