package io.cronlink.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the pages for developers name is there, and what the tests cite is on them. */
class PageTests {

    private static final Path DATABASE = Path.of("src", "main", "resources", "db");
    private static final Path TESTS = Path.of("src", "test", "java");

    /** PostgreSQL's own, or a form that stands for a name. */
    private static final Set<String> ELSEWHERE = Set.of(
            "query_canceled",
            "assert_failure",
            "statement_timeout",
            "lock_timeout",
            "enable_seqscan",
            "clock_timestamp",
            "pg_backend_pid",
            "server_version_num",
            "search_path",
            "pg_sleep",
            "cron_engine");

    private static final Pattern CODE = Pattern.compile("```\\w*\\n(.*?)```|`([^`]+)`", Pattern.DOTALL);
    private static final Pattern QUALIFIED = Pattern.compile("\\bcron(?:_engine)?\\.[a-z_]+\\b");
    private static final Pattern PLAIN = Pattern.compile("(?<![\\w./-])[a-z]+(?:_[a-z]+)+\\b(?![./])");
    private static final Pattern TEST = Pattern.compile("(?<!-)\\b([A-Z]\\w+Tests)\\b(?:[.#](\\w+))?");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(?:#[^)]*)?\\)");
    private static final Pattern CITED = Pattern.compile("^-- FINDINGS.md: \"(.+)\"$", Pattern.MULTILINE);
    private static final Pattern PROMISE = Pattern.compile("\\bG[1-9]\\b");

    private final Set<String> routines =
            RoutineFile.all().stream().map(RoutineFile::name).collect(Collectors.toSet());
    private final String tables = read(files(DATABASE.resolve("migration"), file -> true));

    @ParameterizedTest
    @ValueSource(strings = {"ARCHITECTURE.md", "CONTRIBUTING.md"})
    void nameRoutinesAndTablesThatAreThere(String page) {
        Set<String> missing = new TreeSet<>();
        code(page).forEach(code -> {
            QUALIFIED
                    .matcher(code)
                    .results()
                    .map(MatchResult::group)
                    .filter(name -> !isThere(name))
                    .forEach(missing::add);
            PLAIN.matcher(QUALIFIED.matcher(code).replaceAll(""))
                    .results()
                    .map(MatchResult::group)
                    .filter(name -> !ELSEWHERE.contains(name)
                            && !isThere("cron_engine." + name)
                            && !isThere("cron." + name)
                            && !isColumn(name))
                    .forEach(missing::add);
        });

        assertThat(code(page)).hasSizeGreaterThan(20);
        assertThat(missing).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "README.md",
                "ARCHITECTURE.md",
                "CONTRIBUTING.md",
                "docs/attacks.md",
                "docs/why.md",
                "docs/security.md",
                "src/bench/FINDINGS.md"
            })
    void nameTestsThatAreThere(String page) {
        assertThat(TEST.matcher(text(page))
                        .results()
                        .filter(test -> !isTest(test.group(1), test.group(2)))
                        .map(MatchResult::group))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "README.md",
                "ARCHITECTURE.md",
                "CONTRIBUTING.md",
                "CHANGELOG.md",
                "docs/alarms.md",
                "docs/why.md",
                "docs/security.md",
                "src/bench/FINDINGS.md"
            })
    void leadToFilesThatAreThere(String page) {
        Path file = Path.of(page);

        assertThat(LINK.matcher(text(page)).results().map(link -> file.resolveSibling(link.group(1))))
                .allSatisfy(target -> assertThat(target).exists());
    }

    @Test
    void haveEachPromiseThatATestCites() {
        Set<String> promised = Pattern.compile("^\\| (G\\d) \\|", Pattern.MULTILINE)
                .matcher(text("ARCHITECTURE.md"))
                .results()
                .map(promise -> promise.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> cited = files(TESTS, file -> true).stream()
                .filter(file -> !file.endsWith("PageTests.java"))
                .flatMap(
                        file -> PROMISE.matcher(text(file.toString())).results().map(MatchResult::group))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(cited).hasSizeGreaterThan(5);
        assertThat(promised).containsAll(cited);
    }

    /** A number that was found by measurement says by which one. */
    @Test
    void haveTheFindingThatARoutineCites() {
        List<Path> routines = files(DATABASE.resolve("routine/4_daemon/tuning"), file -> true);
        String findings = text("src/bench/FINDINGS.md");

        assertThat(routines).hasSizeGreaterThan(5).allSatisfy(routine -> {
            MatchResult cited = CITED.matcher(text(routine.toString()))
                    .results()
                    .findFirst()
                    .orElseThrow();
            assertThat(findings).contains(cited.group(1));
        });
    }

    private boolean isThere(String name) {
        return routines.contains(name)
                || Pattern.compile("\\b(?:TABLE|TYPE|SEQUENCE) " + Pattern.quote(name) + "\\b")
                        .matcher(tables)
                        .find();
    }

    private boolean isColumn(String name) {
        return Pattern.compile("^ {4}" + Pattern.quote(name) + "\\b", Pattern.MULTILINE)
                .matcher(tables)
                .find();
    }

    private static boolean isTest(String type, String method) {
        List<Path> found = files(TESTS, file -> file.endsWith(type + ".java"));
        return !found.isEmpty()
                && (method == null || method.equals("java") || read(found).contains(" " + method + "("));
    }

    private static List<String> code(String page) {
        return CODE.matcher(text(page))
                .results()
                .map(code -> code.group(1) == null ? code.group(2) : code.group(1))
                .toList();
    }

    private static List<Path> files(Path folder, Predicate<Path> wanted) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).filter(wanted).sorted().toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String read(List<Path> files) {
        return files.stream().map(file -> text(file.toString())).collect(Collectors.joining("\n"));
    }

    private static String text(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
