package io.cronlink.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.cronlink.database.CronlinkDatabase;
import io.cronlink.database.Release;
import io.cronlink.database.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    private static final Pattern CALL = Pattern.compile("\\b(cron_engine\\.\\w+)\\(");
    private static final Pattern RELATION = Pattern.compile("^(?:table|view) (cron\\.\\w+)");
    private static final Pattern ROUTINE = Pattern.compile("^((?:function|procedure) cron\\..+?)\\) (?:returns|v) ");

    /** Whoever may log in calls these: workers do. */
    private static final String GRANTED = """
            SELECT DISTINCT p.oid::regproc::text
              FROM pg_proc p
             WHERE p.pronamespace = 'cron_engine'::regnamespace
                   AND EXISTS (SELECT FROM aclexplode(p.proacl) a WHERE a.grantee = 0 AND a.privilege_type = 'EXECUTE')
            """;

    private static final String SIGNATURES = """
            SELECT concat_ws(' ', p.oid::regprocedure, pg_get_function_result(p.oid))
              FROM pg_proc p
             WHERE p.pronamespace = 'cron_engine'::regnamespace
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

    /** Otherwise an older service, which knows no newer migration, would put its own routines back. */
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
            Set<String> called = calledBy(routines(last, GRANTED), Release.last());
            List<String> signatures = routines(last, SIGNATURES).stream()
                    .filter(signature -> called.contains(signature.substring(0, signature.indexOf('('))))
                    .toList();

            assertThat(signatures).hasSizeGreaterThan(60);
            assertThat(routines(database, SIGNATURES)).containsAll(signatures);
        }
    }

    /** Later versions only add to schema cron: columns to tables and views, parameters with defaults to routines. */
    @ParameterizedTest
    @MethodSource("published")
    void keepsWhatPeopleUse(Release release) throws IOException {
        Set<String> before = interfaceOf(
                Files.readAllLines(Release.FOLDER.resolve(release.version()).resolve("schema.txt")));
        Set<String> now = interfaceOf(Schema.of(database));

        assertThat(before).hasSizeGreaterThan(100);
        assertThat(before).allSatisfy(promise -> assertThat(now).anyMatch(present -> present.startsWith(promise)));
    }

    /** Tables and views with each of their columns, routines with their parameters: as they begin. */
    private static Set<String> interfaceOf(List<String> schema) {
        Set<String> promises = new TreeSet<>();
        String relation = "";
        for (String line : schema) {
            Matcher routine = ROUTINE.matcher(line);
            Matcher begun = RELATION.matcher(line);
            if (!line.startsWith(" ")) {
                relation = begun.find() ? begun.group(1) : "";
            }
            if (routine.find()) {
                promises.add(routine.group(1));
            } else if (!relation.isEmpty() && line.startsWith("    column ")) {
                promises.add(relation + " " + line.strip().replaceAll(" (not null|default ).*", ""));
            }
        }
        return promises;
    }

    private static Set<String> calledBy(List<String> routines, Release release) {
        Set<String> called = new TreeSet<>();
        Deque<String> rest = new ArrayDeque<>(routines);
        while (!rest.isEmpty()) {
            String routine = rest.pop();
            if (called.add(routine)) {
                release.files().entrySet().stream()
                        .filter(file -> file.getKey().endsWith("_" + routine + ".sql")
                                && file.getKey().startsWith("routine/"))
                        .flatMap(file -> CALL.matcher(file.getValue().replaceAll("COMMENT ON [^;]*;", ""))
                                .results())
                        .forEach(call -> rest.push(call.group(1)));
            }
        }
        return called;
    }

    private static Map<String, String> migrations(Release release) {
        return release.files().entrySet().stream()
                .filter(file -> file.getKey().startsWith("migration/"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static List<String> routines(TestDatabase database, String query) {
        return database.owner().sql(query).query(String.class).list();
    }
}
