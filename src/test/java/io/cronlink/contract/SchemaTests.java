package io.cronlink.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.cronlink.database.CronlinkDatabase;
import io.cronlink.database.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a migrated database has, as a file that a review can read: whatever changes it shows there, and by what else depends on it. */
@Tag("engine")
@CronlinkDatabase
class SchemaTests {

    private static final Path EXPECTED = Path.of("src", "test", "resources", "contract", "schema.txt");
    private static final Path FOUND = Path.of("target", "schema.txt");

    private final TestDatabase database;

    SchemaTests(TestDatabase database) {
        this.database = database;
    }

    /** If it is meant to have changed, {@code cp target/schema.txt src/test/resources/contract/}. */
    @Test
    void isTheOneOnFile() throws IOException {
        List<String> schema = Schema.of(database);
        Files.createDirectories(FOUND.getParent());
        Files.write(FOUND, schema);

        assertThat(schema).hasSizeGreaterThan(800);
        assertThat(schema).isEqualTo(Files.readAllLines(EXPECTED));
    }

    /** A row of the queue is copied there and back whole, by the position of its columns. */
    @Test
    void keepsRunsAsTheQueueHasThem() {
        assertThat(columns("saved_run")).isNotEmpty().isEqualTo(columns("queue"));
        assertThat(columns("spared_run")).isNotEmpty().isEqualTo(columns("job_run_details"));
    }

    private List<String> columns(String table) {
        return database.owner().sql("""
                        SELECT concat_ws(' ', attname, format_type(atttypid, atttypmod)) FROM pg_attribute
                         WHERE attrelid = (SELECT oid FROM pg_class WHERE relname = ? AND relnamespace IN ('cron'::regnamespace, 'cron_engine'::regnamespace))
                               AND attnum > 0 AND NOT attisdropped
                         ORDER BY attnum
                        """).param(table).query(String.class).list();
    }
}
