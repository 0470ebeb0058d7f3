package io.cronlink;

import static org.assertj.core.api.Assertions.assertThat;

import io.cronlink.database.CronlinkDatabase;
import io.cronlink.database.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What Java knows of the catalogue: the public schema, and routines of the engine. The engine's tables are SQL's own. */
@CronlinkDatabase
class CatalogueAccessTests {

    private static final Path SOURCES = Path.of("src", "main", "java");
    private static final Pattern ENGINE = Pattern.compile("cron_engine\\.(\\w*)");

    /**
     * Those that it reads, or that are its own. An older service goes on while the database is upgraded: for a release they change
     * by new columns only.
     */
    private static final List<String> SERVED = List.of(
            "alarm_delivery",
            "api_token",
            "deactivation",
            "due",
            "event",
            "idempotency_key",
            "job_condition",
            "job_state",
            "login",
            "managed_job",
            "pause",
            "queue",
            "run_count",
            "session",
            "standstill",
            "timer",
            "worker");

    @Test
    void readsNoOtherTableOfTheEngineThanThese(TestDatabase database) throws IOException {
        Set<String> named = new TreeSet<>();
        for (Path source : sources()) {
            ENGINE.matcher(Files.readString(source, StandardCharsets.UTF_8))
                    .results()
                    .forEach(found -> named.add(found.group(1)));
        }
        List<String> routines = names(database, "SELECT proname FROM pg_proc WHERE pronamespace");
        List<String> relations = names(database, "SELECT relname FROM pg_class WHERE relnamespace");

        assertThat(relations).contains("queue", "timer", "effective_job");
        assertThat(named).contains("run_daemon").containsAll(SERVED);
        named.removeAll(SERVED);
        // Whatever is put together.
        named.remove("");
        assertThat(named).isSubsetOf(routines).doesNotContainAnyElementsOf(relations);
    }

    private static List<String> names(TestDatabase database, String sql) {
        return database.owner()
                .sql(sql + " = 'cron_engine'::regnamespace")
                .query(String.class)
                .list();
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }
}
