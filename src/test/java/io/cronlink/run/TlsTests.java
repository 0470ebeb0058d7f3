package io.cronlink.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.cronlink.database.TestCertificates;
import io.cronlink.database.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With sslmode = verify-full. */
@Tag("engine")
class TlsTests {

    private static final String ENCRYPTED = "SELECT ssl::text FROM pg_stat_ssl WHERE pid = pg_backend_pid()";

    @TempDir
    private Path folder;

    private final TestDatabase database = TestDatabase.createOnThisMachine();
    private final TestDatabase other = TestDatabase.createOnThisMachine();
    private final TestJobs jobs = new TestJobs(database);

    @AfterEach
    void close() {
        database.close();
        other.close();
    }

    /** Within a worker, at top level, in another database, by another role, and side by side. */
    private List<RecordedRun> runs(String role) {
        long abroad = database.owner()
                .sql("SELECT cron.schedule_in_database('abroad', '0 0 29 2 *', ?, ?)")
                .param(ENCRYPTED)
                .param(other.name())
                .query(Long.class)
                .single();
        long alone = jobs.create(ENCRYPTED);
        jobs.set(alone, "transactional = false");
        return List.of(jobs.run(role, ENCRYPTED), jobs.ended(jobs.start(abroad)), jobs.ended(jobs.start(alone)));
    }

    private String parallel(String column) {
        return jobs.value("SELECT " + column + " FROM cron.parallel(ARRAY['" + ENCRYPTED + "'])");
    }

    @Test
    void everyWayIsEncrypted() {
        database.startDaemon();

        assertThat(jobs.run(ENCRYPTED).result()).isEqualTo("true");
        assertThat(runs(database.createJobUser("somebody")))
                .extracting(RecordedRun::result)
                .containsOnly("true");
        assertThat(parallel("result")).isEqualTo("true");
    }

    @Test
    void everyWayAsksWhoTheServerIs() {
        database.startDaemon();
        String role = database.createJobUser("somebody");
        // The owner's worker is there already.
        jobs.run("SELECT 1");
        Path stranger = TestCertificates.create(folder, "localhost").authority();

        database.owner()
                .sql("UPDATE cron_engine.home SET sslrootcert = ?")
                .param(stranger.toString())
                .update();
        database.owner().sql("SELECT cron_engine.lead_logins_home()").query().listOfRows();

        assertThat(runs(role)).extracting(RecordedRun::returnMessage).allSatisfy(message -> assertThat(message)
                .startsWith("connection failed")
                .contains("certificate verify failed"));
        assertThat(parallel("message")).startsWith("connection failed").contains("certificate verify failed");
    }
}
