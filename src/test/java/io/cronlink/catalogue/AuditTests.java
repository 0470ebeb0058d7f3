package io.cronlink.catalogue;

import static io.cronlink.database.TestDatabase.identifier;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cronlink.database.CronlinkDatabase;
import io.cronlink.database.TestDatabase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** cron.audit tells who changed or ran what. */
@Tag("engine")
@CronlinkDatabase
class AuditTests {

    private final TestDatabase database;
    private final JdbcClient owner;

    AuditTests(TestDatabase database) {
        this.database = database;
        owner = database.owner();
    }

    private long job(String name) {
        return owner.sql("SELECT cron.schedule(?, '0 3 * * *', 'SELECT 1')")
                .param(name)
                .query(Long.class)
                .single();
    }

    private List<String> entries(String type, Object id) {
        return owner.sql("""
                        SELECT concat_ws(' ', a.action, a.before::text, '→', a.after::text) FROM cron.audit a
                        WHERE a.object_type = ? AND a.object_id = ? ORDER BY a.auditid
                        """)
                .param(type)
                .param(id.toString())
                .query(String.class)
                .list();
    }

    private Map<String, Object> last(JdbcClient reader) {
        return reader.sql("SELECT * FROM cron.audit ORDER BY auditid DESC LIMIT 1")
                .query()
                .singleRow();
    }

    @Test
    void tellsWhatARowWasAndWhatItIs() {
        long jobid = job("told");
        owner.sql("SELECT cron.schedule('told', '0 4 * * *', 'SELECT 1')")
                .query()
                .singleRow();
        owner.sql("SELECT cron.set_options(?, timeout => '5 min', valid_from => '2030-01-01 01:00+01')")
                .param(jobid)
                .query()
                .singleRow();
        owner.sql("SELECT cron.set_options(?, timeout => '5 min')")
                .param(jobid)
                .query()
                .singleRow();
        owner.sql("SELECT cron.unschedule(?)").param(jobid).query().singleRow();

        List<String> job = entries("job", jobid);
        assertThat(job).hasSize(3);
        assertThat(job.get(0)).startsWith("insert → {").contains("\"schedule\": \"0 3 * * *\"");
        assertThat(job.get(1)).isEqualTo("update {\"schedule\": \"0 3 * * *\"} → {\"schedule\": \"0 4 * * *\"}");
        assertThat(job.get(2))
                .startsWith("delete {")
                .contains("\"jobname\": \"told\"")
                .endsWith("→");
        assertThat(entries("options", jobid))
                .containsExactly(
                        "insert → {\"jobid\": %d, \"timeout\": \"PT5M\", \"valid_from\": \"2030-01-01T00:00:00+00:00\"}"
                                .formatted(jobid),
                        "delete {\"jobid\": %d, \"timeout\": \"PT5M\", \"valid_from\": \"2030-01-01T00:00:00+00:00\"} →"
                                .formatted(jobid));
    }

    @Test
    void tellsOfSettingsAndGroups() {
        owner.sql("UPDATE cron.settings SET max_attempts = 2, retry_delay = '1 min'")
                .update();
        owner.sql("UPDATE cron.settings SET max_attempts = 1, retry_delay = '10 s'")
                .update();
        owner.sql("INSERT INTO cron.job_group (name, max_running) VALUES ('told', 2)")
                .update();
        owner.sql("UPDATE cron.job_group SET name = 'retold' WHERE name = 'told'")
                .update();

        assertThat(entries("settings", ""))
                .containsExactly(
                        "update {\"retry_delay\": \"PT10S\", \"max_attempts\": 1} → {\"retry_delay\": \"PT1M\", \"max_attempts\": 2}",
                        "update {\"retry_delay\": \"PT1M\", \"max_attempts\": 2} → {\"retry_delay\": \"PT10S\", \"max_attempts\": 1}");
        assertThat(entries("group", "told"))
                .containsExactly(
                        "insert → {\"name\": \"told\", \"max_running\": 2}",
                        "delete {\"name\": \"told\", \"max_running\": 2} →");
        assertThat(entries("group", "retold")).containsExactly("insert → {\"name\": \"retold\", \"max_running\": 2}");
    }

    @Test
    void tellsWhatWasRunAndCanceled() {
        long jobid = job("run");
        long runid = owner.sql("SELECT cron.run_job(?)")
                .param(jobid)
                .query(Long.class)
                .single();
        owner.sql("SELECT cron.cancel(?)").param(runid).query().singleRow();
        owner.sql("SELECT cron.cancel(?)").param(runid).query().singleRow();
        long rerun =
                owner.sql("SELECT cron.rerun(?)").param(runid).query(Long.class).single();
        long once =
                owner.sql("SELECT cron.run_once('SELECT 2')").query(Long.class).single();

        assertThat(entries("job", jobid)).last().isEqualTo("run → {\"runid\": %d}".formatted(runid));
        assertThat(entries("run", runid)).containsExactly("cancel →", "rerun → {\"runid\": %d}".formatted(rerun));
        assertThat(entries("run", once)).containsExactly("run once → {\"command\": \"SELECT 2\"}");
    }

