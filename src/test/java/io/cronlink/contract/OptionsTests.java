package io.cronlink.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.cronlink.database.CronlinkDatabase;
import io.cronlink.database.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An option of jobs is wherever options are: see CONTRIBUTING.md. What REST has is for the tests of REST. */
@Tag("engine")
@CronlinkDatabase
class OptionsTests {

    private final TestDatabase database;
    private final List<String> options;

    OptionsTests(TestDatabase database) {
        this.database = database;
        this.options = columns("cron.job_options").stream()
                .filter(column -> !column.equals("jobid"))
                .toList();
    }

    @BeforeAll
    static void thereAreSome(TestDatabase database) {
        assertThat(new OptionsTests(database).options).hasSizeGreaterThan(15);
    }

    @Test
    void canBeSet() {
        assertThat(database.owner()
                        .sql("SELECT unnest(proargnames) FROM pg_proc WHERE oid = 'cron.set_options'::regproc")
                        .query(String.class)
                        .list())
                .containsExactlyInAnyOrderElementsOf(with("job_id"));
    }

    @Test
    void areShownAsTheyAreInForce() {
        assertThat(columns("cron.job_details")).containsAll(options);
    }

    @Test
    void areInForceByDefaultWhereTheSettingsHaveThem() {
        List<String> defaults =
                columns("cron.settings").stream().filter(options::contains).toList();

        assertThat(defaults).hasSizeGreaterThan(5);
        assertThat(columns("cron_engine.effective_job"))
                // Known when its timer is set.
                .containsAll(defaults.stream()
                        .filter(option -> !option.equals("timezone"))
                        .toList());
    }

    @Test
    void areInTheReadme() throws IOException {
        String page = Files.readString(Path.of("README.md"));

        assertThat(options).allSatisfy(option -> assertThat(page).contains("`" + option + "`"));
    }

    private List<String> with(String first) {
        return Stream.concat(Stream.of(first), options.stream()).toList();
    }

    private List<String> columns(String table) {
        return database.owner()
                .sql(
                        "SELECT attname FROM pg_attribute WHERE attrelid = ?::regclass AND attnum > 0 AND NOT attisdropped")
                .param(table)
                .query(String.class)
                .list();
    }
}
