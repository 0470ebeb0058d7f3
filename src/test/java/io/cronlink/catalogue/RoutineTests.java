package io.cronlink.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.cronlink.database.CronlinkDatabase;
import io.cronlink.database.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rules that hold for all routines, as the database knows them and as they are written. */
@Tag("engine")
@CronlinkDatabase
class RoutineTests {

    private static final Path SOURCES = Path.of("src", "main", "resources", "db");
    private static final Pattern ROUTINE = Pattern.compile(
            "CREATE OR REPLACE (?:FUNCTION|PROCEDURE) ([a-z_.]+).*?(?=\\z|\\n\\$body\\$;|\\nCOMMENT ON)",
            Pattern.DOTALL);
    private static final Pattern RAISE = Pattern.compile("RAISE EXCEPTION (?:'(?:[^']|'')*'|[^;'])*;");

    // Comments, text in dollar quotes, text with E before it, text, quoted names.
    private static final Pattern TOKEN = Pattern.compile(
            "--[^\\n]*|\\$(?:re\\$.*?\\$re|do\\$.*?\\$do)\\$|[Ee]'(?:[^'\\\\]|\\\\.|'')*'|'(?:[^']|'')*'|\"[^\"]*\"",
            Pattern.DOTALL);

    private final TestDatabase database;

    RoutineTests(TestDatabase database) {
        this.database = database;
    }

    private List<String> names(String sql) {
        return database.owner().sql(sql).query(String.class).list();
    }