    @Test
    void namesNoPassword() {
        String alice = database.createJobUser("alice");

        assertThat(entries("login", alice)).containsExactly("add login → {}");
        assertThat(owner.sql("SELECT count(*) FROM cron.audit a WHERE a::text LIKE '%' || ? || '%'")
                        .param(database.password(alice))
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void believesOnlyAnAdministratorOnWhoseBehalfHeActs() {
        String alice = database.createJobUser("alice");
        JdbcClient connected = JdbcClient.create(database.dataSource(alice));
        connected
                .sql(
                        "SELECT set_config('cronlink.actor', 'admin', false), cron.schedule('forged', '@hourly', 'SELECT 1')")
                .query()
                .singleRow();
        Map<String, Object> forged = last(database.as(alice));

        owner.sql("""
                SELECT set_config('cronlink.actor', 'olga', false), set_config('cronlink.note', 'as asked', false),
                       cron.pause_job((SELECT jobid FROM cron.job WHERE jobname = 'forged'))
                """).query().singleRow();
        owner.sql("SELECT set_config('cronlink.actor', '', false), set_config('cronlink.note', '', false)")
                .query()
                .singleRow();

        assertThat(forged).containsEntry("role", alice).containsEntry("actor", null);
        assertThat(last(database.as(alice)))
                .containsEntry("role", database.ownerName())
                .containsEntry("actor", "olga")
                .containsEntry("note", "as asked")
                .containsEntry("username", alice);
    }

    @Test
    void showsEverybodyTheirOwnOnly() {
        String alice = database.createJobUser("alice");
        job("of the owner");
        database.as(alice)
                .sql("SELECT cron.schedule('of alice', '@hourly', 'SELECT 1')")
                .query()
                .singleRow();

        assertThat(database.as(alice)
                        .sql("SELECT DISTINCT username FROM cron.audit")
                        .query(String.class)
                        .list())
                .containsExactly(alice);
        assertThatThrownBy(
                        () -> database.as(alice).sql("DELETE FROM cron.audit").update())
                .hasRootCauseMessage("ERROR: permission denied for table audit");
        database.owner().sql("GRANT ALL ON cron.audit TO " + identifier(alice)).update();
        assertThat(database.as(alice).sql("DELETE FROM cron.audit").update()).isZero();
    }

    @Test
    void saysWhoPausedAJobAndWhy() {
        long jobid = job("paused");
        owner.sql("SELECT cron.pause_job(?, 'the disk is full')")
                .param(jobid)
                .query()
                .singleRow();

        assertThat(details(jobid))
                .containsEntry("paused_by", database.ownerName())
                .containsEntry("pause_note", "the disk is full")
                .extracting("paused_at")
                .isNotNull();

        owner.sql("SELECT cron.resume_job(?, 'it is not')").param(jobid).query().singleRow();
        assertThat(details(jobid)).containsEntry("paused_at", null).containsEntry("pause_note", null);
        assertThat(owner.sql("SELECT note FROM cron.audit WHERE object_id = ? AND action = 'update' ORDER BY auditid")
                        .param(String.valueOf(jobid))
                        .query(String.class)
                        .list())
                .containsExactly("the disk is full", "it is not");
    }

    @Test
    void tellsAPauseFromWhatTheSchedulerDeactivated() {
        long jobid = job("once");
        owner.sql("UPDATE cron.job SET schedule = '@at 2020-01-01' WHERE jobid = ?")
                .param(jobid)
                .update();
        assertThat(details(jobid)).containsEntry("active", false).containsEntry("paused_at", null);

        owner.sql("SELECT cron.pause_job(?)").param(jobid).query().singleRow();

        assertThat(details(jobid))
                .containsEntry("deactivated_reason", null)
                .containsEntry("paused_by", database.ownerName());
    }

    @Test
    void isKeptAsLongAsTheSettingSays() {
        job("kept");
        owner.sql("INSERT INTO cron_engine.idempotency_key VALUES ('a', 'k', '', 1, now() - interval '25 hours')")
                .update();

        assertThat(purged("364 days")).isEqualTo(1);
        assertThat(purged("366 days")).isPositive();
        assertThat(purged("366 days")).isZero();
        assertThat(owner.sql("SELECT count(*) FROM cron.audit")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    private int purged(String later) {
        return owner.sql("SELECT cron_engine.purge_audit(now() + CAST(? AS interval))")
                .param(later)
                .query(Integer.class)
                .single();
    }

    private Map<String, Object> details(long jobid) {
        return owner.sql("SELECT * FROM cron.job_details WHERE jobid = ?")
                .param(jobid)
                .query()
                .singleRow();
    }

    @Test
    void holdsWhatIsJson() {
        long jobid = job("quoted \" \\ \u00e9");

        JsonNode after = new JsonMapper()
                .readTree(owner.sql("SELECT after::text FROM cron.audit WHERE object_type = 'job' AND object_id = ?")
                        .param(String.valueOf(jobid))
                        .query(String.class)
                        .single());
        assertThat(after.path("jobname").asString()).isEqualTo("quoted \" \\ \u00e9");
    }
}
