package io.cronlink.install;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GuideTests {

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]*)(?:#([^)\\s]+))?\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
    private static final Pattern TEST = Pattern.compile("`(\\w+Tests)`");

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>(List.of(Path.of("README.md")));
        try (Stream<Path> docs = Files.walk(Path.of("docs"))) {
            docs.filter(file -> file.toString().endsWith(".md")).forEach(pages::add);
        }
        return pages;
    }

    @Test
    void linksLeadToWhatIsThere() throws IOException {
        List<String> dead = new ArrayList<>();
        int links = 0;
        for (Path page : pages()) {
            for (Matcher link = LINK.matcher(Files.readString(page)); link.find(); links++) {
                if (!leadsSomewhere(page, link.group(1), link.group(2))) {
                    dead.add(page + ": " + link.group());
                }
            }
        }

        assertThat(links).isGreaterThan(20);
        assertThat(dead).isEmpty();
    }

    private static boolean leadsSomewhere(Path page, String file, String anchor) throws IOException {
        if (file.contains(":")) {
            return true;
        }
        Path target = file.isEmpty() ? page : page.resolveSibling(file);
        return Files.exists(target) && (anchor == null || anchors(target).contains(anchor));
    }

    private static Set<String> anchors(Path page) throws IOException {
        return HEADING.matcher(Files.readString(page))
                .results()
                .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
                .map(heading -> heading.replaceAll("[^a-z0-9 -]", "").replace(' ', '-'))
                .collect(toSet());
    }

    @Test
    void aGuideWithSqlNamesTheTestThatRunsIt() throws Exception {
        List<String> guides = new ArrayList<>();
        for (Path page : pages()) {
            if (page.startsWith(Guide.FOLDER) && Files.readString(page).contains("```sql")) {
                String name = page.getFileName().toString();
                guides.add(name);
                assertThat(testOf(Guide.of(name)).guide.name()).isEqualTo(name);
            }
        }

        assertThat(guides).contains("amazon-rds.md", "self-managed.md");
    }

    private static Installation testOf(Guide guide) throws ReflectiveOperationException {
        Matcher test = TEST.matcher(guide.text());
        assertThat(test.find()).as("the test that " + guide.name() + " names").isTrue();
        return (Installation) Class.forName(GuideTests.class.getPackageName() + "." + test.group(1))
                .getDeclaredConstructor()
                .newInstance();
    }

    @Test
    void theSqlOfComposesDatabaseIsReadmesSql() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        String block = readme.substring(readme.indexOf("```sql", readme.indexOf("## On your own database")));
        List<String> statements = Pattern.compile("(?m)^([A-Z].*?;)")
                .matcher(block.substring(0, block.indexOf("```", 3)))
                .results()
                .map(statement -> statement
                        .group(1)
                        .replace("'…'", ":'password'")
                        .replace("DATABASE app", "DATABASE :\"DBNAME\""))
                .toList();

        assertThat(statements).hasSizeGreaterThan(5);
        assertThat(Files.readString(Path.of("src", "docker", "prepare-database.sql")))
                .contains(statements);
    }
}