    private static List<Path> sources() {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".sql"))
                    .sorted()
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Stream<MatchResult> all(Pattern pattern) {
        return sources().stream().flatMap(file -> found(pattern, file).stream());
    }

    private static List<MatchResult> found(Pattern pattern, Path file) {
        return pattern.matcher(text(file)).results().toList();
    }

    /** A role's lock_timeout is for its commands. By ours it would fail, at top level after it has had its effect. */
    @Test
    void thatWorkersCallWaitForLocksWhateverTheirRoleDoes() {
        String worker = """
                FROM pg_proc AS p
                WHERE p.pronamespace = 'cron_engine'::regnamespace AND p.prosecdef AND p.prorettype <> 'trigger'::regtype
                      AND EXISTS (SELECT FROM aclexplode(p.proacl) AS a WHERE a.grantee = 0)
                """;

        assertThat(names("SELECT p.oid::regproc::text " + worker)).hasSizeGreaterThan(10);
        assertThat(names("SELECT p.oid::regproc::text " + worker + " AND NOT p.proconfig @> '{lock_timeout=0}'"))
                .as("for people, too")
                .containsExactly("cron_engine.is_home");
    }

    @Test
    void areExecutableByPublicOnlyWhereTheyCheckForThemselves() {
        assertThat(names("""
                        SELECT p.oid::regproc::text
                        FROM pg_proc AS p
                        WHERE p.pronamespace = 'cron'::regnamespace AND NOT has_function_privilege('public', p.oid, 'EXECUTE')
                        """))
                .containsExactlyInAnyOrder("cron.alter_job", "cron.apply_jobs", "cron.schedule_in_database");
    }

    @Test
    void belongToTheOwner() {
        assertThat(names("""
                        SELECT p.oid::regprocedure::text FROM pg_proc AS p
                        WHERE p.pronamespace IN ('cron'::regnamespace, 'cron_engine'::regnamespace)
                            AND pg_get_userbyid(p.proowner) <> CURRENT_USER
                        """)).isEmpty();
    }

    @Test
    void pinTheirSearchPathOrSayWhyNot() {
        List<String> unpinned = names("""
                SELECT DISTINCT p.oid::regproc::text FROM pg_proc AS p
                WHERE p.pronamespace IN ('cron'::regnamespace, 'cron_engine'::regnamespace)
                    AND coalesce(array_to_string(p.proconfig, ','), '') !~ 'search_path='
                """);
        List<String> excused = sources().stream()
                .filter(file ->
                        Pattern.compile("-- .*search_path").matcher(text(file)).find())
                .flatMap(file -> found(ROUTINE, file).stream())
                .map(routine -> routine.group(1))
                .toList();

        assertThat(excused).containsAll(unpinned);
    }

    @Test
    void ofTheDefinerAlwaysPinTheirSearchPath() {
        assertThat(names("""
                        SELECT p.oid::regprocedure::text FROM pg_proc AS p
                        WHERE p.pronamespace IN ('cron'::regnamespace, 'cron_engine'::regnamespace) AND p.prosecdef
                            AND NOT coalesce('search_path=pg_catalog, pg_temp' = ANY (p.proconfig), false)
                        """)).isEmpty();
    }

    @Test
    void raiseNothingWithoutASqlstate() {
        List<String> raises = all(RAISE).map(MatchResult::group).toList();

        assertThat(raises).hasSizeGreaterThan(20);
        assertThat(raises).filteredOn(raise -> !raise.contains("ERRCODE")).isEmpty();
    }

    @Test
    void meanTheSameWhetherBackslashesEscapeOrNot() {
        List<String> texts = all(TOKEN).map(MatchResult::group).toList();

        assertThat(texts).filteredOn(text -> text.startsWith("$re$")).hasSizeGreaterThan(10);
        // Under standard_conforming_strings = off these would be other texts.
        assertThat(texts)
                .filteredOn(text -> text.startsWith("'") && text.contains("\\"))
                .isEmpty();
    }

    @Test
    void areShort() {
        List<MatchResult> routines = all(ROUTINE).toList();

        assertThat(routines).hasSizeGreaterThan(50);
        // One statement writes the run and moves the timer on, or neither: it cannot be divided.
        assertThat(routines.stream()
                        .filter(routine -> routine.group().lines().count() > 60)
                        .map(routine -> routine.group(1)))
                .containsOnly("cron_engine.fire_timers");
    }

    /**
     * An array is compared with ANY, not joined: where the table is taken for empty, a plan may go through the array once for each row of it. A
     * subquery that locks its rows, or has OFFSET 0, is entered by the row outside.
     */
    @Test
    void joinNoArrayWithWhatFillsAndEmpties() {
        String table = "cron_engine\\.(?:due|queue|ended_run|plain_end)\\b";
        String array = "unnest\\([a-z_]+\\)";
        String within = "(?:(?!;|\\bSELECT\\b)[\\s\\S])*?";
        Pattern join = Pattern.compile(array + within + "\\bJOIN " + table + "|(?:UPDATE|DELETE FROM) " + table + within
                + "(?:FROM|USING) " + array);

        assertThat(all(ROUTINE)
                        .filter(routine -> join.matcher(routine.group()).find())
                        .map(routine -> routine.group(1)))
                .isEmpty();
    }

    @Test
    void areWrittenInOneDialect() {
        Pattern other = Pattern.compile(
                "\\nEND\\n\\$body\\$;|\\$body\\$;\\n\\nCOMMENT ON|^[^'\\n]*\\bint\\b", Pattern.MULTILINE);

        assertThat(sources().stream()
                        .filter(file -> file.toString().contains("routine"))
                        .filter(file -> other.matcher(text(file).replaceAll("--[^\\n]*", ""))
                                .find()))
                .isEmpty();
    }

    @Test
    void areCommentedAsAllElseIs() {
        assertThat(names("""
                        SELECT 'routine ' || p.oid::regprocedure FROM pg_proc AS p
                        WHERE p.pronamespace IN ('cron'::regnamespace, 'cron_engine'::regnamespace)
                            AND obj_description(p.oid, 'pg_proc') IS NULL
                        UNION ALL
                        SELECT 'relation ' || c.oid::regclass FROM pg_class AS c
                        WHERE c.relnamespace IN ('cron'::regnamespace, 'cron_engine'::regnamespace) AND c.relkind IN ('r', 'v', 'm')
                            AND c.relname <> 'flyway_schema_history' AND obj_description(c.oid, 'pg_class') IS NULL
                        UNION ALL
                        SELECT format('column %s.%s', c.oid::regclass, a.attname)
                        FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                        WHERE (c.relnamespace = 'cron'::regnamespace OR c.relnamespace = 'cron_engine'::regnamespace AND c.relkind = 'r')
                            AND c.relkind IN ('r', 'v') AND c.relname <> 'flyway_schema_history'
                            AND col_description(c.oid, a.attnum) IS NULL
                        """)).isEmpty();
    }

    @Test
    void areAllThatTheSourcesName() {
        assertThat(names("""
                        SELECT DISTINCT p.oid::regproc::text FROM pg_proc AS p
                        WHERE p.pronamespace IN ('cron'::regnamespace, 'cron_engine'::regnamespace)
                        """))
                .containsExactlyInAnyOrderElementsOf(
                        all(ROUTINE).map(routine -> routine.group(1)).distinct().toList());
    }
}
