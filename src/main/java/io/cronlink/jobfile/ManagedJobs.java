package io.cronlink.jobfile;

import io.cronlink.jobfile.Script.Found;
import io.cronlink.jobfile.Script.LeftOut;
import io.cronlink.owner.DefaultOwner;
import io.cronlink.row.Columns;
import io.cronlink.row.Transactions;
import io.cronlink.row.Written;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Jobs by the file: cron.apply_jobs() and cron.export_jobs(). */
@Repository
class ManagedJobs {

    private static final JsonMapper MAPPER = JsonMapper.shared();

    private final JdbcClient database;
    private final Transactions transactions;
    private final DefaultOwner owner;

    ManagedJobs(JdbcClient database, Transactions transactions, DefaultOwner owner) {
        this.database = database;
        this.transactions = transactions;
        this.owner = owner;
    }

    Plan apply(JobFile file, Options options) {
        Written<List<PlannedJob>> plan = transactions.execute(transaction -> plan(transaction, file, options));
        return Plan.of(file.manager(), options.dryRun(), plan.value(), plan.warnings());
    }

    private List<PlannedJob> plan(JdbcClient transaction, JobFile file, Options options) {
        return transaction
                .sql("""
                        SELECT * FROM cron.apply_jobs(CAST(:jobs AS jsonb), :manager, :prune, :adopt, :dryRun)
                        """)
                .param("jobs", file.columns(owner.username()))
                .param("manager", file.manager())
                .param("prune", options.prune())
                .param("adopt", options.adopt())
                .param("dryRun", options.dryRun())
                .query(ManagedJobs::planned)
                .list();
    }

    private static PlannedJob planned(ResultSet row, int number) throws SQLException {
        return new PlannedJob(
                row.getString("action"),
                row.getObject("jobid", Long.class),
                row.getString("username"),
                row.getString("jobname"),
                changes(row.getString("changes")),
                row.getString("reason"));
    }

    private static Map<String, List<JsonNode>> changes(@Nullable String columns) {
        Map<String, List<JsonNode>> changes = new LinkedHashMap<>();
        if (columns != null) {
            MAPPER.readTree(columns)
                    .properties()
                    .forEach(change -> changes.put(
                            Columns.property(change.getKey()),
                            List.of(change.getValue().get(0), change.getValue().get(1))));
        }
        return changes;
    }

    /** With the names of REST. */
    List<ObjectNode> export(@Nullable String username, @Nullable String jobname) {
        return database
                .sql("SELECT * FROM cron.export_jobs(:username, :jobname)")
                .param("username", username)
                .param("jobname", jobname)
                .query(String.class)
                .list()
                .stream()
                .map(ManagedJobs::properties)
                .toList();
    }

    private static ObjectNode properties(@Nullable String columns) {
        ObjectNode job = MAPPER.createObjectNode();
        MAPPER.readTree(columns == null ? "{}" : columns)
                .properties()
                .forEach(value -> job.set(Columns.property(value.getKey()), value.getValue()));
        return job;
    }

    /** As one statement for another Cronlink. */
    String exportSql(@Nullable String username, @Nullable String jobname) {
        return database.sql("""
                        SELECT format(E'SELECT * FROM cron.apply_jobs(%L);\\n',
                                      coalesce(E'[\\n' || string_agg(j::text, E',\\n') || E'\\n]', '[]'))
                          FROM cron.export_jobs(:username, :jobname) AS j
                        """)
                .param("username", username)
                .param("jobname", jobname)
                .query(String.class)
                .single();
    }

    /** As statements for pg_cron. */
    List<String> exportPgCron() {
        return database.sql("SELECT * FROM cron.export_pg_cron()")
                .query(String.class)
                .list();
    }

    /** Makes the jobs of a script that no file manages. Each by itself: one that is refused, or there already and another, is left out. */
    Import take(Script script, boolean dryRun) {
        List<ImportedJob> planned = new ArrayList<>();
        List<LeftOut> leftOut = new ArrayList<>(script.leftOut());
        Written<Boolean> written = transactions.execute(transaction -> {
            for (Found found : script.jobs()) {
                transaction.sql("SAVEPOINT before_job").update();
                try {
                    JobFile file = new JobFile(null, List.of(found.job()));
                    plan(transaction, file, new Options(false, false, dryRun))
                            .forEach(plan -> planned.add(ImportedJob.of(found, plan)));
                    transaction.sql("RELEASE SAVEPOINT before_job").update();
                } catch (DataAccessException refused) {
                    if (refused instanceof DataAccessResourceFailureException) {
                        throw refused;
                    }
                    transaction.sql("ROLLBACK TO SAVEPOINT before_job").update();
                    leftOut.add(new LeftOut(
                            found.line(), found.job().path("command").asString(), CommandFailure.reason(refused)));
                }
            }
            return true;
        });
        leftOut.sort(Comparator.comparingInt(LeftOut::line));
        return new Import(dryRun, planned, leftOut, written.warnings());
    }

    /** Takes over the jobs of pg_cron that a foreign server leads to, and returns how many. */
    Written<Integer> importFrom(String server, boolean dryRun) {
        return transactions.execute(transaction -> {
            transaction.sql("SAVEPOINT before_import").update();
            int count = transaction
                    .sql("SELECT cron.import_pg_cron(CAST(:server AS name))")
                    .param("server", server)
                    .query(Integer.class)
                    .single();
            if (dryRun) {
                transaction.sql("ROLLBACK TO SAVEPOINT before_import").update();
            }
            return count;
        });
    }

    /** Names of files that manage jobs, of those that begin so. */
    List<String> managers(String prefix) {
        return database.sql("SELECT DISTINCT manager FROM cron_engine.managed_job WHERE starts_with(manager, :prefix)")
                .param("prefix", prefix)
                .query(String.class)
                .list();
    }
}
